"""A photo as a phone sends it."""

from io import BytesIO

from PIL import Image


def jpeg(colour: str = "green") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    out.seek(0)
    return out
