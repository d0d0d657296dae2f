"""What a photo may be and what is kept of it."""

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # the largest phone pictures; a small file that unfolds to more is an attack
LARGE_EDGE = 1600  # pixels of the longer side: enough to read a pole's number
SMALL_EDGE = 480
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

DRAWING_MAX_BYTES = 15 * 1024 * 1024
DRAWING_EDGE = 3000  # pixels of the longer side: a street's name on a plan of a district can be read
DRAWING_QUALITY = 85
DRAWING_FORMATS = ("JPEG", "PNG", "WEBP")
SVG_MAX_BYTES = 3 * 1024 * 1024
SVG_MAX_ELEMENTS = 50_000  # also after each <use> is followed: a small file may not unfold to more
SVG_MAX_DEPTH = 100
SVG_EDGE = 1600  # an SVG has no pixels; this is the longer side that it is given
MAX_ASPECT = 5  # a longer strip cannot be divided into squares that a finger can meet
