"""Files that are made to hurt are refused, or nothing of what hurts is left in what we keep."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from portal.attachments import headers, images, rules, turns
from portal.errors import DomainError
from tests.attachments import attacks

pytestmark = pytest.mark.engine_free


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        images.reencode(BytesIO(content))
    return str(refused.value)


@pytest.mark.parametrize("payload", attacks.PAYLOADS.values(), ids=attacks.PAYLOADS)
@pytest.mark.parametrize(
    "hide", [attacks.behind, attacks.in_comment, attacks.in_metadata, attacks.in_profile]
)
def test_nothing_of_a_second_file_inside_a_photo_is_kept(app, hide, payload):
    drawn = images.reencode(BytesIO(hide(payload)))

    for kept in (drawn.large, drawn.small):
        assert payload not in kept
        assert kept.startswith(b"\xff\xd8\xff")
        assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "GIF picture", "WEBP", "WEBP lossless"])
def test_a_hundred_megapixels_are_refused_by_their_header(app, monkeypatch, kind):
    monkeypatch.setattr(Image, "open", None)  # whatever opens it fails

    assert "terlalu besar" in refusal(attacks.claiming(kind, 11_000, 9_100))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_moving_pictures_are_refused(app, kind):
    assert "bergerak" in refusal(attacks.moving(kind))


def test_of_several_pictures_in_a_phones_file_the_first_is_kept(app):
    """Phones put a second picture with the brightness behind the photo; it is a photo all the same."""
    drawn = images.reencode(BytesIO(attacks.moving("MPO")))

    red, green, blue = Image.open(BytesIO(drawn.large)).getpixel((5, 5))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_a_phones_own_format_is_refused_with_what_to_do(app):
    assert "JPEG di pengaturan kamera" in refusal(attacks.heic())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto"),
        (attacks.SCRIPT + attacks.photo(), "bukan foto"),
        (b"BM" + bytes(300), "bukan foto"),
        (b"RIFF\x00\x01\x00\x00WAVE" + bytes(300), "bukan foto"),
        (attacks.photo()[:9], "rusak"),
        (attacks.photo()[:-200], "rusak"),
        (attacks.photo("PNG")[:60], "rusak"),
        (attacks.photo("WEBP")[:30], "rusak"),
        (attacks.png(0, 40), "rusak"),
        (attacks.png(4000, 30, rows=30), "memanjang"),
        (attacks.many_scans(), "rusak"),
        (attacks.profile_bomb(), "rusak"),
        (attacks.text_bomb(), "rusak"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_says_why(app, content, told):
    assert told in refusal(content)


def test_headers_say_what_pillow_says():
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        header = headers.read(attacks.photo(kind, size=(123, 45)))
        assert (header.format, header.width, header.height) == (kind, 123, 45)
        assert not header.is_animated
    assert headers.read(attacks.photo(size=(300, 300), progressive=True)).scan_count < rules.MAX_SCANS


def test_scans_in_metadata_and_behind_the_photo_do_not_count():
    noise = b"\xff\xda\x00\x02" * 5000

    assert headers.read(attacks.in_comment(noise[:60_000])).scan_count == 1
    assert headers.read(attacks.behind(noise)).scan_count == 1


def test_only_a_few_pictures_are_unfolded_at_a_time():
    """However many phones send at once."""
    at_work, most = [], []

    def unfold(number: int) -> None:
        with turns.turn():
            at_work.append(number)
            most.append(len(at_work))
            time.sleep(0.01)
            at_work.remove(number)

    with ThreadPoolExecutor(turns.AT_ONCE + turns.IN_LINE) as phones:
        list(phones.map(unfold, range(turns.AT_ONCE + turns.IN_LINE)))

    assert max(most) == turns.AT_ONCE


def test_more_phones_than_may_wait_are_told_to_come_back(app, monkeypatch):
    """At once: nobody's thread is held."""
    monkeypatch.setattr(turns, "_let_in", threading.BoundedSemaphore(1))

    with turns.turn():
        assert "Kirim lagi" in refusal(attacks.photo())

    images.reencode(BytesIO(attacks.photo()))
