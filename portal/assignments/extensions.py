"""More time: asked by the holder with a reason before the due time, decided by the supervisor."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, letters
from portal.assignments.models import Assignment, Extension
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l


def ask(
    assignment: Assignment,
    stage: Stage,
    *,
    days: int,
    reason: str,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
) -> Extension:
    """Ask for `days` more working days; the old due time stands until the supervisor decided."""
    changes.claim(assignment, expected_lock)
    _check(assignment, stage, days=days, reason=reason, at=at)
    changes.touch(assignment)
    extension = Extension(
        assignment=assignment,
        stage=stage,
        days=days,
        reason=reason.strip(),
        asked_at=at,
        asked_by_id=by.id,
    )
    db.session.add(extension)
    db.session.flush()
    changes.record("extension_asked", assignment, at, stage=stage, days=days)
    letters.tell_supervisor(assignment, "extension_asked", at=at)
    return extension


def decide(extension: Extension, *, is_granted: bool, by: User, at: datetime) -> None:
    """The supervisor grants or refuses; a refusal leaves everything as it was."""
    assignment = extension.assignment
    changes.claim(assignment)
    if extension.decided_at is not None:
        raise DomainError(_l("Permohonan ini sudah diputuskan."))
    if is_granted:
        if assignment.state != AssignmentState.OPEN:
            raise DomainError(_l("Tugas ini tidak sedang terbuka."))
        deadlines.extend(
            assignment.clock,
            extension.stage,
            days=extension.days,
            asked_at=extension.asked_at,
            at=at,
        )
    changes.touch(assignment)
    extension.is_granted = is_granted
    extension.decided_at, extension.decided_by_id = at, by.id
    kind = "extension_granted" if is_granted else "extension_refused"
    changes.record(kind, assignment, at, stage=extension.stage, days=extension.days)
    letters.tell_holder(assignment, kind, at=at)


def open_stages(assignment: Assignment, *, at: datetime) -> list[Stage]:
    """Stages for which more time can still be asked."""
    asked = {extension.stage for extension in assignment.extensions}
    return [
        stage
        for stage in (Stage.RESPOND, Stage.RESOLVE)
        if stage not in asked and deadlines.may_extend(assignment.clock, stage, at=at)
    ]


def _check(assignment: Assignment, stage: Stage, *, days: int, reason: str, at: datetime) -> None:
    if assignment.state != AssignmentState.OPEN:
        raise DomainError(_l("Tugas ini tidak sedang terbuka."))
    if stage not in open_stages(assignment, at=at):
        raise DomainError(
            _l("Perpanjangan hanya dapat diminta sekali untuk tiap tahap, sebelum jatuh tempo."),
            field="stage",
        )
    most = deadlines.max_extension(assignment.clock, stage)
    if not 1 <= days <= most:
        raise DomainError(_l("Paling lama %(most)s hari kerja.", most=most), field="days")
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="reason")
