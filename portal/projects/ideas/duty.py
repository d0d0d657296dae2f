"""Every idea is owed a status with a reason: how that becomes a duty, and what the answer does.

It is owed from the end of the collecting phase on. Until then others may still support and comment on an
idea, so nobody can decide; its waiting time begins there too, because before it nobody kept it waiting.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal import config
from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind, Verdict
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import batches
from portal.projects import record, rules
from portal.projects.comments import services as comments
from portal.projects.ideas import briefs, letters, queries
from portal.projects.ideas.labels import STATUS
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import GIVEN, IdeaStatus, owed_from
from portal.projects.models import Phase, Project
from portal.routing import services as routing
from portal.surveys import verdicts

BATCH = 50


def register_owner() -> None:
    """Called once at app start."""
    owners.register(
        "idea",
        owners.Owner(
            label=_l("Gagasan"),
            endpoint="ideas.show",
            brief=briefs.brief,
            is_own=briefs.is_own,
            is_hidden=briefs.is_hidden,
            responded=_responded,
            resolved=_resolved,
            refused=_resolved,
            moved=lambda assignment, at: None,
            due_moved=lambda assignment, moved, at: letters.tell_moved(_idea(assignment), moved, at=at),
            overturned=_overturned,
            reminded=lambda assignment, key, at: letters.tell_author(
                _idea(assignment), "idea_verdict_reminder", key=key, at=at, react_by=assignment.react_by
            ),
            fell_silent=lambda assignment, at: letters.tell_author(
                _idea(assignment), "idea_closed_by_silence", key=at.isoformat(), at=at
            ),
            outcomes={status: STATUS[status] for status in GIVEN},
        ),
    )


def is_owed(idea: Idea, at: datetime) -> bool:
    """Did its collecting phase end before that moment, and nobody has the duty yet?"""
    return idea.assignment_id is None and _collecting_ends(idea.phase) <= at


def owe_status(idea: Idea, *, at: datetime) -> Assignment:
    """Give the duty to the project's responsible official; waiting is counted from `at` on."""
    project = idea.project
    idea.assignment = assignments.dispose(
        origin="idea",
        number=idea.number,
        title=idea.title,
        place=idea.place,
        matter=Matter.IDEA_STATUS,
        category_code=project.category_code,
        area_code=idea.area_code or project.area_code,
        routing=routing.responsible(project.official, at),
        is_confidential=False,
        excluded_agency_id=None,
        by=None,
        at=at,
        received_at=at,
    )
    db.session.flush()
    return idea.assignment


def owe_statuses(at: datetime) -> bool:
    """The duties of ideas whose collecting phase has ended; True when there may be more.

    However late this runs, the clock begins at the end of the phase. The phase is locked, so that a
    change of its dates that is being made now is seen or waits.
    """
    today = rules.local_day(at, config.current().zone)
    owed = db.session.scalars(
        select(Idea)
        .join(Idea.phase)
        .join(Idea.project)
        .options(contains_eager(Idea.phase))
        .where(
            Idea.assignment_id.is_(None),
            Idea.withdrawn_at.is_(None),
            Idea.hidden_at.is_(None),
            Phase.closes_on < today,
            Project.published_at.is_not(None),
        )
        .order_by(Idea.id)
        .limit(BATCH)
        .with_for_update(of=(Idea, Phase), skip_locked=True)
    ).all()
    done = batches.each(
        owed, lambda idea: owe_status(idea, at=owed_from(idea.given_at, _collecting_ends(idea.phase)))
    )
    return done == BATCH


def judge(idea: Idea, *, verdict: Verdict, stars: int | None, comment: str, at: datetime) -> None:
    """Its author says what they think of the status. Why it should be looked at again stands as a comment,
    for the official and for everybody."""
    if idea.assignment is None:
        raise DomainError(_l("Gagasan ini belum mendapat status."))
    is_unclear = verdict is Verdict.NOT
    if is_unclear and not comment.strip():
        raise DomainError(
            _l("Tulis apa yang belum jelas, supaya petugas dapat menjawabnya."), field="comment"
        )
    verdicts.give(idea.assignment, verdict=verdict, stars=stars, comment=comment, at=at)
    if is_unclear:
        comments.write(idea.project, idea.subject, body=comment, by=idea.author, at=at)


def _collecting_ends(phase: Phase) -> datetime:
    return rules.closing_instant(phase.closes_on, config.current().zone)


def _responded(assignment: Assignment, response: Response) -> None:
    if response.kind in (ResponseKind.QUESTION, ResponseKind.INTERIM):
        letters.tell_author_of_reply(_idea(assignment), response)


def _resolved(assignment: Assignment, response: Response) -> None:
    """The status is what the official chose; a refusal with its basis does not accept the idea."""
    idea = _idea(assignment)
    idea.status = IdeaStatus(response.outcome or IdeaStatus.REJECTED)
    idea.status_response, idea.status_at = response, response.at
    record.write(idea.project, "idea_status_given", at=response.at, idea=idea.number, status=idea.status)
    letters.tell_status(idea, response)
    if not queries.waits(idea.phase_id):
        letters.tell_all_decided(idea, at=response.at)


def _overturned(assignment: Assignment, response: Response, at: datetime) -> None:
    """Without the refusal the idea has no status any more, until the official gives one."""
    idea = _idea(assignment)
    idea.status, idea.status_response, idea.status_at = IdeaStatus.WAITING, None, None
    record.write(idea.project, "idea_status_taken_back", at=at, idea=idea.number)
    letters.tell_author(
        idea, "idea_refusal_overturned", key=str(response.id), at=at, reason=response.overturn_reason
    )


def _idea(assignment: Assignment) -> Idea:
    return db.session.scalars(select(Idea).filter_by(assignment_id=assignment.id)).one()
