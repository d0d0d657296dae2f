"""A suggestion that enough people support: the head of its agency owes it an answer of their own, once."""

from collections.abc import Sequence
from datetime import datetime

from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Brief
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Matter
from portal.i18n import _, _l, ngettext
from portal.jobs.services import insert
from portal.organisation import queries as organisation
from portal.organisation.models import Official
from portal.organisation.rules import Rank
from portal.reports import answers, policy
from portal.reports.masking import mask
from portal.reports.models import CarriedSuggestion, Report
from portal.reports.rules import ReportKind
from portal.reports.services import letters, record
from portal.routing import queries as routing_queries
from portal.routing import services as routing
from portal.routing.services import Routing

ORIGIN = "suggestion"
SUFFIX = "-R"  # after the report's number: the duty to answer the suggestion ("resmi"), beside its own


def register_owner() -> None:
    """Called once at app start."""
    owners.register(
        ORIGIN,
        owners.Owner(
            label=_l("Aspirasi dengan cukup pendukung"),
            endpoint="reports.official_answer",
            # It is the city's turn to speak, and to everybody: nobody is asked, and nobody refused.
            has_resident=False,
            brief=_brief,
            responded=lambda assignment, response: None,
            resolved=_answered,
            refused=_answered,
            moved=lambda assignment, at: None,
            is_hidden=lambda assignment: _carried(assignment).report.hidden_at is not None,
        ),
    )


def supporters_needed(at: datetime) -> int:
    """How many supporters make a suggestion a duty of the head, by the policy in force."""
    return deadlines.policy(at).suggestion_supporters


def carry_when_supported(report: Report, *, at: datetime) -> None:
    """Owe the answer when enough people stand behind it. Two of them at the same moment owe it once: the
    second row of a report does not fit into its table."""
    if not _may_carry(report) or report.supporter_count < supporters_needed(at):
        return
    owe(report, at=at)


def carry_on(report: Report, into: Report, *, at: datetime) -> None:
    """After a merge the survivor owes what its part owed: the answer itself is given only once."""
    carried = db.session.get(CarriedSuggestion, report.id)
    if carried is not None and carried.answered_at is None:
        let_go(report, at=at)
        if _may_carry(into):
            owe(into, at=at)
    carry_when_supported(into, at=at)


def take_up_again(report: Report, *, at: datetime) -> None:
    """The merge was undone: what the report owed by itself is owed again."""
    carried = db.session.get(CarriedSuggestion, report.id)
    if carried is not None and carried.assignment is not None and carried.assignment.withdrawn_at:
        assignments.restore(carried.assignment, at=at)


def let_go(report: Report, *, at: datetime) -> None:
    """Nobody may read an answer to it any more, or another one gives it."""
    carried = db.session.get(CarriedSuggestion, report.id)
    duty = carried.assignment if carried else None
    if duty is not None and duty.state is AssignmentState.OPEN:
        assignments.withdraw(duty, at=at, is_merged=report.merged_into_id is not None)


def make_confidential(report: Report, *, at: datetime) -> None:
    """Its words stand with this duty too: nobody reads them there who may not read the report."""
    let_go(report, at=at)
    carried = db.session.get(CarriedSuggestion, report.id)
    if carried is not None and carried.assignment is not None:
        carried.assignment.is_confidential = True
        carried.assignment.category_code = report.category_code


def _may_carry(report: Report) -> bool:
    is_suggestion = report.kind is ReportKind.SUGGESTION and policy.is_published(report)
    return is_suggestion and report.agency_id is not None


def owe(report: Report, *, at: datetime) -> None:
    """Give the duty to the head, unless it was given before; everybody who stands behind it is told."""
    row = {"report_id": report.id, "at": at, "supporter_count": report.supporter_count}
    new = insert(CarriedSuggestion).values(row).on_conflict_do_nothing()
    if db.session.scalar(new.returning(CarriedSuggestion.report_id)) is None:
        return
    carried = db.session.get_one(CarriedSuggestion, report.id)
    carried.assignment = _dispose(report, at)
    db.session.flush()
    count = report.supporter_count
    record.write(report, "suggestion_carried", at=at, supporters=count)
    for tell, name in (
        (letters.tell_reporter, "report_carried"),
        (letters.tell_followers, "followed_report_carried"),
    ):
        tell(report, name, at=at, supporters=count, answerer=carried.assignment.agency.name)


def _dispose(report: Report, at: datetime) -> Assignment:
    return assignments.dispose(
        origin=ORIGIN,
        number=f"{report.number}{SUFFIX}",
        title=report.content.title,
        place=report.content.place or (report.area.name if report.area else ""),
        matter=Matter.SUPPORTED_SUGGESTION,
        category_code=report.category_code,
        area_code=report.area_code,
        routing=_to_head(report, at),
        is_confidential=False,
        excluded_agency_id=None,
        by=None,
        at=at,
        received_at=at,
    )


def _to_head(report: Report, at: datetime) -> Routing:
    """The head of the agency that has the report, or whoever stands in; without one, who leads there."""
    agency_id = report.agency_id or 0
    people = organisation.colleagues(agency_id, routing_queries.city_day(at))
    for rank in (Rank.HEAD, Rank.SUPERVISOR):
        if (leader := _first(people, rank)) is not None:
            return routing.responsible(leader, at)
    return routing.route_to(agency_id, report.area_code, at)


def _first(people: Sequence[Official], rank: Rank) -> Official | None:
    return next((one for one in people if one.rank is rank), None)


def _answered(assignment: Assignment, response: Response) -> None:
    carried = _carried(assignment)
    carried.response, carried.answered_at = response, response.at
    report = carried.report
    record.write(report, "suggestion_answered", at=response.at)
    answerer = response.agency.name
    letters.tell_reporter(
        report, "report_answered_officially", at=response.at, answerer=answerer, answer=response.body
    )
    letters.tell_followers(
        report,
        "followed_report_answered_officially",
        at=response.at,
        answerer=answerer,
        answer=mask(response.body).text,  # as the public reads it: officials quote what residents wrote
    )


def _brief(assignment: Assignment) -> Brief:
    """The suggestion as typed: the head decides about what was meant, not about a summary."""
    carried = _carried(assignment)
    report = carried.report
    count = report.supporter_count
    return Brief(
        kind=_("Aspirasi dengan cukup pendukung"),
        text=report.content.body,
        author=_("Pengusul dan para pendukungnya"),
        facts=[
            (_("Laporan"), report.number),
            (_("Pendukung"), ngettext("%(num)s warga", "%(num)s warga", count)),
            *answers.facts(report.content.answers),
        ],
    )


def _carried(assignment: Assignment) -> CarriedSuggestion:
    found: CarriedSuggestion = db.session.scalars(
        db.select(CarriedSuggestion).filter_by(assignment_id=assignment.id)
    ).one()
    return found
