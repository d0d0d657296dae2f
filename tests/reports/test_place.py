"""Where it happened: by name, by a point, or in words; and who said it before."""

from collections.abc import Callable
from typing import Any

import pytest

from portal import clock
from portal.accounts.rules import Role
from portal.db import db
from portal.organisation.models import Agency
from portal.reports.filing import services
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft, Supporter
from tests.builders import MONDAY, make_area, make_outside_body, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

STORY = {"title": "Lampu jalan mati di Garu III", "body": "Sudah empat malam gelap.", "category": "pju"}
INSIDE, AT_THE_EDGE, BEYOND = (3.535, 98.705), (3.535, 98.7109), (3.535, 98.74)


@pytest.fixture
def drawn(city: City) -> City:
    """The kelurahan and the one to its west, with boundaries."""
    _draw(city.area, 98.70, 98.71)
    _draw(make_area(code="99.71.01.1002", name="Sitirejo II", parent_code=city.district.code), 98.69, 98.70)
    db.session.flush()
    return city


@pytest.fixture
def neighbour(city: City) -> Agency:
    return make_outside_body(
        name="Pemerintah Kabupaten Deli Serdang", neighbouring_region="Kabupaten Deli Serdang"
    )


def draft(**answers: Any) -> str:
    """A draft that has come to the question about the place; gives its token."""
    return services.begin(Answers(**{**STORY, **answers}), at=clock.now())


def kept() -> Answers:
    return Answers.read(db.session.scalars(db.select(ReportDraft)).one().data)


def ask(client: CheckingClient, token: str, point: tuple[float, float]) -> str:
    return client.get(f"/reports/new/{token}/place?lat={point[0]}&lon={point[1]}").text


def answer(client: CheckingClient, token: str, **values: Any) -> Any:
    return client.submit(client.get(f"/reports/new/{token}/place"), **values)


def test_a_point_offers_its_area_and_the_ones_next_door(client: CheckingClient, drawn: City) -> None:
    page = ask(client, draft(), (3.535, 98.7005))

    assert "Titik ini di Harjosari I, Kecamatan Medan Amplas." in page
    assert "Sitirejo II, Kecamatan Medan Amplas" in page


def test_a_point_just_outside_the_lines_belongs_to_the_nearest_area(
    client: CheckingClient, drawn: City
) -> None:
    page = ask(client, draft(), AT_THE_EDGE)

    assert "sekitar 100 meter di luar garis batas, jadi kami anggap di Harjosari I" in page


def test_beyond_the_border_the_neighbour_and_its_channel_are_named(
    client: CheckingClient, drawn: City, neighbour: Agency
) -> None:
    page = ask(client, draft(), BEYOND)

    assert "Titik ini di luar Kota Medan" in page
    assert "Kabupaten Deli Serdang" in page
    assert 'href="tel:123"' in page


def test_a_wrong_position_keeps_nobody_from_filing(client: CheckingClient, drawn: City) -> None:
    lat, lon = BEYOND

    done = answer(client, draft(), lat=lat, lon=lon, q="harjosari", area=drawn.area.code)

    assert done.location.endswith("/photos")
    assert (kept().area, kept().lat, kept().found_area) == (drawn.area.code, None, "")


def test_the_resident_knows_better_and_both_are_kept(client: CheckingClient, drawn: City) -> None:
    token, (lat, lon) = draft(), INSIDE
    answer(client, token, lat=lat, lon=lon, area="99.71.01.1002")

    report = services.send(db.session.scalars(db.select(ReportDraft)).one(), token, by=None, at=MONDAY)

    content = report.content
    assert (report.area_code, content.found_area_code) == ("99.71.01.1002", drawn.area.code)
    assert (content.lat, content.lon) == INSIDE


def test_a_point_that_is_elsewhere_is_left_out(client: CheckingClient, drawn: City) -> None:
    lat, lon = INSIDE
    token = draft(lat=lat, lon=lon, area=drawn.area.code, found_area=drawn.area.code)

    answer(client, token, without_point=True)

    assert (kept().area, kept().lat, kept().found_area) == (drawn.area.code, None, "")


