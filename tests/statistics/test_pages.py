"""The statistics pages: what they say, what they withhold, what they cost."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.statistics import services
from tests.builders import make_agency, make_category
from tests.statistics.rows import make_case

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
RECEIVED = NOW - timedelta(days=40)
PERIOD = {"from": "2026-10-01", "to": "2026-10-31"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def category(app):
    return make_category()


@pytest.fixture
def agency(app):
    return make_agency(code="DLH", name="Dinas Lingkungan Hidup")


@pytest.fixture
def thirty_cases(agency, category):
    """Twenty answered after two days and closed after ten, ten never answered."""
    for _ in range(20):
        make_case(agency, category, RECEIVED, answered=2, closed=10)
    for _ in range(10):
        make_case(agency, category, RECEIVED)


def words(response) -> str:
    """What a reader sees: the page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.get_data(as_text=True)))


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def figure(response, name: str, detail: str) -> dict[str, str]:
    return next(row for row in rows(response) if (row["figure"], row["detail"]) == (name, detail))


def test_page_leads_with_a_sentence_that_counts_the_unanswered(client, thirty_cases):
    page = words(client.get("/statistics"))

    assert "Separuh dari 30 laporan dijawab dalam 2 hari." in page
    assert "Dari setiap 3 laporan, satu tidak mendapat jawaban dalam dua minggu." in page


def test_page_sets_the_honest_figure_beside_the_misleading_one(client, thirty_cases):
    response = client.get("/statistics/figures.csv", query_string=PERIOD)

    assert float(figure(response, "first_closure", "by day 14")["value"]) == pytest.approx(2 / 3, abs=1e-6)
    assert figure(response, "first_closure", "median")["value"] == "240.0"
    assert figure(response, "first_closure", "p90")["value"] == "not-reached"
    assert figure(response, "first_closure", "p90, answered only")["value"] == "240.0"


def test_never_answered_report_is_late_in_the_on_time_share(client, thirty_cases):
    response = client.get("/statistics/figures.csv", query_string=PERIOD)

    share = figure(response, "on_time", "respond, extended due time")
    assert (share["count"], share["n"]) == ("20", "30")


def test_backlog_is_what_stands_open_at_the_end(client, thirty_cases):
    response = client.get("/statistics/figures.csv", query_string=PERIOD)

    assert figure(response, "stock", "open")["value"] == "10"
    assert figure(response, "stock", "overdue")["value"] == "10"


def test_withdrawn_report_is_an_ending_of_its_own(client, agency, category, thirty_cases):
    for _ in range(10):
        make_case(agency, category, RECEIVED, withdrawn=1)

    response = client.get("/statistics/figures.csv", query_string=PERIOD)

    assert float(figure(response, "first_response", "by day 14")["value"]) == 0.5
    assert figure(response, "flow", "withdrawn")["value"] == "10"


def test_imported_reports_without_answer_times_are_counted_and_named(client, agency, category, thirty_cases):
    for _ in range(3):
        make_case(agency, category, RECEIVED, response_exclusion="source_has_no_answer_times")

    page = words(client.get("/statistics"))

    assert "Separuh dari 30 laporan" in page
    assert "3 laporan tidak ikut dihitung: sistem asalnya tidak mencatat waktu jawaban." in page


def test_small_agency_is_withheld_with_a_neighbour(client, category, thirty_cases):
    for code, n in (("KECIL", 4), ("SEDANG", 12)):
        agency = make_agency(code=code)
        for _ in range(n):
            make_case(agency, category, RECEIVED, answered=1, closed=2)

    lines = rows(client.get("/statistics/agencies.csv", query_string=PERIOD))

    assert {line["agency"]: (line["withheld"], line["received"]) for line in lines} == {
        "KECIL": ("small", ""),
        "SEDANG": ("neighbour", ""),
        "DLH": ("", "30"),
    }


def test_withheld_agency_has_no_figures_on_its_own_page_either(client, category, thirty_cases):
    agency = make_agency(code="KECIL")
    for _ in range(4):
        make_case(agency, category, RECEIVED, answered=1)

    page = client.get("/statistics/agencies/KECIL")

    assert "Terlalu sedikit untuk diterbitkan" in words(page)
    assert client.get("/statistics/figures.csv?agency=KECIL").status_code == 404


def test_agency_page_shows_its_own_figures(client, category, thirty_cases):
    other = make_agency(code="LAIN")
    for _ in range(15):
        make_case(other, category, RECEIVED, answered=20)

    page = words(client.get("/statistics/agencies/DLH"))

    assert "Separuh dari 30 laporan dijawab dalam 2 hari." in page


