"""What the city's own history teaches about who handles what: public texts whose agency people found."""

from typing import Any

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.orm import aliased

from portal.assignments.models import Assignment, Response
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.db import db
from portal.organisation.models import Agency
from portal.reports.masking import passages
from portal.reports.models import Report
from portal.routing.learning.training import Case, label_of

NEWEST = 20_000  # reports; older ones tell of offices that are gone


def lessons(*, limit: int = NEWEST) -> list[Case]:
    """Reports whose disposition stood, by the agency that held them last; the newest first.

    Read are the public texts only, so nothing confidential, hidden or of supervisory weight; personal data
    is covered once more. A person found the agency: a moderator, or who handed it on. It stood when that
    agency answered and did not say that it is not theirs.
    """
    today = aliased(Agency)  # who took over from an agency that is gone
    rows = db.session.execute(
        select(
            Report.title,
            Report.body,
            Report.category_code,
            Report.area_code,
            Agency.code,
            Agency.kind,
            today.code.label("next_code"),
            today.kind.label("next_kind"),
        )
        .join(Assignment, Assignment.id == Report.assignment_id)
        .join(Agency, Agency.id == Assignment.agency_id)
        .outerjoin(today, today.id == Agency.successor_id)
        .where(
            Report.body != "",
            Report.is_confidential.is_(False),
            Report.is_supervisory.is_(False),
            Report.hidden_at.is_(None),
            Report.source_id.is_(None),  # what other systems disposed, our people did not
            # A rule verifies at the moment of receipt; people come later.
            or_(Report.verified_at > Report.received_at, Assignment.hop_count > 0),
            Assignment.responded_at.is_not(None),
            Assignment.withdrawn_at.is_(None),
            Assignment.triage_clock_id.is_(None),
            ~_disowned(),
        )
        .order_by(Report.id.desc())
        .limit(limit)
    ).all()
    return [_case(row) for row in rows]


def _disowned() -> Exists:
    return exists().where(
        Response.assignment_id == Assignment.id,
        Response.kind == ResponseKind.REFUSAL,
        Response.basis == RefusalBasis.NOT_COMPETENT,
        Response.overturned_at.is_(None),
    )


def _case(row: Any) -> Case:
    code, kind = (row.next_code, row.next_kind) if row.next_code else (row.code, row.kind)
    return Case(
        text=covered(f"{row.title}\n{row.body}"),
        agency=label_of(code, kind),
        category=row.category_code,
        area_code=row.area_code,
    )


def covered(text: str) -> str:
    """The text without personal data and without the names of people."""
    return " ".join(one.text for one in passages(text) if one.kind is None)
