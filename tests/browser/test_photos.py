"""Photos of a report in a real browser: covered on the phone, over a line that breaks, and by plain forms."""

import re
from io import BytesIO
from typing import Any

from PIL import Image

from portal import clock
from portal.attachments import files, parts
from portal.attachments.queries import file_name
from portal.db import transaction
from portal.reports.filing import photos, queries, services
from portal.reports.filing.rules import Answers
from tests.browser.conftest import City, violations
from tests.browser.lines import SLOW

SMALL_PHONE = {"width": 360, "height": 780}
LATER_PARTS = re.compile(r"/uploads/.*offset=[1-9]")
SECRET = b"PONSEL-RAHASIA"


def begin(city: City) -> str:
    """A draft whose next question is about photos."""
    with city.app.test_request_context(), transaction():
        answers = Answers(title="Lubang di jalan", body="Dalam sekali.", category="jalan_rusak")
        return services.begin(answers, at=clock.now())


def camera(colour: Any = None, size: tuple[int, int] = (2000, 1500), turn: int = 1) -> dict[str, Any]:
    """A file as phones make them; of noise where no colour is given."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = SECRET.decode(), turn
    image = Image.new("RGB", size, colour) if colour else Image.effect_noise(size, 60).convert("RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def kept(city: City, token: str) -> list[Image.Image]:
    """The photos of the draft as they lie in the store."""
    with city.app.test_request_context():
        draft = queries.draft(token, clock.now())
        found = queries.photos([photo.id for photo in photos.of(draft)])
        contents = [files.path_of(file_name(one.sha256)).read_bytes() for one in found]
    return [Image.open(BytesIO(content)) for content in contents]


def test_a_face_is_covered_before_the_photo_leaves_the_phone(visit, city, monkeypatch):
    token = begin(city)
    page = visit(f"/reports/new/{token}/photos", size=SMALL_PHONE, has_touch=True)
    sent, put = [], parts.put
    monkeypatch.setattr(parts, "put", lambda *at, **where: sent.append(at[2]) or put(*at, **where))

    page.locator("#photos").set_input_files([camera((0, 0, 200), turn=6)])
    page.get_by_role("button", name="Tutupi wajah atau pelat").click()
    page.get_by_role("button", name="Tambah kotak").click()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert violations(page) == []
    page.get_by_role("button", name="Tutupi dan selesai").click()
    assert violations(page) == []
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/person")
    page.goto(f"/reports/new/{token}/photos")

    (photo,) = kept(city, token)
    assert photo.size == (1200, 1600)  # upright, and small
    assert max(photo.getpixel((20, 20))[2], 0) in range(190, 210)
    assert photo.getpixel((600, 800))[2] in range(200, 225)  # 200 is rounded to 208
    assert photo.getpixel((600, 800)) != photo.getpixel((20, 20))
    assert SECRET not in b"".join(sent)
    assert violations(page) == []
    page.get_by_role("button", name="Tutupi bagian foto 1").click()
    page.wait_for_url("**/covering")
    assert violations(page) == []


def test_a_photo_survives_a_broken_line_and_a_reload(chromium, city):
    """At 50 kB a second; what was sent before the line broke is not sent again."""
    token, sent = begin(city), []
    with chromium.new_context(base_url=city.address, viewport=SMALL_PHONE) as window:
        page = window.new_page()
        page.goto(f"/reports/new/{token}/photos")
        window.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        page.on("requestfinished", lambda request: sent.append(request.url.partition("offset=")[2]))
        page.route(LATER_PARTS, lambda route: route.abort())
        page.locator("#photos").set_input_files([camera(size=(640, 480))])
        page.get_by_role("button", name="Kirim foto").click()
        page.get_by_text("Sambungan terputus").wait_for()
        page.unroute(LATER_PARTS)
        page.reload()
        page.locator("#photo-list .photo-card").wait_for()
        waiting = page.locator(".photo-waiting").count()

    assert waiting == 0
    assert [part.partition("&")[0] for part in sent if part] == ["0", str(parts.PART_BYTES)]
    assert len(kept(city, token)) == 1


def test_photos_without_javascript(visit, city):
    token = begin(city)
    page = visit(f"/en/reports/new/{token}/photos", size=SMALL_PHONE, javascript=False)

    page.locator("#photos").set_input_files([camera("black"), camera("white")])
    page.locator("[data-keep]").click()
    page.locator("[name^=caption-]").first.fill("The hole")
    page.locator("[value^=down-]").click()
    page.locator("[value^=cover-]").first.click()
    page.locator("#cell-0").check(force=True)
    page.locator("main form .button--primary").click()
    page.locator("#photo-list").wait_for()

    white, black = kept(city, token)
    assert white.getpixel((5, 5))[0] < 250 < white.getpixel((900, 900))[0]
    assert max(black.getpixel((900, 900))) < 5
    assert page.locator("[name^=caption-]").last.input_value() == "The hole"
