"""What happens to projects by itself: phases open and close, and followers are told."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.jobs import registry
from portal.jobs import services as jobs
from portal.notifications import services as notifications
from portal.projects import labels, record, rules, services
from portal.projects.models import Phase, Project, ProjectFollower
from portal.projects.rules import PhaseKind

LETTERS_AT_ONCE = 200
PHASES_AT_ONCE = 20


@registry.handler("projects.tell_followers")
def tell_followers(payload: dict[str, Any], at: datetime) -> None:
    """Write to the next followers, and leave the rest to a job of its own."""
    told_at = datetime.fromisoformat(payload["told_at"])
    project = db.session.get_one(Project, payload["project_id"])
    readers = _followers(payload["project_id"], payload["after_id"], told_at)
    values = _worded(payload["values"])
    for _row_id, user in readers:
        notifications.tell(
            notifications.to_user(user),
            payload["letter"],
            key=f"{project.subject}:{payload['letter_key']}:{user.id}",
            at=at,
            path=payload["path"],
            project=project.title,
            **values,
        )
    if len(readers) == LETTERS_AT_ONCE:
        jobs.enqueue("projects.tell_followers", at=at, **{**payload, "after_id": readers[-1][0]})


def _followers(project_id: int, after_id: int, told_at: datetime) -> list[tuple[int, User]]:
    """The next of those who followed when it happened."""
    rows = db.session.execute(
        select(ProjectFollower.id, User)
        .join(User, User.id == ProjectFollower.user_id)
        .where(
            ProjectFollower.project_id == project_id,
            ProjectFollower.id > after_id,
            ProjectFollower.at <= told_at,
        )
        .order_by(ProjectFollower.id)
        .limit(LETTERS_AT_ONCE)
    )
    return [(row_id, user) for row_id, user in rows]


def _worded(values: dict[str, Any]) -> dict[str, Any]:
    """A phase without a title of its own is called by its kind, in the reader's language; days and
    moments are what they were."""
    worded = dict(values)
    if "phase_kind" in values:
        worded["phase"] = values.get("phase_title") or labels.KIND[PhaseKind(values["phase_kind"])]
    if "closes_on" in values:
        worded["closes_on"] = date.fromisoformat(values["closes_on"])
    if "starts_at" in values:
        worded["starts_at"] = datetime.fromisoformat(values["starts_at"])
    return worded


@registry.periodic("projects.phases", every=timedelta(minutes=5))
def tell_phases(at: datetime) -> bool:
    """Record and tell what opened or closed since the last look, dated when it did."""
    day = rules.local_day(at, config.current().zone)
    opened = _untold(Phase.opening_told_at.is_(None), Phase.opens_on <= day)
    for phase in opened:
        _open(phase, day, at)
    closed = _untold(Phase.closing_told_at.is_(None), Phase.closes_on < day)
    for phase in closed:
        _close(phase, at)
    return PHASES_AT_ONCE in (len(opened), len(closed))


def _untold(*conditions: Any) -> list[Phase]:
    """Phases of public projects; another runner's are skipped."""
    return list(
        db.session.scalars(
            select(Phase)
            .join(Phase.project)
            .where(Project.published_at.is_not(None), *conditions)
            .order_by(Phase.opens_on, Phase.id)
            .limit(PHASES_AT_ONCE)
            .with_for_update(of=Phase, skip_locked=True)
        )
    )


def _open(phase: Phase, day: date, at: datetime) -> None:
    phase.opening_told_at = at
    moment = _public_moment(phase, rules.opening_instant(phase.opens_on, config.current().zone))
    record.write(phase.project, "phase_opened", at=moment, phase=phase.id, kind=phase.kind)
    if phase.closes_on >= day:  # nobody is invited to what has passed
        _tell(phase, "project_phase_opened", "opened", moment)


def _close(phase: Phase, at: datetime) -> None:
    phase.closing_told_at = at
    moment = _public_moment(phase, rules.closing_instant(phase.closes_on, config.current().zone))
    record.write(phase.project, "phase_closed", at=moment, phase=phase.id, kind=phase.kind)
    if phase.kind in rules.FOR_RESIDENTS:
        _tell(phase, "project_phase_closed", "closed", moment)


def _public_moment(phase: Phase, moment: datetime) -> datetime:
    """When everybody could see it: what lies before the project's opening happened with it."""
    return max(moment, phase.project.published_at or moment)


def _tell(phase: Phase, letter: str, key: str, at: datetime) -> None:
    services.tell_followers(
        phase.project,
        letter,
        key=f"phase:{phase.id}:{key}",
        at=at,
        path=f"/projects/{phase.project.slug}",
        phase_kind=phase.kind,
        phase_title=phase.title,
        closes_on=phase.closes_on.isoformat(),
    )
