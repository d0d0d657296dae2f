"""The pages of working together: help, approval by the supervisor, and the right category."""

import pytest

from portal.accounts.rules import Role
from portal.assignments.rules import AssignmentState
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines.rules.stages import Matter
from tests.assignments.duties import officer
from tests.builders import make_category, make_routing_rule, make_user
from tests.desk.conftest import City

QUESTION = "Apakah pipanya milik kota?"
HELP = "Pipanya milik kota, dipasang tahun 2019."
WORDS = "Lampunya sudah diganti."


def ask(desk, report, colleague, **fields):
    page = desk.get(f"/desk/{report.number}/help?agency={colleague.agency_id}")
    return desk.submit(page, "/help-requests", official=str(colleague.id), question=QUESTION, **fields)


def test_asked_official_finds_reads_and_answers_and_the_words_are_copied(city: City, desk, login, client):
    report = city.report()
    user, colleague = officer()
    helper = login(user)
    assert helper.get(f"/desk/{report.number}").status_code == 404

    ask(desk, report, colleague)
    listed = helper.get("/desk/help-requests").text
    page = helper.get(f"/desk/{report.number}")
    address = next(part.split('"')[0] for part in page.text.split('href="') if "/help/" in part)
    given = helper.submit(helper.get(address), body=HELP)
    copied = desk.submit(desk.get(f"/desk/{report.number}"), "/copy")

    assert report.number in listed
    assert QUESTION in page.text
    assert "answer-form" not in page.text  # who helps does not answer for the duty
    assert (given.status_code, copied.status_code) == (303, 303)
    assert HELP in desk.get(f"/desk/{report.number}?act=answer").text
    public = client.get(f"/reports/{report.number}").text
    assert "Dinas lain dimintai bantuan" in public
    assert HELP not in public
    assert QUESTION not in public


def test_question_that_was_typed_stays_beside_its_error(city: City, desk) -> None:
    report = city.report()
    _user, colleague = officer()
    ask(desk, report, colleague)

    again = ask(desk, report, colleague)

    assert again.status_code == 422
    assert QUESTION in again.text


def test_nobody_but_the_asked_one_answers(city: City, desk, login) -> None:
    report = city.report()
    _user, colleague = officer()
    ask(desk, report, colleague)
    request = next(one for one in report.assignment.responses if one.kind == "consultation")

    assert login(city.boss).get(f"/desk/{report.number}/help/{request.id}").status_code == 403


def wants_approval(city: City):
    city.official.agency.needs_approval = True
    db.session.flush()
    return city.report()


def submit(desk, report, body=WORDS):
    return desk.submit(desk.get(f"/desk/{report.number}?act=answer"), "/responses", body=body)


def test_supervisor_finds_reads_and_publishes_the_answer(city: City, desk, login, client) -> None:
    report = wants_approval(city)
    submit(desk, report)
    boss = login(city.boss)

    before = client.get(f"/reports/{report.number}").text
    listed = boss.get("/team/approvals").text
    page = boss.get(f"/desk/{report.number}/approval")
    done = boss.submit(page, "/approval", decision="approve")

    assert WORDS not in before
    assert report.number in listed
    assert WORDS in page.text
    assert done.status_code == 303
    public = client.get(f"/reports/{report.number}").text
    assert WORDS in public
    assert city.official.name in public


def test_waiting_answer_is_seen_by_its_writer_who_takes_it_back(city: City, desk) -> None:
    report = wants_approval(city)
    submit(desk, report)
    page = desk.get(f"/desk/{report.number}")

    taken = desk.submit(page, "/withdrawal")

    assert "Menunggu persetujuan atasan" in page.text
    assert taken.status_code == 303
    box = desk.get(f"/desk/{report.number}?act=answer").text
    assert WORDS in box
    assert "Menunggu persetujuan atasan" not in box


def test_answer_comes_back_with_words_that_only_the_desk_reads(city: City, desk, login, client) -> None:
    report = wants_approval(city)
    submit(desk, report)
    boss = login(city.boss)
    page = boss.get(f"/desk/{report.number}/approval")

    wordless = boss.submit(page, "/approval", decision="send_back", words=" ")
    sent = boss.submit(page, "/approval", decision="send_back", words="Sebut tanggalnya.")

    assert (wordless.status_code, sent.status_code) == (422, 303)
    box = desk.get(f"/desk/{report.number}?act=answer").text
    assert "Sebut tanggalnya." in box
    assert WORDS in box
    assert "Sebut tanggalnya." not in client.get(f"/reports/{report.number}").text


