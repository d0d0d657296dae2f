"""What the page of one duty tells: what it is about, and everything that was said, notes too."""

from portal.accounts.models import User
from portal.assignments import labels, owners, policy, timeline
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Brief
from portal.assignments.rules import INTERNAL, AssignmentState
from portal.assignments.steps import Step
from portal.deadlines.rules.stages import Matter
from portal.desk import board
from portal.i18n import _
from portal.ledger import queries as ledger
from portal.reports.labels import category_name

Tag = tuple[str, str | None]
LATEST_WORDS = 2  # mostly a question and its reply: what has to be read before one answers
SHORT_STORY = 3  # so few lines are shown whole
LAST_LINES = 2  # of what happened since, where reminders have piled up


def steps(assignment: Assignment, brief: Brief) -> list[Step]:
    """The public story with the texts as they were typed, and the internal notes among them."""
    said = assignment.responses
    told = timeline.tell(
        assignment,
        ledger.events_of(owners.subject(assignment)),
        responses=[one for one in said if one.kind not in INTERNAL],
        brief=brief,
    )
    notes = [_note(one) for one in said if one.kind in INTERNAL]
    return sorted([*told, *notes], key=lambda step: step.at)


def fold(steps: list[Step]) -> tuple[list[Step], list[Step]]:
    """What is folded, and what stands open above the answer box: the latest words and the last lines."""
    if len(steps) <= SHORT_STORY:
        return [], steps
    said = [place for place, step in enumerate(steps) if step.body]
    last = range(len(steps) - LAST_LINES, len(steps)) if said else [len(steps) - 1]
    shown = {*said[-LATEST_WORDS:], *last}
    folded = [step for place, step in enumerate(steps) if place not in shown]
    return folded, [steps[place] for place in sorted(shown)]


def marks(assignment: Assignment, brief: Brief) -> list[Tag]:
    """What the officer must know before answering, as tags."""
    found: list[Tag] = []
    if assignment.category:
        found.append((category_name(assignment.category), None))
    if assignment.area:
        found.append((assignment.area.name, None))
    found += board.care_tags(
        is_supervisory=assignment.matter == Matter.SUPERVISORY_COMPLAINT,
        is_confidential=assignment.is_confidential,
    )
    found += brief.marks
    if assignment.resolved_at and assignment.state == AssignmentState.OPEN:
        found.append((_("Dibuka kembali"), "late"))
    return list(dict.fromkeys(found))


def facts(assignment: Assignment, brief: Brief) -> list[tuple[str, str]]:
    """What is known beside the text, and who brought it."""
    is_brought = owners.of(assignment).has_resident and brief.author
    return [*brief.facts, *([(_("Diajukan oleh"), brief.author)] if is_brought else [])]


def may_acknowledge(user: User, assignment: Assignment) -> bool:
    """The one-click receipt is offered until anything was said, where somebody waits for it."""
    said = any(one.kind not in INTERNAL for one in assignment.responses)
    has_resident = owners.of(assignment).has_resident
    return has_resident and policy.may_respond(user, assignment) and not said


def _note(response: Response) -> Step:
    return Step(
        title=str(labels.KIND[response.kind]),
        at=response.at,
        who=response.official.name if response.official else _("Moderator"),
        badge=_("Hanya petugas"),
        tone="quiet",
        body=response.body,
        response_id=response.id,
    )
