""" "What we changed because of you": the duty that a published result gives to the agency."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.errors import DomainError
from portal.i18n import _l
from portal.surveys import briefs
from portal.surveys.models import Survey
from portal.surveys.services.publishing import ORIGIN


def register_owner() -> None:
    """Called once at app start."""
    owners.register(
        ORIGIN,
        owners.Owner(
            label=_l("Survei"),
            endpoint="surveys.show",
            answer_endpoint="surveys.edit_changes",
            has_resident=False,
            brief=briefs.brief,
            responded=_nothing_more,
            resolved=_nothing_more,
            refused=_nothing_more,
            moved=lambda assignment, at: None,
        ),
    )


def publish_changes(
    survey: Survey, *, body: str, by: User, at: datetime, seen: int | None = None
) -> Response:
    """Say publicly what changes because of the answers; that meets the duty. `seen`: the lock of then."""
    if survey.assignment is None:
        raise DomainError(_l("Hasil survei ini belum terbit."))
    return assignments.respond(
        survey.assignment, kind=ResponseKind.ANSWER, body=body, by=by, at=at, expected_lock=seen
    )


def _nothing_more(assignment: Assignment, response: Response) -> None:
    """The page shows what the duty itself keeps."""
