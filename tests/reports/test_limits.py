"""One address cannot flood the city or guess codes."""

from tests.builders import make_report
from tests.reports.conftest import City
from tests.support.client import CheckingClient


def test_guessing_codes_soon_has_to_wait(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights, tracking_code="7K3M-9QXP-T2AB")
    page = client.get("/track")

    answers = [
        client.submit(page, action="/track", number=report.number, code=f"AAAA{guess}").status_code
        for guess in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_a_flood_of_reports_meets_a_calm_page(client: CheckingClient, city: City) -> None:
    page = client.get("/reports/new")
    for _ in range(60):
        client.submit(page, title="", body="")

    answer = client.submit(page, title="", body="")

    assert answer.status_code == 429
    assert "Terlalu banyak permintaan" in answer.text
