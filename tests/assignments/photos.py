"""Photos as phones send them, with what their cameras wrote."""

from io import BytesIO

from PIL import ExifTags, Image


def photo(
    taken: str | None = "2026:11:17 14:05:33", offset: str | None = None, colour: str = "green"
) -> BytesIO:
    """A small JPEG with the camera's time, and with its offset where it knew one."""
    image = Image.new("RGB", (40, 30), colour)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telepon"
    written = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        written[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        written[ExifTags.Base.OffsetTimeOriginal] = offset
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    out.seek(0)
    return out