def test_approver_is_shown_what_changed_meanwhile(city: City, desk, login) -> None:
    report = wants_approval(city)
    submit(desk, report)
    boss = login(city.boss)
    page = boss.get(f"/desk/{report.number}/approval")
    desk.submit(desk.get(f"/desk/{report.number}?act=note"), "/responses", body="Tunggu dulu.")

    late = boss.submit(page, "/approval", decision="approve")

    assert late.status_code == 422
    assert report.assignment.state is AssignmentState.OPEN


def test_writer_and_colleagues_do_not_approve(city: City, desk, login) -> None:
    report = wants_approval(city)
    submit(desk, report)
    colleague, _other = officer(city.official.agency)

    for reader in (desk, login(colleague)):
        assert reader.get(f"/desk/{report.number}/approval").status_code == 403


def correct(desk, report, category, **fields):
    page = desk.get(f"/desk/{report.number}/category")
    values = {"category": category.code, "reason": "Ini soal saluran air.", **fields}
    return desk.submit(page, "/category", **values)


@pytest.fixture
def drains(city: City):
    category = make_category(name_id="Saluran air", name_en="Drains")
    make_routing_rule(category, city.official.agency)
    return category


def test_corrected_category_shows_everywhere(city: City, desk, client, drains) -> None:
    report = city.report()

    done = correct(desk, report, drains)

    assert done.status_code == 303
    db.session.expire_all()
    assert (report.category_code, report.assignment.category_code) == (drains.code, drains.code)
    page = client.get(f"/reports/{report.number}").text
    assert "Bidang diperbaiki" in page
    assert "Sekarang: Saluran air." in page
    assert "Ini soal saluran air." not in page
    assert "Ini soal saluran air." in desk.get(f"/desk/{report.number}/category").text


def test_official_asks_and_a_moderator_seals_the_report(city: City, desk, triage, client) -> None:
    report = city.report()
    sealed = make_category(category_class=CategoryClass.CONFIDENTIAL)
    make_routing_rule(sealed, city.official.agency, verifies=False)
    title = report.title

    asked = correct(desk, report, sealed)
    before = client.get(f"/reports/{report.number}").text
    page = triage.get("/triage/corrections")
    wish = page.text.split("/triage/corrections/")[1].split('"')[0]
    decided = triage.submit(page, f"/corrections/{wish}", decision="make")

    assert (asked.status_code, decided.status_code) == (303, 303)
    assert title in before
    db.session.expire_all()
    assert report.assignment.is_confidential
    after = client.get(f"/reports/{report.number}").text
    assert title not in after
    assert "moderator memutuskan" in after


def test_moderator_gives_supervisory_weight_and_the_named_unit_is_kept_out(city: City, desk, triage) -> None:
    report = city.report()
    weighty = make_category(category_class=CategoryClass.SUPERVISORY)
    make_routing_rule(weighty, city.official.agency, verifies=False)
    _accused, official = officer()

    own = correct(triage, report, weighty, concerned=str(city.official.agency_id))
    done = correct(triage, report, weighty, concerned=str(official.agency_id))

    assert (own.status_code, done.status_code) == (422, 303)
    db.session.expire_all()
    assert report.is_supervisory
    assert report.assignment.matter == Matter.SUPERVISORY_COMPLAINT
    assert report.assignment.excluded_agency_id == official.agency_id


def test_others_correct_nothing(city: City, desk, login) -> None:
    report = city.report()

    assert login(make_user(Role.INSPECTORATE)).get(f"/desk/{report.number}/category").status_code == 403


def test_duty_page_keeps_to_its_statements(city: City, desk, count_sql) -> None:
    report = wants_approval(city)
    number = report.number
    _user, colleague = officer()
    ask(desk, report, colleague)
    submit(desk, report)
    db.session.expunge_all()

    with count_sql() as statements:
        desk.get(f"/desk/{number}")

    assert len(statements) <= 8
