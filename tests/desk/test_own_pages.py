"""Duties that nobody waits for: the answer is written on the owner's own page, and there is nobody to ask."""

from datetime import date

import pytest

from portal.assignments import owners, services
from portal.assignments.models import Assignment
from portal.assignments.rules import TO_RESIDENT, RefusalBasis, ResponseKind
from portal.db import db
from portal.errors import DomainError
from portal.i18n import local
from portal.statistics import queries
from portal.statistics.rules.scope import Scope
from tests.assignments.duties import at, make_duty
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient

ORIGIN = "own-page"


@pytest.fixture(autouse=True)
def _owner() -> None:
    owners.register(
        ORIGIN,
        owners.Owner(
            label="Laporan uji",
            endpoint="reports.show",
            answer_endpoint="reports.show",
            has_resident=False,
            brief=lambda assignment: owners.Brief(
                kind="Laporan uji", text="Tulis kabarnya.", author="Jadwal"
            ),
            responded=lambda assignment, response: None,
            resolved=lambda assignment, response: None,
            refused=lambda assignment, response: None,
            moved=lambda assignment, at: None,
        ),
    )


@pytest.fixture
def duty(city: City) -> Assignment:
    found = make_duty(city.official, origin=ORIGIN, matter="project_report", title="Laporan bulanan taman")
    db.session.flush()
    return found


def test_the_answer_leads_to_its_own_page(duty: Assignment, desk: CheckingClient) -> None:
    page = desk.get(f"/desk/{duty.number}").get_data(as_text=True)

    assert f'href="/reports/{duty.number}"' in page
    assert "Tulis dan terbitkan" in page
    assert 'name="body"' not in page


@pytest.mark.parametrize("act", ["ask", "refuse"])
def test_nobody_is_asked_or_refused(duty: Assignment, desk: CheckingClient, act: str) -> None:
    page = desk.get(f"/desk/{duty.number}?act={act}").get_data(as_text=True)

    assert "Tanya warga" not in page
    assert "Beri kabar" not in page
    assert "Kirim penolakan" not in page
    assert "Kirim tanda terima" not in page
    assert "Diajukan oleh" not in page


def test_answer_that_is_sent_to_the_desk_is_led_on(duty: Assignment, desk: CheckingClient) -> None:
    page = desk.get(f"/desk/{duty.number}?act=note")

    done = desk.submit(page, "/responses", kind="answer", body="Sudah.")

    assert done.location == f"/reports/{duty.number}"
    assert duty.resolved_at is None


@pytest.mark.parametrize("kind", sorted(TO_RESIDENT))
def test_services_refuse_what_needs_a_resident(city: City, duty: Assignment, kind: ResponseKind) -> None:
    with pytest.raises(DomainError):
        services.respond(
            duty, kind=kind, body="Kepada siapa?", basis=RefusalBasis.UNLAWFUL, by=city.user, at=NOW
        )


def test_it_counts_in_the_on_time_share_and_in_no_waiting_time(duty: Assignment) -> None:
    later = at("2026-12-14 10:00")
    scope = Scope(date(2026, 11, 1), date(2026, 12, 13), later, local(NOW).tzinfo)  # type: ignore[arg-type]

    assert queries.cases(scope) == []
    assert [row.clock_id for row in queries.due_stages(scope)] == [duty.clock_id]
