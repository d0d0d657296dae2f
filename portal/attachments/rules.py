"""What a photo may be and what is kept of it."""

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # the largest phone pictures; a small file that unfolds to more is an attack
LARGE_EDGE = 1600  # pixels of the longer side: enough to read a pole's number
SMALL_EDGE = 480
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