def test_who_does_not_know_the_area_describes_the_place(client: CheckingClient, city: City) -> None:
    token = draft()

    wordless = answer(client, token, area="unknown")
    told = answer(client, token, area="unknown", place="Di seberang pasar malam, dekat rel")

    assert wordless.status_code == 422
    assert "Tulis tempatnya sejelas mungkin" in wordless.text
    assert told.location.endswith("/photos")
    report = services.send(db.session.scalars(db.select(ReportDraft)).one(), token, by=None, at=MONDAY)
    assert report.area_code is None


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"area_code": None}, "Pelapor tidak tahu wilayahnya."),
        ({"area_code": "99.71.01.1002", "found_area_code": "99.71.01.1001"}, "Titik di peta: Harjosari I"),
    ],
)
def test_moderators_see_where_the_map_and_the_resident_differ(
    login: Callable[..., CheckingClient], drawn: City, known: dict[str, Any], told: str
) -> None:
    waiting = make_report(drawn.roads, **known)

    page = login(make_user(Role.MODERATOR)).get(f"/triage/{waiting.number}")

    assert told in page.text


def test_names_that_repeat_stand_beside_their_kecamatan(client: CheckingClient, city: City) -> None:
    other = make_area(code="99.71.02", name="Medan Maimun", level="district")
    make_area(code="99.71.01.1009", name="Sei Mati", parent_code=city.district.code)
    make_area(code="99.71.02.1001", name="Sei Mati", parent_code=other.code)

    page = client.get(f"/reports/new/{draft()}/place?q=sungai+mati").text

    assert "Sei Mati, Kecamatan Medan Amplas" in page
    assert "Sei Mati, Kecamatan Medan Maimun" in page


@pytest.mark.parametrize("point", [INSIDE, BEYOND])
def test_looking_a_point_up_takes_few_statements(
    client: CheckingClient,
    drawn: City,
    neighbour: Agency,
    count_sql: Callable[[], Any],
    point: tuple[float, float],
) -> None:
    token = draft()
    db.session.expire_all()

    with count_sql() as statements:
        ask(client, token, point)

    assert len(statements) <= 8, "\n\n".join(statements)


def test_similar_reports_come_before_the_next_question_and_once(client: CheckingClient, city: City) -> None:
    before = make_report(city.lights, title="Lampu mati di Garu III", area_code=city.area.code)
    token = draft()

    shown = client.get(answer(client, token, q="harjosari", area=city.area.code).location)
    passed = client.submit(shown)
    again = answer(client, token, area=city.area.code)

    assert before.title in shown.text
    assert "wilayah yang sama; bidang yang sama; kata yang mirip: lampu, mati" in shown.text
    assert passed.location.endswith("/photos")
    assert again.location.endswith("/photos")


def test_me_too_counts_once_and_lets_the_draft_go(login: Callable[..., CheckingClient], city: City) -> None:
    before, neighbour = make_report(city.lights, title="Lampu mati"), make_user()
    token, client = draft(), login(neighbour)

    page = client.get(f"/reports/new/{token}/same/{before.number}")
    held = db.session.query(ReportDraft).count()
    done = client.submit(page, f"/same/{before.number}")

    assert "tidak dikirim dan dihapus" in page.text
    assert held == 1
    assert done.location.endswith(f"/reports/{before.number}")
    assert db.session.query(ReportDraft).count() == 0
    assert db.session.scalars(db.select(Supporter.user_id)).all() == [neighbour.id]
    assert db.session.get_one(Report, before.id).supporter_count == 1


def test_a_visitor_is_asked_to_sign_in_and_keeps_the_draft(client: CheckingClient, city: City) -> None:
    before = make_report(city.lights, title="Lampu mati")
    token = draft()

    page = client.get(f"/reports/new/{token}/same/{before.number}").text

    assert f"next=%2Freports%2Fnew%2F{token}%2Fsame%2F{before.number}" in page.replace("/", "%2F")
    assert db.session.query(ReportDraft).count() == 1


def test_what_is_not_public_cannot_be_joined(client: CheckingClient, city: City) -> None:
    hidden = make_report(city.lights, is_confidential=True)

    assert client.get(f"/reports/new/{draft()}/same/{hidden.number}").status_code == 404


def _draw(area: Any, west: float, east: float) -> None:
    corners = [[west, 3.53], [east, 3.53], [east, 3.54], [west, 3.54], [west, 3.53]]
    area.boundary = {"type": "Polygon", "coordinates": [corners]}
    area.south, area.west, area.north, area.east = 3.53, west, 3.54, east
