"""Photos: drawn anew, upright, without metadata; everything else is refused with its reason."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image, PngImagePlugin

from portal.attachments import files, images, queries, rules, services
from portal.errors import DomainError
from tests.builders import MONDAY
from tests.support.client import CheckingClient

ORIENTATION, MAKE, RESOLUTION, GPS = 0x0112, 0x010F, 0x011A, 0x8825


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (80, 40), mode: str = "RGB", **options: object
) -> BytesIO:
    out = BytesIO()
    Image.new(mode, size, options.pop("colour", "red")).save(out, kind, **options)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_known_format_becomes_a_jpeg(app: Flask, kind: str) -> None:
    drawn = images.reencode(picture(kind))

    assert Image.open(BytesIO(drawn.large)).format == "JPEG"
    assert Image.open(BytesIO(drawn.small)).format == "JPEG"


def test_metadata_is_gone(app: Flask) -> None:
    exif = Image.Exif()
    exif[MAKE] = "Ponsel rahasia"
    exif.get_ifd(GPS)[1] = "N"
    drawn = images.reencode(picture(exif=exif))

    kept = Image.open(BytesIO(drawn.large))
    assert not kept.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & kept.info.keys()
    assert b"Ponsel" not in drawn.large


def test_text_inside_a_png_is_gone(app: Flask) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Siti dari Amplas")

    assert b"Siti" not in images.reencode(picture("PNG", pnginfo=notes)).large


def test_a_photo_taken_sideways_stands_upright(app: Flask) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    drawn = images.reencode(picture(size=(80, 40), exif=exif))

    assert (drawn.width, drawn.height) == (40, 80)


def test_metadata_that_a_camera_wrote_wrongly_does_not_stop_a_photo(app: Flask) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[RESOLUTION] = 72.0
    whole = picture(size=(80, 40), exif=exif).getvalue()
    number_as_text = whole.replace(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x02")
    assert number_as_text != whole

    drawn = images.reencode(BytesIO(number_as_text))

    assert (drawn.width, drawn.height) == (40, 80)


def test_two_sizes_are_bounded(app: Flask) -> None:
    drawn = images.reencode(picture(size=(4000, 3000)))

    assert max(drawn.width, drawn.height) == rules.LARGE_EDGE
    assert max(Image.open(BytesIO(drawn.small)).size) == rules.SMALL_EDGE


def test_transparent_pictures_stand_on_white(app: Flask) -> None:
    drawn = images.reencode(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert Image.open(BytesIO(drawn.large)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan foto", b"MZ\x90\x00" * 100, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7",
     b"GIF89a" + b"\xff" * 60, b"\xff\xd8\xff\xe0" + b"\x00" * 40, b"\x89PNG\r\n\x1a\n" + b"\x00" * 40],
)  # fmt: skip
def test_what_is_no_photo_is_refused(app: Flask, content: bytes) -> None:
    with pytest.raises(DomainError):
        images.reencode(BytesIO(content))


def test_a_cut_off_photo_is_refused(app: Flask) -> None:
    whole = picture(size=(400, 400)).getvalue()

    with pytest.raises(DomainError):
        images.reencode(BytesIO(whole[: len(whole) // 2]))


def test_a_picture_that_unfolds_to_too_many_pixels_is_refused_unopened(app: Flask) -> None:
    bomb = picture("PNG", mode="1", size=(9000, 9000), colour=0)

    with pytest.raises(DomainError, match="juta"):
        images.reencode(bomb)


def test_more_than_ten_megabytes_are_refused(app: Flask) -> None:
    with pytest.raises(DomainError, match="10 MB"):
        images.reencode(BytesIO(b"\xff\xd8" + b"0" * rules.MAX_BYTES))


def test_bytes_are_removed_with_their_last_attachment(app: Flask) -> None:
    first = services.keep_image(picture(colour="green"), MONDAY)
    second = services.keep_image(picture(colour="green"), MONDAY)
    path = files.path_of(queries.file_name(first.sha256))

    services.remove(first)
    assert path.exists()

    services.remove(second)
    assert not path.exists()


def test_photos_are_served_by_their_unguessable_name(app: Flask, client: CheckingClient) -> None:
    photo = services.keep_image(picture(), MONDAY)

    with client.get(f"/photos/{photo.token}-small.jpg") as answer:
        assert answer.mimetype == "image/jpeg"
        assert "private" in answer.headers["Cache-Control"]
    assert client.get("/photos/nothing.jpg").status_code == 404
