"""The monthly report: owed from the first day of the next month, drafted, and published by its official."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal import config, markdown
from portal.accounts.models import User
from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Brief
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.errors import Conflict, DomainError
from portal.i18n import _, _l, format_date, format_month
from portal.projects import record
from portal.projects import rules as projects
from portal.projects import services as project_services
from portal.projects.building import queries, rules
from portal.projects.building.models import MonthlyReport
from portal.projects.models import Project
from portal.routing import services as routing

ORIGIN = "project-report"


def register_owner() -> None:
    """Called once at app start."""
    owners.register(
        ORIGIN,
        owners.Owner(
            label=_l("Laporan pembangunan"),
            endpoint="building_reports.show",
            answer_endpoint="building_reports.edit",
            has_resident=False,
            brief=brief,
            responded=lambda assignment, response: None,
            resolved=_published,
            refused=_published,
            moved=lambda assignment, at: None,
        ),
    )


def owe(project: Project, month: date) -> MonthlyReport:
    """Give the responsible official the duty to report of a month that is over.

    It begins with the first day of the month after, however late the runner comes.
    """
    at = projects.opening_instant(rules.month_after(month), config.current().zone)
    report = MonthlyReport(project=project, month=month)
    db.session.add(report)
    db.session.flush()  # the number that the duty stands under
    report.assignment = assignments.dispose(
        origin=ORIGIN,
        number=report.number,
        title=_title(project, month),
        place=project.place,
        matter=Matter.PROJECT_REPORT,
        category_code=project.category_code,
        area_code=project.area_code,
        routing=routing.responsible(project.official, at),
        is_confidential=False,
        excluded_agency_id=None,
        by=None,
        at=at,
    )
    db.session.flush()
    return report


def _title(project: Project, month: date) -> str:
    """A title is kept as it is said in the city's own language."""
    return f"Laporan bulanan {month:%m/%Y}: {project.title}"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was typed: Markdown but for the summary, which is one or two sentences."""

    summary: str = ""
    achievements: str = ""
    obstacles: str = ""
    plan: str = ""


def save(report: MonthlyReport, draft: Draft, *, seen: int | None, at: datetime) -> None:
    """Keep a draft. Raises Conflict when somebody saved another one since this page was opened."""
    _check_open(report)
    if seen is not None and seen != report.version:
        raise Conflict(_l("Rekan Anda baru saja menyimpan konsep lain. Salin tulisan Anda, lalu muat ulang."))
    report.summary = draft.summary.strip()
    report.achievements, report.achievements_html = _both(draft.achievements)
    report.obstacles, report.obstacles_html = _both(draft.obstacles)
    report.plan, report.plan_html = _both(draft.plan)
    report.saved_at = at
    report.version += 1


def publish(
    report: MonthlyReport, draft: Draft, *, by: User, at: datetime, seen: int | None = None
) -> Response:
    """Publish the report: that meets its deadline, late or not, and stands from then on."""
    if report.assignment is None:
        raise DomainError(_l("Laporan ini belum menjadi tugas seorang petugas."))
    if not draft.summary.strip():
        raise DomainError(_l("Tulis ringkasannya dalam satu atau dua kalimat."), field="summary")
    if not draft.achievements.strip():
        raise DomainError(_l("Tulis apa yang dikerjakan bulan ini."), field="achievements")
    save(report, draft, seen=seen, at=at)
    return assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body=report.summary, by=by, at=at)


def _both(text: str) -> tuple[str, str]:
    return text.strip(), markdown.to_html(text.strip())


def _check_open(report: MonthlyReport) -> None:
    if report.published_at is not None:
        raise DomainError(
            _l("Laporan ini sudah terbit, jadi tidak berubah lagi. Koreksi ditulis di laporan berikutnya.")
        )


def _published(assignment: Assignment, response: Response) -> None:
    report = queries.report_of(assignment)
    report.published_at = response.at
    project = report.project
    record.write(
        project,
        "project_report_published",
        at=response.at,
        number=report.number,
        month=f"{report.month:%Y-%m}",
    )
    project_services.tell_followers(
        project,
        "building_report",
        key=f"report:{report.number}",
        at=response.at,
        path=f"/projects/reports/{report.number}",
        summary=response.body,
    )


def brief(assignment: Assignment) -> Brief:
    """What the desk shows of it: there is nothing to read, only to write."""
    report = queries.report_of(assignment)
    return Brief(
        kind=_("Laporan bulanan pembangunan"),
        text=_("Tulis apa yang dikerjakan, kendalanya, dan rencana bulan berikutnya."),
        author=_("Jadwal pembangunan"),
        facts=facts(report),
    )


def facts(report: MonthlyReport) -> list[tuple[str, Any]]:
    return [(_("Rencana bersama"), report.project.title), (_("Bulan"), format_month(report.month))]


def drafted(report: MonthlyReport) -> Draft:
    """The draft as it was saved; before that what the portal knows already."""
    if report.saved_at is None:
        return first_words(report)
    return Draft(
        summary=report.summary,
        achievements=report.achievements,
        obstacles=report.obstacles,
        plan=report.plan,
    )


def first_words(report: MonthlyReport) -> Draft:
    """What the milestones and obstacles of the month already say, to begin with."""
    project, month = report.project, report.month
    following = rules.month_after(month)
    last, next_last = rules.last_of_month(month), rules.last_of_month(following)
    done = queries.done_between(project, month, last)
    ahead = queries.planned_between(project, following, next_last)
    obstacles = queries.obstacles_between(project, month, last)
    return Draft(
        achievements=_listed(_("Selesai: %(title)s.", title=one.title) for one in done),
        obstacles=_listed(one.body for one in obstacles),
        plan=_listed(
            _("%(title)s, rencana %(day)s.", title=one.title, day=format_date(one.planned_on))
            for one in ahead
        ),
    )


def _listed(lines: Any) -> str:
    return "\n".join(f"- {line}" for line in lines)
