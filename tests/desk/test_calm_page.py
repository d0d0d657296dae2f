"""The page of a duty keeps to what comes next: the latest words, one box, and what went wrong in it."""

from io import BytesIO

import pytest

from portal.assignments.steps import Step
from portal.desk import story
from tests.assignments.duties import officer
from tests.desk.conftest import NOW, City
from tests.desk.pressing import send
from tests.support.client import CheckingClient, Form

WORDS = "Lampunya sudah kami ganti."


@pytest.mark.parametrize(
    ("told", "open_places"),
    [
        ("---", "012"),  # a short story stands whole
        ("----", "3"),
        ("----w", "34"),
        ("---w-", "34"),
        ("--w-w-", "245"),  # a question and its reply
        ("--w-w------", "24910"),  # reminders pile up after them
    ],
)
def test_story_is_folded_but_for_the_latest_words_and_lines(told: str, open_places: str) -> None:
    steps = [
        Step(title=str(place), at=NOW, body="kata" if one == "w" else "") for place, one in enumerate(told)
    ]

    folded, shown = story.fold(steps)

    assert "".join(step.title for step in shown) == open_places
    assert {step.title for step in folded} == {step.title for step in steps} - {step.title for step in shown}


def test_earlier_steps_are_folded_and_none_is_left_out(city: City, desk: CheckingClient) -> None:
    report = city.report()

    send(desk, desk.get(f"/desk/{report.number}?act=update"), WORDS)
    page = desk.get(f"/desk/{report.number}").text

    assert page.index("2 langkah lainnya") < page.index("Diterima") < page.index(WORDS)


def test_photo_that_cannot_be_kept_is_named_in_the_box_beside_the_words(city: City, desk) -> None:
    report = city.report()
    form = Form.on(desk.get(f"/desk/{report.number}?act=answer"), "/responses")
    upload = {"photos": (BytesIO(b"bukan gambar"), "lampu.jpg", "image/jpeg")}

    refused = desk.post(f"/desk/{report.number}/evidence", data={**form.values, "body": WORDS, **upload})

    assert refused.status_code == 422
    box = refused.text.split('id="answer-box"')[1]
    assert "lampu.jpg" in box
    assert WORDS in box
    assert "periksa kotak tanggapan" in refused.text.split('id="answer-box"')[0]


def test_whoever_is_asked_for_help_is_not_told_that_there_is_nothing_to_do(city: City, desk, login) -> None:
    report = city.report()
    user, colleague = officer()
    page = desk.get(f"/desk/{report.number}/help?agency={colleague.agency_id}")
    desk.submit(page, "/help-requests", official=str(colleague.id), question="Tiang ini milik siapa?")

    shown = login(user).get(f"/desk/{report.number}").text

    assert "Jawab permintaan ini" in shown
    assert "Tidak ada yang perlu Anda lakukan" not in shown
    assert f"Menunggu {colleague.name}" not in shown


def test_help_in_the_own_agency_is_asked_of_somebody_by_name(city: City, desk) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}/help")

    refused = desk.submit(page, "/help-requests", question="Tiang ini milik siapa?")

    assert refused.status_code == 422
    assert "Pilih petugas." in refused.text
    assert "Tiang ini milik siapa?" in refused.text


def test_longest_extension_is_said_before_it_is_asked(city: City, desk) -> None:
    report = city.report()

    assert "Tanggapan pertama, paling lama 2 hari kerja" in desk.get(f"/desk/{report.number}?act=extend").text


def test_answered_duty_leads_on_to_the_next(city: City, desk) -> None:
    report = city.report()

    send(desk, desk.get(f"/desk/{report.number}?act=answer"), WORDS)
    page = desk.get(f"/desk/{report.number}").text

    assert "Lanjut ke tugas berikutnya" in page


def test_reply_to_feedback_that_is_too_long_stays_beside_its_error(city: City, desk, login) -> None:
    report = city.report()
    address = f"/desk/{report.number}/feedback"
    boss = login(city.boss)
    boss.submit(boss.get(address), "/feedback", body="Sebutkan nomor tiangnya.")
    words = "Akan saya sebutkan. " * 60

    refused = desk.submit(desk.get(address), "/reply", body=words)

    assert refused.status_code == 422
    assert words.strip() in refused.text
    assert 'class="field__error"' in refused.text


def test_page_leads_back_to_the_room_that_its_reader_came_from(city: City, desk, login, triage) -> None:
    number = city.report().number

    crumbs = [
        client.get(f"/desk/{number}").text.split("breadcrumbs")[1] for client in (desk, login(city.boss))
    ]

    assert 'href="/desk"' in crumbs[0][:400]
    assert 'href="/team"' in crumbs[1][:400]
    assert 'href="/desk"' not in triage.get(f"/desk/{number}").text
