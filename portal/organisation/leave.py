"""Leave: asked for by an official, decided by whoever stands above, taken back by both."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, local
from portal.organisation import hooks, queries, rules
from portal.organisation.hooks import LeaveStep
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveKind, LeaveState

COUNTED = (LeaveState.ASKED, LeaveState.APPROVED)


def ask(
    official: Official,
    *,
    kind: LeaveKind,
    from_on: date,
    to_on: date,
    substitute: Official | None,
    note: str,
    by: User,
    at: datetime,
) -> Absence:
    """Ask for leave, both days included; it counts for nothing until it is approved.

    Raises DomainError with its field for days in the past (sick leave may be told afterwards), days that
    another leave covers, and a substitute who cannot be one.
    """
    absence = _written(
        official, kind=kind, from_on=from_on, to_on=to_on, substitute=substitute, note=note, by=by, at=at
    )
    hooks.tell(absence, LeaveStep.ASKED, at)
    return absence


def enter(
    official: Official,
    *,
    kind: LeaveKind,
    from_on: date,
    to_on: date,
    substitute: Official | None,
    note: str,
    by: User,
    at: datetime,
) -> Absence:
    """Somebody above enters leave for an official: it is approved at once."""
    absence = _written(
        official, kind=kind, from_on=from_on, to_on=to_on, substitute=substitute, note=note, by=by, at=at
    )
    absence.state = LeaveState.APPROVED
    absence.decided_at, absence.decided_by_id = at, by.id
    db.session.flush()
    hooks.tell(absence, LeaveStep.APPROVED, at)
    return absence


def _written(
    official: Official,
    *,
    kind: LeaveKind,
    from_on: date,
    to_on: date,
    substitute: Official | None,
    note: str,
    by: User,
    at: datetime,
) -> Absence:
    """Checked and kept, not yet decided."""
    _check_days(official, kind, from_on, to_on, today=local(at).date())
    _check_substitute(official, substitute, from_on)
    absence = Absence(
        official=official,
        substitute=substitute,
        kind=kind,
        state=LeaveState.ASKED,
        from_on=from_on,
        to_on=to_on,
        note=note.strip(),
        created_at=at,
        created_by_id=by.id,
    )
    db.session.add(absence)
    db.session.flush()
    return absence


def approve(absence: Absence, *, by: User, at: datetime, note: str = "") -> None:
    """From now on it counts, also when its first day is over already."""
    _decide(absence, LeaveState.APPROVED, note, by, at)
    hooks.tell(absence, LeaveStep.APPROVED, at)


def refuse(absence: Absence, *, reason: str, by: User, at: datetime) -> None:
    """The leave does not take place; the official reads why."""
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="note")
    _decide(absence, LeaveState.REFUSED, reason, by, at)
    hooks.tell(absence, LeaveStep.REFUSED, at)


def cancel(absence: Absence, *, at: datetime) -> None:
    """Take it back before its first day, or end it today: then its last day was yesterday."""
    _lock(absence)
    today = local(at).date()
    if not is_cancellable(absence, today):
        raise DomainError(_l("Cuti ini sudah berakhir atau sudah dibatalkan."))
    if absence.state == LeaveState.APPROVED and absence.from_on < today:
        absence.to_on = today - timedelta(days=1)
    else:
        absence.state = LeaveState.CANCELLED
    absence.cancelled_at = at
    hooks.tell(absence, LeaveStep.CANCELLED, at)


def is_cancellable(absence: Absence, today: date) -> bool:
    """Is it asked for, or not over yet?"""
    return absence.state == LeaveState.ASKED or (
        absence.state == LeaveState.APPROVED and absence.to_on >= today
    )


def deciders(official: Official, today: date) -> list[Official]:
    """Who is to decide: the supervisor, or whoever of the line is there; else a leader of the agency."""
    found = queries.away_on(today).leader(official.id)
    return [db.session.get_one(Official, found)] if found is not None else []


def _decide(absence: Absence, state: LeaveState, note: str, by: User, at: datetime) -> None:
    _lock(absence)
    if absence.state != LeaveState.ASKED:
        raise DomainError(_l("Permohonan cuti ini sudah diputuskan atau dibatalkan."))
    absence.state, absence.decision_note = state, note.strip()
    absence.decided_at, absence.decided_by_id = at, by.id


def _lock(absence: Absence) -> None:
    """Two who decide at once do so one after the other."""
    db.session.flush()
    db.session.refresh(absence, ["state", "from_on", "to_on"], with_for_update={"of": Absence})


def _check_days(official: Official, kind: LeaveKind, from_on: date, to_on: date, *, today: date) -> None:
    earliest = today - timedelta(days=rules.RETROACTIVE_DAYS) if kind is LeaveKind.SICK else today
    if from_on < earliest:
        raise DomainError(_too_early(kind), field="from_on")
    if to_on < from_on:
        raise DomainError(_l("Tanggal akhir tidak boleh sebelum tanggal awal."), field="to_on")
    if (to_on - from_on).days >= rules.LONGEST_LEAVE_DAYS:
        raise DomainError(_l("Cuti paling lama satu tahun."), field="to_on")
    if _overlapping(official, from_on, to_on):
        raise DomainError(
            _l("Sebagian hari ini sudah tercakup cuti lain yang diajukan atau disetujui."), field="from_on"
        )


def _too_early(kind: LeaveKind) -> object:
    if kind is LeaveKind.SICK:
        return _l(
            "Cuti sakit dapat dicatat paling jauh %(days)s hari ke belakang.", days=rules.RETROACTIVE_DAYS
        )
    return _l("Tanggal awal sudah lewat. Hanya cuti sakit yang dapat dicatat sesudahnya.")


def _overlapping(official: Official, from_on: date, to_on: date) -> bool:
    return bool(
        db.session.scalar(
            select(
                select(Absence.id)
                .where(
                    Absence.official_id == official.id,
                    Absence.state.in_(COUNTED),
                    Absence.from_on <= to_on,
                    Absence.to_on >= from_on,
                )
                .exists()
            )
        )
    )


def _check_substitute(official: Official, substitute: Official | None, from_on: date) -> None:
    if substitute is None:
        return
    if substitute.id == official.id:
        raise DomainError(_l("Pilih petugas lain sebagai pengganti."), field="substitute")
    if not queries.is_active(substitute, from_on):
        raise DomainError(_l("Pengganti itu tidak bertugas pada hari tersebut."), field="substitute")
