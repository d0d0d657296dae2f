"""The public list, the search in it, the map and the way to one report."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.db import db
from portal.reports.models import Report
from portal.reports.queries import Filter, browsing
from portal.reports.rules import ReportState
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

COUNTED = ("/reports", "/reports?q=lampu", "/reports?area=99.71.01&category=pju&overdue=1", "/reports/map")


def titles(client: CheckingClient, query: str) -> list[str]:
    """The titles on a page of the list, in their order."""
    page = client.get(f"/reports{query}").text
    parts = page.split('class="queue__title"')[1:]
    return [part.split(">")[1].split("<")[0] for part in parts]


def copies(report: Report, count: int) -> None:
    """Many more like it, as plain rows: they differ in number and time only."""
    columns = {column.key: getattr(report, column.key) for column in Report.__mapper__.columns}
    unique = ("id", "number", "form_token", "verify_clock_id", "assignment_id", "source_id")
    plain = {key: value for key, value in columns.items() if key not in unique}
    rows = [
        {
            **plain,
            "number": f"MDN-25-{serial:06}",
            "received_at": report.received_at - timedelta(minutes=serial),
        }
        for serial in range(count)
    ]
    db.session.execute(db.insert(Report), rows)


def test_newest_reports_come_first(client: CheckingClient, city: City) -> None:
    make_report(city.lights, title="Lama", at=MONDAY)
    make_report(city.lights, title="Baru", at=MONDAY + timedelta(hours=1))

    assert titles(client, "") == ["Baru", "Lama"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?category=pju", ["Lampu"]),
        ("?kind=suggestion", ["Usul"]),
        ("?state=open", ["Lampu"]),
        ("?state=submitted", ["Jalan rusak, menunggu verifikasi"]),
        ("?area=99.71.01", ["Lampu"]),
        ("?area=99.71.01.1001", ["Lampu"]),
        ("?area=99.71.02", []),
        ("?q=lampu", ["Lampu"]),
        ("?q=lampu&category=jalan", []),
        ("?state=nonsense&kind=x&before=zz&from=-4", ["Jalan rusak, menunggu verifikasi", "Lampu"]),
    ],
)
def test_the_list_is_narrowed(client: CheckingClient, city: City, query: str, expected: list[str]) -> None:
    make_report(city.lights, title="Lampu", area_code=city.area.code)
    other = make_report(city.roads, title="Usul")
    if "suggestion" in query:
        other.kind, other.title, other.state = "suggestion", "Usul", ReportState.CLOSED
        db.session.flush()

    assert titles(client, query) == expected


def test_overdue_are_those_whose_clock_ran_out(client: CheckingClient, city: City) -> None:
    make_report(city.lights, title="Terlambat", at=MONDAY - timedelta(days=60))
    make_report(city.lights, title="Tepat waktu", at=MONDAY + timedelta(days=3650))

    assert titles(client, "?overdue=1") == ["Terlambat"]


def test_pages_follow_each_other_without_gap_or_double(client: CheckingClient, city: City) -> None:
    copies(make_report(city.lights), 59)
    seen, path = [], "/reports"
    while path:
        page = client.get(path).text
        seen += [part.split('"')[0] for part in page.split('href="/reports/MDN-')[1:]]
        older = page.split('rel="next" href="')[1:]
        path = older[0].split('"')[0].replace("&amp;", "&") if older else ""

    assert len(seen) == 60
    assert len(set(seen)) == 60


def test_words_in_the_title_come_first(client: CheckingClient, city: City) -> None:
    make_report(city.lights, title="Lampu padam di Garu", at=MONDAY)
    make_report(city.lights, title="Gelap", body="Lampu padam", at=MONDAY + timedelta(hours=1))

    assert titles(client, "?q=lampu+padam") == ["Lampu padam di Garu", "Gelap"]


def test_a_search_ranks_by_whole_words_of_the_title_and_pages_on(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "PAGE_SIZE", 2)
    monkeypatch.setattr(browsing, "RANKED", 5)
    told = [
        ("Air mati di Garu", "Tolong."),
        ("Mati lagi, air di Bajak", "Lagi."),
        ("Air keruh", "Lalu mati."),
        ("Airmas gelap", "Air mati."),
        ("Pipa bocor", "Air mati."),
        ("Selokan", "Air mati."),
    ]
    for day, (title, body) in enumerate(told):
        make_report(city.lights, title=title, body=body, received_at=MONDAY + timedelta(days=day))

    pages = [browsing.listed(Filter(text="air mati", offset=start), MONDAY) for start in (0, 2, 4, 6)]

    assert [[row.title for row in page.rows] for page in pages] == [
        ["Mati lagi, air di Bajak", "Air mati di Garu"],
        ["Air keruh", "Selokan"],
        ["Pipa bocor"],
        [],
    ]
    assert [page.offset for page in pages] == [2, 4, None, None]


def test_similar_open_reports_are_shown(client: CheckingClient, city: City) -> None:
    make_report(city.lights, title="Lampu jalan padam di Garu III")
    make_report(city.lights, title="Pohon tumbang", body="Menutup parit")

    page = client.get("/reports/similar?title=lampu+padam+garu").text

    assert "Lampu jalan padam di Garu III" in page
    assert "Pohon tumbang" not in page


def test_htmx_gets_the_list_alone(client: CheckingClient, city: City) -> None:
    answer = client.get("/reports", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert answer.text.lstrip().startswith('<div id="report-list"')


@pytest.mark.parametrize("path", COUNTED)
def test_a_page_costs_the_same_with_a_thousand_reports(
    client: CheckingClient, city: City, count_sql: Callable[[], Any], path: str
) -> None:
    report = make_report(city.lights, area_code=city.area.code, at=MONDAY - timedelta(days=60))
    copies(report, 9)
    with count_sql() as few:
        client.get(path)
    db.session.execute(db.delete(Report).where(Report.id != report.id))
    copies(report, 1000)
    with count_sql() as many:
        client.get(path)

    assert len(few) == len(many) <= 8


def test_the_page_of_a_report_takes_at_most_eight_statements(
    client: CheckingClient, city: City, count_sql: Callable[[], Any]
) -> None:
    report = make_report(city.lights, area_code=city.area.code)
    db.session.commit()
    db.session.expire_all()

    with count_sql() as statements:
        client.get(f"/reports/{report.number}")

    assert len(statements) <= 8, statements


def test_visitors_get_no_cookie_and_no_token(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights)

    for path in (
        "/",
        "/reports",
        f"/reports/{report.number}",
        f"/reports/{report.number}/deadline",
        "/reports/map",
    ):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "csrf_token" not in answer.text
        assert "public" in answer.headers["Cache-Control"]


def test_a_number_leads_to_its_page(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights)

    assert client.get(f"/reports/lookup?number= {report.number.lower()} ").location.endswith(report.number)
    assert "tidak ditemukan" in client.get("/reports/lookup?number=XX-1", follow_redirects=True).text


def test_the_map_shows_points_and_kecamatan(client: CheckingClient, city: City) -> None:
    make_report(city.lights, area_code=city.area.code, lat=3.54321987, lon=98.7)

    feature = client.get("/reports/map/points").json["features"][0]
    assert feature["geometry"]["coordinates"] == [98.7, 3.5432]
    assert "Medan Amplas" in client.get("/reports/map").text
    assert client.get("/reports/map/areas").json["features"][0]["properties"]["name"] == "Medan Amplas"


def test_the_overview_costs_the_same_for_many(
    login: Callable[..., CheckingClient], city: City, count_sql: Callable[[], Any]
) -> None:
    user = make_user()
    make_report(city.lights, by=user)
    client = login(user)
    with count_sql() as few:
        client.get("/account/reports")
    for _ in range(12):
        make_report(city.lights, by=user)
    with count_sql() as many:
        client.get("/account/reports")

    assert len(few) == len(many) <= 9