def test_choosing_an_agency_leads_to_its_page(client, agency):
    response = client.get("/statistics?agency=DLH&from=2026-10-01")

    assert response.location == "/statistics/agencies/DLH?from=2026-10-01"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=kemarin", "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-30."),
        ("from=2026-10-31&to=2026-10-01", "Tanggal akhir mendahului tanggal awal."),
        ("from=2027-01-01", "Masa ini belum dimulai."),
        ("cutoff=2027-01-01", "Tanggal ini belum tiba."),
        ("from=2026-10-31&cutoff=2026-10-01", "Pengamatan berakhir sebelum masa dimulai."),
        ("from=0001-01-01", "Pilih tanggal mulai tahun 1990."),
    ],
)
def test_wrong_day_is_explained_beside_its_field(client, query, message):
    response = client.get(f"/statistics?{query}")

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)


def test_unknown_agency_is_not_found(client):
    assert client.get("/statistics/agencies/TIDAKADA").status_code == 404


def test_unknown_curve_is_not_found(client):
    assert client.get("/statistics/curves/rahasia.csv").status_code == 404


def test_cutoff_forgets_what_came_later(client, thirty_cases):
    response = client.get("/statistics/figures.csv", query_string={**PERIOD, "cutoff": "2026-10-11"})

    assert figure(response, "flow", "answered")["value"] == "0"


def test_empty_city_shows_an_empty_page(client):
    page = words(client.get("/statistics"))

    assert "Belum ada laporan dalam masa ini" in page


def test_definitions_explain_every_linked_figure(client, thirty_cases):
    page = client.get("/statistics").get_data(as_text=True)
    definitions = client.get("/statistics/definitions").get_data(as_text=True)

    anchors = {part.split('"')[0] for part in page.split("/statistics/definitions#")[1:]}
    assert anchors
    assert all(f'id="{anchor}"' in definitions for anchor in anchors)


@pytest.mark.parametrize("address", ["/statistics", "/statistics/agencies/DLH"])
def test_usual_page_is_served_from_the_kept_figures(client, count_sql, thirty_cases, address):
    services.keep(services.usual_overviews(NOW), at=NOW)

    with count_sql() as statements:
        client.get(address)

    assert not [statement for statement in statements if "FROM reports" in statement]


def test_usual_figures_are_made_again_after_ten_minutes(client, agency, category, thirty_cases):
    services.keep(services.usual_overviews(NOW), at=NOW)
    for _ in range(5):
        make_case(agency, category, RECEIVED)

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        page = words(client.get("/statistics"))

    assert "Separuh dari 35 laporan" in page


@pytest.mark.parametrize("address", ["/statistics", "/statistics/agencies/DLH"])
def test_other_period_takes_at_most_eight_statements(client, count_sql, thirty_cases, address):
    with count_sql() as statements:
        client.get(address, query_string=PERIOD)

    assert len(statements) <= 8


def test_download_holds_no_formula_that_a_spreadsheet_would_run(client, category, thirty_cases):
    agency = make_agency(code="=CMD", name="+Dinas")
    for _ in range(12):
        make_case(agency, category, RECEIVED, answered=1)

    lines = rows(client.get("/statistics/agencies.csv", query_string=PERIOD))

    assert {"'=CMD", "'+Dinas"} <= {line["agency"] for line in lines} | {line["name"] for line in lines}


def test_curve_can_be_downloaded(client, thirty_cases):
    points = rows(client.get("/statistics/curves/first-closure.csv", query_string=PERIOD))

    assert points[0]["curve"] == "all"
    assert points[0]["hours"] == "240.0"


def test_city_can_be_narrowed_to_one_origin_without_its_agencies(client, thirty_cases):
    page = words(client.get("/statistics", query_string={**PERIOD, "origin": "report"}))
    nothing = words(client.get("/statistics", query_string={**PERIOD, "origin": "thread"}))
    figures = client.get("/statistics/figures.csv", query_string={**PERIOD, "origin": "report"})

    assert "Hanya yang berasal dari Laporan, diterima" in page
    assert "Menurut dinas" not in page
    assert "30 laporan" not in nothing
    assert figure(figures, "flow", "received")["value"] == "30"


def test_agency_is_shown_whole_whatever_origin_was_chosen(client, agency, thirty_cases):
    answer = client.get("/statistics", query_string={**PERIOD, "origin": "report", "agency": "DLH"})

    assert "origin" not in answer.location
