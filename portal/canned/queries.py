"""Which canned answers there are: to be used in an answer, and to be looked after."""

from collections.abc import Sequence
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.canned.models import CannedAnswer, CannedAnswerVersion
from portal.db import db
from portal.organisation.models import Agency


def offered(agency_id: int) -> Sequence[Row[Any]]:
    """Those that may be used in the name of an agency, its own first: version_id, title, body, is_own."""
    statement: Any = (
        select(
            CannedAnswerVersion.id.label("version_id"),
            CannedAnswerVersion.title,
            CannedAnswerVersion.body,
            CannedAnswer.agency_id.is_not(None).label("is_own"),
        )
        .join(CannedAnswer, _newest())
        .where(_usable(agency_id))
        .order_by(CannedAnswer.agency_id.is_(None), CannedAnswerVersion.title, CannedAnswerVersion.id)
    )
    rows: Sequence[Row[Any]] = db.session.execute(statement).all()
    return rows


def usable(version_id: int | None, agency_id: int) -> CannedAnswerVersion | None:
    """A version, if it may be used in the name of the agency; also a former one, which an open page shows."""
    if version_id is None:
        return None
    statement = (
        select(CannedAnswerVersion)
        .join(CannedAnswerVersion.canned_answer)
        .where(CannedAnswerVersion.id == version_id, _usable(agency_id))
    )
    return db.session.scalar(statement)


def looked_after(agency_id: int | None, *, all_of_them: bool) -> Sequence[Row[Any]]:
    """What the list of those who write them shows: of one agency and of the city, or of all; retired last."""
    statement: Any = (
        select(
            CannedAnswer.id,
            CannedAnswer.agency_id,
            CannedAnswer.number,
            CannedAnswer.retired_at,
            Agency.name.label("agency"),
            CannedAnswerVersion.title,
            CannedAnswerVersion.body,
            CannedAnswerVersion.written_at,
        )
        .join(CannedAnswerVersion, _newest())
        .outerjoin(Agency, Agency.id == CannedAnswer.agency_id)
        .order_by(
            CannedAnswer.retired_at.is_not(None),
            Agency.name.asc().nulls_last(),
            CannedAnswerVersion.title,
            CannedAnswer.id,
        )
    )
    if not all_of_them:
        statement = statement.where(_of(agency_id))
    rows: Sequence[Row[Any]] = db.session.execute(statement).all()
    return rows


def with_history_or_404(canned_id: int) -> CannedAnswer:
    """One with all its versions and who wrote them, in one statement; else 404."""
    statement = (
        select(CannedAnswer)
        .where(CannedAnswer.id == canned_id)
        .options(
            joinedload(CannedAnswer.agency),
            joinedload(CannedAnswer.versions).joinedload(CannedAnswerVersion.written_by),
        )
    )
    return db.session.scalars(statement).unique().one_or_none() or abort(404)


def _newest() -> ColumnElement[bool]:
    return and_(
        CannedAnswerVersion.canned_answer_id == CannedAnswer.id,
        CannedAnswerVersion.number == CannedAnswer.number,
    )


def _usable(agency_id: int) -> ColumnElement[bool]:
    return and_(_of(agency_id), CannedAnswer.retired_at.is_(None))


def _of(agency_id: int | None) -> ColumnElement[bool]:
    """The agency's own, and the city's."""
    return or_(CannedAnswer.agency_id.is_(None), CannedAnswer.agency_id == agency_id)
