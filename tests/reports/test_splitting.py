"""A report that holds two matters becomes two, and another kind has another limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.attachments import services as attachments
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.notifications.models import Notification
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import ReportKind, ReportState
from portal.reports.services import PhotoIn
from portal.routing import services as routing
from tests.builders import MONDAY, make_agency, make_report, make_user
from tests.reports.conftest import City
from tests.reports.test_redaction import picture
from tests.support.client import CheckingClient

NOW = MONDAY + timedelta(days=2)
CODE = "7K3M-9QXP-T2AB"


@pytest.fixture
def whole(city: City) -> Report:
    """Two matters in one; it waits for its verification."""
    return make_report(
        city.roads,
        area_code=city.area.code,
        tracking_code=CODE,
        photos=[PhotoIn(attachments.keep_image(picture(colour), MONDAY)) for colour in ("red", "blue")],
    )


def part_of(report: Report, city: City, **changes: Any) -> Report:
    values = {
        "title": "Parit tersumbat",
        "body": "Parit di sebelahnya tersumbat sampah.",
        "kind": ReportKind.COMPLAINT,
        "category": city.lights,
        **changes,
    }
    found = routing.route(city.lights.code, None, NOW) if report.state is ReportState.OPEN else None
    by = make_user(Role.MODERATOR)
    return services.split(report, services.Part(**values), by=by, at=NOW, routing=found)


def due(report: Report, stage: Stage) -> datetime | None:
    owner = report.assignment.clock if report.assignment else report.verify_clock
    return next(row.due_at for row in owner.stages if row.stage is stage)


def test_a_part_has_its_own_number_and_waited_just_as_long(city: City, whole: Report) -> None:
    part = part_of(whole, city)

    assert part.number != whole.number
    assert part.received_at == whole.received_at
    assert part.state is ReportState.SUBMITTED
    assert due(part, Stage.VERIFY) == due(whole, Stage.VERIFY)


def test_a_part_of_a_verified_report_is_given_on_at_once(city: City) -> None:
    whole = make_report(city.lights)

    part = part_of(whole, city)

    assert part.verified_at == whole.verified_at
    assert part.assignment.disposed_at == NOW
    assert part.title == "Parit tersumbat"
    assert not any(row.is_open for row in part.verify_clock.stages)


def test_photos_go_with_the_part_that_they_show(city: City, whole: Report) -> None:
    first, second = whole.photos

    part = part_of(whole, city, photo_ids=[second.id])

    assert [one.id for one in whole.photos] == [first.id]
    assert [one.id for one in part.photos] == [second.id]


def test_the_code_of_the_whole_opens_its_part(client: CheckingClient, city: City, whole: Report) -> None:
    part = part_of(whole, city)
    client.submit(client.get("/track"), action="/track", number=whole.number, code=CODE)

    assert client.get(f"/reports/{part.number}/private").status_code == 200


def test_who_asked_to_stay_hidden_stays_so(city: City) -> None:
    whole = make_report(city.roads, is_anonymous=True, is_confidential=True)

    part = part_of(whole, city)

    assert (part.is_anonymous, part.is_confidential) == (True, True)


def test_no_secret_part_leaves_an_open_report(city: City, whole: Report) -> None:
    with pytest.raises(DomainError, match="dikenali"):
        part_of(whole, city, category=city.secret)


def test_both_pages_lead_to_each_other(client: CheckingClient, city: City) -> None:
    whole = make_report(city.lights)
    part = part_of(whole, city)

    assert f"/reports/{part.number}" in client.get(f"/reports/{whole.number}").text
    assert f"/reports/{whole.number}" in client.get(f"/reports/{part.number}").text


def change(report: Report, kind: ReportKind) -> None:
    services.change_kind(
        report, kind=kind, reason="Ini permintaan data.", by=make_user(Role.MODERATOR), at=NOW
    )


def test_another_kind_counts_from_the_same_origin_to_its_own_limit(city: City) -> None:
    report = make_report(city.lights)

    change(report, ReportKind.INFORMATION_REQUEST)

    # Monday 16 November and five working days; a complaint had fourteen.
    assert due(report, Stage.RESOLVE) == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert report.assignment.matter == "information_request"
    assert report.assignment.clock.matter == "information_request"


def test_a_shorter_limit_never_ends_before_the_next_working_day(city: City) -> None:
    report = make_report(city.lights)
    late = MONDAY + timedelta(days=10)

    services.change_kind(
        report,
        kind=ReportKind.INFORMATION_REQUEST,
        reason="Permintaan data.",
        by=make_user(Role.MODERATOR),
        at=late,
    )

    assert due(report, Stage.RESOLVE) > late


def test_holder_and_reporter_are_told_which_due_times_another_kind_moved(
    client: CheckingClient, city: City
) -> None:
    report = make_report(city.lights, email="sari@contoh.id")

    change(report, ReportKind.INFORMATION_REQUEST)

    kinds = db.session.scalars(db.select(Notification.kind)).all()
    assert (kinds.count("duty_moved"), kinds.count("report_moved")) == (1, 1)
    assert "Jenisnya diganti, tenggat dihitung ulang" in client.get(f"/reports/{report.number}").text


def test_the_explanation_says_that_the_kind_was_changed(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights)
    change(report, ReportKind.SUGGESTION)

    page = client.get(f"/reports/{report.number}/deadline").text

    assert "Moderator mengganti jenis laporan" in page


def test_supervisory_weight_is_neither_given_nor_taken_later(city: City) -> None:
    report = make_report(city.conduct)

    with pytest.raises(DomainError):
        change(report, ReportKind.SUGGESTION)


def test_part_whose_agency_is_refused_leaves_nothing_behind(city: City, whole: Report) -> None:
    by, found = make_user(Role.MODERATOR), routing.route(city.roads.code, city.area.code, NOW)
    services.verify(whole, routing=found, by=by, at=NOW)
    part = services.Part(
        title="Parit",
        body="Tersumbat.",
        kind=ReportKind.COMPLAINT,
        category=city.lights,
        photo_ids=[whole.photos[0].id],
    )
    nowhere = replace(found, agency_id=make_agency(is_external=True).id)

    with pytest.raises(DomainError):
        services.split(whole, part, by=by, at=NOW, routing=nowhere)

    assert db.session.scalars(db.select(Report)).all() == [whole]
    assert len(whole.photos) == 2
