"""The pages of editions: what everybody reads and downloads, and what two moderators do."""

import csv
import gzip
import io
import zipfile
from typing import Any

import pytest
import time_machine

from portal.accounts.rules import Role
from portal.statistics.editions import queries
from tests.builders import make_user
from tests.statistics.editions.conftest import CUTOFF


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(CUTOFF, tick=False):
        yield


def table(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def test_page_prints_the_root_and_how_to_check_it(client: Any, publish: Any) -> None:
    edition = publish()

    page = client.get("/statistics/editions/1").get_data(as_text=True)

    assert f"python3 verify.py {edition.root}" in page
    assert "September 2026" in page
    assert "Dinas DLH" in page
    assert "Dinas DINSOS" not in page


def test_list_leads_to_each_edition(client: Any, publish: Any) -> None:
    publish()

    page = client.get("/statistics/editions").get_data(as_text=True)

    assert 'href="/statistics/editions/1"' in page


def test_list_without_editions_says_so(client: Any) -> None:
    assert "Belum ada edisi." in client.get("/statistics/editions").get_data(as_text=True)


def test_feed_names_each_edition_with_its_root(client: Any, publish: Any) -> None:
    edition = publish()

    response = client.get("/statistics/editions/feed.atom")

    assert response.content_type.startswith("application/atom+xml")
    assert edition.root in response.get_data(as_text=True)


def test_bundle_holds_everything_to_recompute_it(client: Any, publish: Any) -> None:
    publish()

    response = client.get("/statistics/editions/1/bundle.zip")

    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert set(archive.namelist()) >= {"verify.py", "cases.csv", "figures.json", "chain.json"}
    assert response.data == client.get("/statistics/editions/1/bundle.zip").data


def test_figures_come_as_csv_and_json(client: Any, publish: Any) -> None:
    edition = publish()

    figures = table(client.get("/statistics/editions/1/figures.csv"))
    cells = table(client.get("/statistics/editions/1/tables.csv"))
    document = client.get("/statistics/editions/1.json").get_json()

    received = next(row for row in figures if (row["figure"], row["detail"]) == ("flow", "received"))
    assert received["value"] == "41"
    agencies = [row["code"] for row in cells if row["table"] == "agency"]
    assert agencies[:3] == ["DLH", "DISHUB", "other"]
    assert document["root"] == edition.root


def test_cases_are_handed_out_and_nothing_else(client: Any, publish: Any) -> None:
    publish()

    assert len(table(client.get("/statistics/editions/1/files/cases.csv"))) == 41
    assert client.get("/statistics/editions/1/files/verify.py").status_code == 404


def test_unknown_edition_is_not_found(client: Any) -> None:
    assert client.get("/statistics/editions/9").status_code == 404
    assert client.get("/statistics/editions/9/bundle.zip").status_code == 404


def test_edition_page_reads_one_stored_document(
    client: Any, session: Any, publish: Any, count_sql: Any
) -> None:
    publish()
    session.commit()

    with count_sql() as statements:
        client.get("/statistics/editions/1")

    assert len(statements) <= 3


@pytest.mark.usefixtures("month")
def test_moderator_prepares_and_another_one_publishes(login: Any, moderators: Any) -> None:
    first, second = (login(moderator) for moderator in moderators)
    page = first.get("/statistics/editions/drafts")
    path = first.submit(page, "/drafts", first_on="2026-09-01", last_on="2026-09-30").location
    draft = first.get(path)
    assert "Moderator lain harus mengonfirmasinya" in draft.get_data(as_text=True)

    first.submit(draft, "/comments", flow="Banjir pada minggu kedua.")
    published = second.submit(second.get(path), "/confirmation")

    assert published.location == "/statistics/editions/1"
    assert "Banjir pada minggu kedua." in second.get(published.location).get_data(as_text=True)


def test_correction_shows_on_both_editions(client: Any, login: Any, publish: Any, moderators: Any) -> None:
    publish()
    first, second = (login(moderator) for moderator in moderators)
    page = first.get("/statistics/editions/1/correction")
    path = first.submit(page, "/correction", reason="Dua laporan tercatat ganda.").location
    second.submit(second.get(path), "/confirmation")

    assert "Edisi ini sudah dikoreksi" in client.get("/statistics/editions/1").get_data(as_text=True)
    correction = client.get("/statistics/editions/2").get_data(as_text=True)
    assert "Edisi ini memperbaiki edisi 1." in correction
    assert "Dua laporan tercatat ganda." in correction


def test_wrong_period_is_explained_beside_its_field(login: Any, moderators: Any) -> None:
    client = login(moderators[0])
    page = client.get("/statistics/editions/drafts")

    response = client.submit(page, "/drafts", first_on="2026-11-01", last_on="2026-11-30")

    assert response.status_code == 422
    assert "Masa ini belum berakhir." in response.get_data(as_text=True)


def test_draft_can_be_given_up(login: Any, prepare: Any, moderators: Any) -> None:
    draft = prepare()
    client = login(moderators[1])

    client.submit(client.get(f"/statistics/editions/drafts/{draft.id}"), "/removal")

    assert queries.drafts() == []


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICIAL, Role.ADMINISTRATOR])
def test_only_moderators_see_drafts(login: Any, prepare: Any, role: Role) -> None:
    draft = prepare()

    assert login(make_user(role)).get(f"/statistics/editions/drafts/{draft.id}").status_code == 403


def test_page_is_light(client: Any, publish: Any) -> None:
    publish()

    page = client.get("/statistics/editions/1").data

    assert len(gzip.compress(page)) < 15_000


def test_edition_is_read_in_english_too(client: Any, publish: Any) -> None:
    publish()

    assert client.get("/en/statistics/editions/1").status_code == 200


def test_command_computes_published_editions_anew(app: Any, publish: Any) -> None:
    edition = publish()

    result = app.test_cli_runner().invoke(args=["editions", "verify"])

    assert result.exit_code == 0
    assert f"OK: 1 editions. Newest root: {edition.root}" in result.output
