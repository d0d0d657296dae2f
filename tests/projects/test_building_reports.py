"""The monthly report is a duty like any other: owed once, met by publishing, late in public."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.rules import Role
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import importers
from portal.deadlines.models import StageDeadline
from portal.errors import Conflict, DomainError
from portal.jobs.models import Job
from portal.ledger import queries as ledger
from portal.projects.building import jobs, monthly, queries, services
from portal.projects.building.models import SitePhoto
from portal.projects.building.monthly import Draft
from portal.projects.building.services import Work
from portal.projects.rules import PhaseKind
from tests.builders import MONDAY, make_official, make_phase, make_project, make_user
from tests.projects.pictures import jpeg

FIRST_OF_DECEMBER = datetime(2026, 11, 30, 17, tzinfo=UTC)  # midnight in Medan
DUE = datetime(2026, 12, 8, 9, tzinfo=UTC)  # the fifth working day, at the close of office hours
DRAFT = Draft(summary="Pondasi panggung selesai.", achievements="- Pondasi panggung **selesai**.")


@pytest.fixture
def writer(session):
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    return make_user(Role.OFFICIAL)


@pytest.fixture
def project(writer):
    project = make_project(PhaseKind.INFORM, official=make_official(user_id=writer.id))
    make_phase(project, PhaseKind.BUILD, opens_on=date(2026, 11, 2), closes_on=date(2027, 2, 27))
    return project


@pytest.fixture
def report(project):
    return monthly.owe(project, date(2026, 11, 1))


def due_at(report):
    return db.session.scalars(
        select(StageDeadline.due_at).where(StageDeadline.clock_id == report.assignment.clock_id)
    ).one()


def test_nothing_is_owed_before_the_month_is_over(project):
    jobs.owe_reports(FIRST_OF_DECEMBER - timedelta(minutes=1))

    assert queries.reports_of(project) == []


def test_the_duty_begins_with_the_first_day_of_the_next_month(project):
    jobs.owe_reports(FIRST_OF_DECEMBER)

    [report] = queries.reports_of(project)
    assert report.month == date(2026, 11, 1)
    assert report.assignment.disposed_at == FIRST_OF_DECEMBER
    assert report.assignment.official_id == project.official_id
    assert due_at(report) == DUE


def test_a_late_runner_changes_no_deadline_and_leaves_no_month_out(project):
    jobs.owe_reports(datetime(2027, 1, 20, 3, tzinfo=UTC))

    december, november = queries.reports_of(project)
    assert (november.month, december.month) == (date(2026, 11, 1), date(2026, 12, 1))
    assert due_at(november) == DUE


def test_running_twice_owes_each_month_once(project):
    jobs.owe_reports(FIRST_OF_DECEMBER)
    jobs.owe_reports(FIRST_OF_DECEMBER + timedelta(hours=1))

    assert len(queries.reports_of(project)) == 1
    assert db.session.scalar(select(func.count(Assignment.id))) == 1


def test_publishing_meets_the_deadline(project, report, writer):
    monthly.publish(report, DRAFT, by=writer, at=DUE - timedelta(hours=1))

    assert report.published_at == DUE - timedelta(hours=1)
    assert report.assignment.state is AssignmentState.ANSWERED
    assert "project_report_published" in [one.kind for one in ledger.events_of(project.subject)]
    assert report.achievements_html.startswith("<ul>")


def test_followers_are_told_of_a_report_once(project, report, writer):
    monthly.publish(report, DRAFT, by=writer, at=DUE)

    told = db.session.scalars(select(Job).where(Job.name == "projects.tell_followers")).all()
    assert [job.payload["letter"] for job in told] == ["building_report"]


def test_a_published_report_does_not_change(report, writer):
    monthly.publish(report, DRAFT, by=writer, at=DUE)

    with pytest.raises(DomainError, match="sudah terbit"):
        monthly.save(report, Draft(summary="Lain"), seen=None, at=DUE)


def test_two_writers_notice_each_other(report):
    monthly.save(report, DRAFT, seen=0, at=DUE)

    with pytest.raises(Conflict):
        monthly.save(report, Draft(summary="Lain"), seen=0, at=DUE)


def test_a_report_needs_a_summary(report, writer):
    with pytest.raises(DomainError) as refused:
        monthly.publish(report, Draft(achievements="Ada"), by=writer, at=DUE)

    assert refused.value.field == "summary"


def test_the_first_words_come_from_the_month(project, report):
    pond = services.plan_milestone(project, Work(title="Kolam"), planned_on=date(2026, 11, 20), at=MONDAY)
    services.plan_milestone(project, Work(title="Panggung"), planned_on=date(2026, 12, 15), at=MONDAY)
    services.finish(pond, on=date(2026, 11, 25), at=DUE)
    services.name_obstacle(project, body="Hujan lebat", since_on=date(2026, 11, 10), at=MONDAY)

    draft = monthly.drafted(report)

    assert draft.achievements == "- Selesai: Kolam."
    assert draft.obstacles == "- Hujan lebat"
    assert "Panggung" in draft.plan


def test_official_writes_and_publishes_without_javascript(login, report, writer):
    client = login(writer)

    saved = client.submit(
        client.get(f"/projects/reports/{report.number}/edit"), summary="Masih ditulis.", save="1"
    )
    public = client.get(f"/projects/reports/{report.number}").get_data(as_text=True)
    published = client.submit(
        client.get(f"/projects/reports/{report.number}/edit"),
        summary="Pondasi selesai.",
        achievements="Pondasi panggung.",
    )

    assert saved.status_code == 303
    assert "Belum terbit" in public
    assert "Masih ditulis." not in public
    assert published.status_code == 303
    shown = client.get(published.location).get_data(as_text=True)
    assert "Pondasi selesai." in shown


def test_a_preview_keeps_what_was_typed_and_publishes_nothing(login, report, writer):
    client = login(writer)
    page = client.get(f"/projects/reports/{report.number}/edit")

    answer = client.submit(page, summary="S", achievements="**tebal** <script>x</script>", preview="1")

    text = answer.get_data(as_text=True)
    assert "<strong>tebal</strong>" in text
    assert "<script>x" not in text
    assert report.published_at is None


def test_a_refused_report_leaves_no_photo_behind(login, report, writer):
    client = login(writer)
    page = client.get(f"/projects/reports/{report.number}/edit")

    answer = client.submit(page, summary="", photo=(jpeg(), "lokasi.jpg"), alt="Pondasi panggung")

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(SitePhoto.id))) == 0


def test_others_cannot_write_a_report(login, report):
    assert login(make_user()).get(f"/projects/reports/{report.number}/edit").status_code == 403


def test_lateness_stays_visible_in_the_public_list(client, project, report, writer):
    monthly.publish(report, DRAFT, by=writer, at=DUE + timedelta(days=3))

    page = client.get(f"/projects/{project.slug}/building/reports").get_data(as_text=True)

    assert "terlambat 3 hari kerja" in page


@pytest.mark.parametrize("months", [1, 12])
def test_the_list_asks_the_same_number_of_questions_for_any_number_of_months(
    client, project, months, count_sql
):
    for month in range(1, months + 1):
        monthly.owe(project, date(2025, month, 1))

    with count_sql() as statements:
        client.get(f"/projects/{project.slug}/building/reports")

    assert len(statements) <= 8, statements


def test_a_report_costs_no_more_than_eight_statements(client, report, writer, count_sql):
    monthly.publish(report, DRAFT, by=writer, at=DUE)
    db.session.expire_all()

    with count_sql() as statements:
        client.get(f"/projects/reports/{report.number}")

    assert len(statements) <= 8, statements


def test_the_desk_leads_to_the_page_on_which_it_is_written(login, report, writer):
    page = login(writer).get(f"/desk/{report.number}").get_data(as_text=True)

    assert f"/projects/reports/{report.number}/edit" in page
