"""Moderators put a report right on their pages, all without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.attachments import services as attachments
from portal.db import db
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import Ending
from portal.reports.services import PhotoIn
from tests.builders import make_category, make_report, make_routing_rule
from tests.desk import crowd
from tests.desk.conftest import NOW, City
from tests.desk.test_triage import unverified
from tests.reports.test_redaction import picture
from tests.support.client import CheckingClient


def test_the_original_stands_beside_the_public_words_with_what_to_hide_marked(
    city: City, triage: CheckingClient
) -> None:
    report = unverified(city, body="Hubungi Ibu Rosmawati di 081234567890.")

    page = triage.get(f"/triage/{report.number}").text

    assert "<mark>Rosmawati</mark>" in page
    assert "<mark>081234567890</mark>" in page
    assert "nama orang" in page


def test_published_words_are_corrected(city: City, triage: CheckingClient) -> None:
    report = city.report()
    page = triage.get(f"/triage/{report.number}/public-text")

    triage.submit(page, "/public-text", title="Lampu padam", body="Lampu di depan mushala padam.")

    assert report.title == "Lampu padam"
    assert "Teks pelapor, disamarkan otomatis" in triage.get(f"/triage/{report.number}/public-text").text


def test_who_comes_second_sees_the_other_words_and_overwrites_nothing(
    city: City, triage: CheckingClient
) -> None:
    report = city.report()
    page = triage.get(f"/triage/{report.number}/public-text")
    triage.submit(page, "/public-text", title="Kata moderator pertama")

    late = triage.submit(page, "/public-text", title="Kata moderator kedua")

    assert late.status_code == 422
    assert "Kata moderator pertama" in late.text
    assert "Kata moderator kedua" in late.text
    assert report.title == "Kata moderator pertama"


def test_a_photo_is_held_back_and_released(city: City, triage: CheckingClient) -> None:
    report = city.report(photos=[PhotoIn(attachments.keep_image(picture(), NOW))])
    photo = report.photos[0]
    address = f"/triage/{report.number}/photos/{photo.id}"

    triage.submit(triage.get(address), "/hold")
    assert photo.held_at == NOW
    triage.submit(triage.get(address), "/release")

    assert photo.held_at is None


def test_likely_duplicates_are_proposed_with_their_reasons(city: City, triage: CheckingClient) -> None:
    first = city.report(title="Lampu jalan padam di depan mushala", lat=3.54, lon=98.7)
    second = city.report(title="Lampu mushala padam", lat=3.5405, lon=98.7)
    other = city.report(title="Parit tersumbat", body="Sampah menumpuk.", lat=3.7, lon=98.6)

    page = triage.get(f"/triage/{second.number}/duplicates").text

    assert first.number in page
    assert "60 meter dari sini" in page
    assert "bidang yang sama" in page
    assert other.number not in page


def test_a_mistyped_number_is_said_beside_its_field(city: City, triage: CheckingClient) -> None:
    address = f"/triage/{city.report().number}/duplicates"

    page = triage.get(f"{address}?other=mdn-26-999999")

    assert page.status_code == 422
    assert "Tidak ada laporan dengan nomor ini." in page.text
    assert 'value="MDN-26-999999"' in page.text


def test_two_are_compared_and_the_earlier_survives(city: City, triage: CheckingClient) -> None:
    first, second = city.report(), city.report()
    page = triage.get(f"/triage/{first.number}/merge/{second.number}")

    triage.submit(page, f"/merge/{first.number}")

    assert (first.ending, second.ending) == (None, Ending.MERGED)


def test_a_merge_is_undone_where_it_is_read(city: City, triage: CheckingClient) -> None:
    first, second = city.report(), city.report()
    triage.submit(triage.get(f"/triage/{first.number}/merge/{second.number}"), f"/merge/{first.number}")

    triage.submit(triage.get(f"/triage/{second.number}/public-text"), "/unmerge")

    assert second.merged_into_id is None


def test_two_that_must_not_be_merged_have_no_button(city: City, triage: CheckingClient) -> None:
    first, secret = city.report(), unverified(city, is_confidential=True)

    page = triage.get(f"/triage/{first.number}/merge/{secret.number}").text

    assert "Tidak dapat digabungkan" in page


def test_a_part_is_split_off_and_given_on(city: City, triage: CheckingClient) -> None:
    report = city.report()
    page = triage.get(f"/triage/{report.number}/split")

    done = triage.submit(page, "/split", title="Parit tersumbat", body="Parit di sebelahnya tersumbat.")

    assert done.status_code == 303, done.text
    part = db.session.scalars(db.select(Report).filter_by(split_from_id=report.id)).one()
    assert part.official_id == city.official.id


def test_another_kind_needs_a_reason(city: City, triage: CheckingClient) -> None:
    report = city.report()
    page = triage.get(f"/triage/{report.number}/kind")

    refused = triage.submit(page, "/kind", kind="information_request", reason="")
    triage.submit(page, "/kind", kind="information_request", reason="Yang diminta data.")

    assert refused.status_code == 422
    assert report.kind == "information_request"


def test_whoever_answered_alike_is_suggested_with_the_numbers(city: City, triage: CheckingClient) -> None:
    before = city.report()
    before.first_response_at = NOW
    report = make_report(make_category(), at=NOW, email="ros@contoh.id")

    page = triage.get(f"/triage/{report.number}").text

    assert f"Menjawab 1 laporan serupa: {before.number}." in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("q=garu", True), ("q=pasar", False), ("kind=suggestion", False), ("kind=complaint", True)],
)
def test_the_triage_is_searched_and_narrowed(
    city: City, triage: CheckingClient, query: str, is_found: bool
) -> None:
    report = unverified(city)

    assert (report.number in triage.get(f"/triage?{query}").text) == is_found


def test_a_whole_number_leads_to_its_report(city: City, triage: CheckingClient) -> None:
    report = city.report()

    assert triage.get(f"/triage?q={report.number.lower()}").location.endswith("/public-text")


def test_the_official_is_told_what_the_public_page_covers(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=update")

    done = desk.submit(page, "/responses", body="Hubungi regu kami di 081234567890.")

    assert "Di halaman umum disamarkan: nomor telepon" in desk.get(done.location).text


@pytest.mark.parametrize("path", ["duplicates", "public-text"])
def test_each_page_costs_the_same_for_ten_and_for_a_thousand(
    city: City, triage: CheckingClient, count_sql: Callable[[], Any], path: str
) -> None:
    category = make_category()
    make_routing_rule(category, city.official.agency, verifies=False)
    report, other = (make_report(category, at=NOW) for _ in range(2))
    number = report.number
    with count_sql() as few:
        triage.get(f"/triage/{number}/{path}")
    crowd.of_unverified(other, 990)
    db.session.expunge_all()
    with count_sql() as many:
        triage.get(f"/triage/{number}/{path}")

    assert len(many) <= max(len(few), 8)
    assert len(many) <= 8, "\n\n".join(many)


def test_an_unmerged_report_is_told_so(city: City) -> None:
    first, second = city.report(), city.report()
    reports.merge(second, into=first, by=city.moderator, at=NOW)
    reports.unmerge(second, by=city.moderator, at=NOW)

    assert second.state == "open"
