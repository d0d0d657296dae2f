"""Agencies, categories, routing rules, areas, work that was given up, and the history of it all."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from portal import clock
from portal.administration import services
from portal.administration.models import AdministrationChange
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.jobs.models import Job
from portal.jobs.rules import JobState
from portal.organisation.models import Agency
from portal.routing.models import RoutingRule
from tests.builders import MONDAY, make_agency, make_area, make_category, make_official, make_routing_rule

pytestmark = pytest.mark.usefixtures("calendars")


def test_agency_is_set_up_and_its_history_begins(admin):
    done = admin.submit(
        admin.get("/administration/agencies/new"),
        code="DLH",
        name="Dinas Lingkungan Hidup",
        valid_from="2026-01-02",
    )
    page = admin.get(done.headers["Location"])

    assert "Dinas Lingkungan Hidup sudah disimpan." in page.text
    assert "Dinas: Dinas Lingkungan Hidup" in page.text


def test_agency_names_its_successor(admin):
    old, new = make_agency(name="Dinas Pasar"), make_agency(name="Dinas Perdagangan")

    page = admin.get(f"/administration/agencies/{old.id}")
    admin.submit(page, valid_to="2026-12-31", successor_id=str(new.id))

    text = admin.get(f"/administration/agencies/{old.id}").text
    assert old.successor_id == new.id
    assert "31 Des 2026" in text
    assert "Dinas Perdagangan" in text


def test_agency_cannot_end_before_it_begins(admin):
    agency = make_agency()

    answer = admin.submit(admin.get(f"/administration/agencies/{agency.id}"), valid_to="2001-01-01")

    assert "Tanggal akhir tidak boleh sebelum tanggal awal." in answer.text
    assert agency.valid_to is None


def test_two_agencies_cannot_share_a_code(admin):
    make_agency(code="DLH")
    agency = make_agency()

    answer = admin.submit(admin.get(f"/administration/agencies/{agency.id}"), code="DLH")

    assert "Kode ini sudah dipakai dinas lain." in answer.text


def test_category_keeps_its_code(admin):
    category = make_category(code="sampah", name_id="Sampah")

    page = admin.get("/administration/categories/sampah")
    admin.post("/administration/categories/sampah", data={"csrf_token": _token(page), "code": "lain"})
    admin.submit(page, name_id="Sampah dan TPS", group="environment")

    assert (category.code, category.name_id) == ("sampah", "Sampah dan TPS")


def test_category_needs_both_languages(admin):
    make_category(code="sampah")

    answer = admin.submit(admin.get("/administration/categories/sampah"), name_en=" ")

    assert answer.status_code == 422


def test_rule_is_made_and_its_pool_chosen(admin):
    agency, category, area = make_agency(), make_category(), make_area(name="Sei Mati")
    official = make_official(agency, name="Togar Sinaga")

    made = admin.submit(
        admin.get("/administration/routing/new"),
        category_code=category.code,
        area_code=area.code,
        agency_id=str(agency.id),
    )
    page = admin.get(made.headers["Location"])
    admin.submit(page, pool=[str(official.id)])

    rule = db.session.scalars(db.select(RoutingRule)).one()
    assert [member.official_id for member in rule.pool] == [official.id]
    assert "Sei Mati" in page.text


@pytest.mark.parametrize("kind", [CategoryClass.SUPERVISORY, CategoryClass.CONFIDENTIAL])
def test_no_rule_verifies_what_needs_a_moderator(admin, kind):
    category, agency = make_category(category_class=kind), make_agency()
    rule = make_routing_rule(category, agency, verifies=False)

    answer = admin.submit(admin.get(f"/administration/routing/{rule.id}"), verifies="y")

    assert answer.status_code == 422
    assert not rule.verifies


def test_rule_without_a_category_does_not_verify(admin):
    rule = make_routing_rule(make_category(), make_agency(), verifies=False)

    answer = admin.submit(admin.get(f"/administration/routing/{rule.id}"), category_code="", verifies="y")

    assert "Verifikasi otomatis hanya boleh" in answer.text


def test_trial_says_which_rule_would_match_and_why(admin):
    category, agency = make_category(name_id="Sampah"), make_agency(name="Dinas Lingkungan Hidup")
    make_official(agency, name="Togar Sinaga")
    make_routing_rule(category, agency)

    page = admin.get("/administration/routing", query_string={"try_category": category.code})

    assert "Aturan: Sampah di seluruh kota." in page.text
    assert "Togar Sinaga" in page.text


def test_trial_says_when_no_rule_matches(admin):
    category = make_category()

    page = admin.get("/administration/routing", query_string={"try_category": category.code})

    assert "Belum ada aturan yang cocok" in page.text


def test_areas_are_listed_under_their_district(admin):
    make_area(code="12.71.01", level="district", name="Medan Kota")
    make_area(code="12.71.01.1001", parent_code="12.71.01", name="Pasar Baru")

    assert "Pasar Baru" in admin.get("/administration/areas").text


def test_work_that_was_given_up_is_tried_again_once(admin):
    job = Job(name="notifications.send", payload={}, state=JobState.DEAD, run_at=MONDAY, created_at=MONDAY)
    db.session.add(job)
    db.session.flush()

    page = admin.get("/administration/jobs")
    admin.submit(page, "/retry")
    admin.submit(page, "/retry")

    assert job.state is JobState.WAITING
    assert len(list(db.session.scalars(db.select(AdministrationChange)))) == 1


def test_history_shows_before_and_after_and_can_be_narrowed(admin, administrator):
    agency = make_agency(name="Dinas Pasar", kind="dinas")
    values = {**_values(agency), "name": "Dinas Perdagangan"}
    services.save_agency(agency, values, by=administrator, at=clock.now())

    text = admin.get("/administration/changes?kind=agency").text

    assert "<del>Dinas Pasar</del>" in text
    assert "<ins>Dinas Perdagangan</ins>" in text
    assert "Dinas Perdagangan" not in admin.get("/administration/changes?kind=category").text


def test_saving_without_a_change_writes_no_history(app, administrator):
    agency = make_agency()

    services.save_agency(agency, _values(agency), by=administrator, at=clock.now())

    assert db.session.scalars(db.select(AdministrationChange)).all() == []


def test_history_cannot_be_rewritten(app, administrator):
    agency = make_agency()
    services.save_agency(agency, {**_values(agency), "name": "Baru"}, by=administrator, at=clock.now())

    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(db.update(AdministrationChange).values(title="Lain"))


def test_history_goes_on_page_by_page(admin, administrator):
    agency, now = make_agency(), clock.now()
    for number in range(53):
        values = {**_values(agency), "name": f"Nama {number}."}
        services.save_agency(agency, values, by=administrator, at=now + timedelta(seconds=number))

    first = admin.get("/administration/changes")
    older = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "Nama 52." in first.text
    assert "<ins>Nama 1.</ins>" in admin.get(older).text


def test_front_page_leads_to_every_room(admin):
    page = admin.get("/administration/")

    for room in ("officials", "agencies", "categories", "routing", "calendars", "policies", "areas", "jobs"):
        assert f'/administration/{room}"' in page.text


def _values(agency: Agency) -> dict:
    names = ("code", "name", "kind", "valid_from", "valid_to", "successor_id", "calendar_key", "is_external")
    return {name: getattr(agency, name) for name in names} | {"contact": agency.contact}


def _token(page) -> str:
    return page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_rule_of_a_confidential_category_says_that_its_pool_is_the_team_that_reads(admin):
    agency = make_official().agency
    sealed = make_category(category_class=CategoryClass.CONFIDENTIAL)
    ordinary = make_routing_rule(make_category(), agency)

    page = admin.get(f"/administration/routing/{make_routing_rule(sealed, agency, verifies=False).id}")

    assert "Tim yang ditunjuk" in page.text
    assert "Tim yang ditunjuk" not in admin.get(f"/administration/routing/{ordinary.id}").text
