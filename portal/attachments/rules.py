"""What a photo may be and what is kept of it."""

MAX_BYTES = 10 * 1024 * 1024
# A small file that unfolds to more pixels is an attack. A camera's JPEG is read at a fraction of its size, a
# progressive one is held whole at two bytes a value, and for the others some readers keep four copies: each
# bound costs 300 MB at most.
MAX_PIXELS = 50_000_000  # the largest phone pictures
MAX_PROGRESSIVE_PIXELS = 25_000_000
MAX_OTHER_PIXELS = 16_000_000  # four screens of the largest phones
MAX_SCANS = 100  # a camera's JPEG has one, a progressive one about ten; each costs a look at every pixel
MAX_STRIP = 20  # the longer side by the shorter; panoramas have about eight
LARGE_EDGE = 1600  # pixels of the longer side: enough to read a pole's number
SMALL_EDGE = 480
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

DRAWING_MAX_BYTES = 15 * 1024 * 1024
DRAWING_MAX_PIXELS = 25_000_000
DRAWING_EDGE = 3000  # pixels of the longer side: a street's name on a plan of a district can be read
DRAWING_QUALITY = 85
DRAWING_FORMATS = ("JPEG", "PNG", "WEBP")
SVG_MAX_BYTES = 3 * 1024 * 1024
SVG_MAX_ELEMENTS = 50_000  # also after each <use> is followed: a small file may not unfold to more
SVG_MAX_DEPTH = 100
SVG_EDGE = 1600  # an SVG has no pixels; this is the longer side that it is given
MAX_ASPECT = 5  # a longer strip cannot be divided into squares that a finger can meet
