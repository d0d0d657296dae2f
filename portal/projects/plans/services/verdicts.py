"""What the next version does with each pin: resolved, still open, or no longer fitting, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects.plans import rules
from portal.projects.plans.models import PinPlace, PinVerdict, PlanVersion
from portal.projects.plans.rules import Fate

MISSED = "Catatan ini sedang disembunyikan ketika denah versi {number} dibuka, jadi tetap terbuka."


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`x` and `y`, in per mille, say where a still open pin goes on the new drawing, if elsewhere."""

    fate: Fate
    reason: str
    x: int | None = None
    y: int | None = None


def judge(
    draft: PlanVersion,
    verdicts: Sequence[tuple[PinPlace, Verdict]],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Say it of these pins of the former version; public with the draft, and until then changeable."""
    if draft.published_at is not None:
        raise DomainError(_l("Versi ini sudah dibuka untuk umum, jadi penilaiannya tetap."))
    for _place, verdict in verdicts:
        _check(verdict)
    rows = [
        {
            "place_id": place.id,
            "version_id": draft.id,
            "fate": verdict.fate,
            "reason": verdict.reason.strip(),
            "x": verdict.x,
            "y": verdict.y,
            "by_id": by.id if by else None,
            "at": at,
        }
        for place, verdict in verdicts
    ]
    if not rows:
        return
    said = jobs.insert(PinVerdict)
    replaced = {name: said.excluded[name] for name in rows[0] if name != "place_id"}
    db.session.execute(
        said.on_conflict_do_update(index_elements=[PinVerdict.place_id], set_=replaced).execution_options(
            synchronize_session=False
        ),
        rows,
    )
    db.session.expire_all()


def leave_open(place: PinPlace, version: PlanVersion, *, at: datetime) -> None:
    """A version came while the pin was hidden, and could say nothing of it: it stays open."""
    place.fate, place.judged_at = Fate.STILL_OPEN, at
    place.fate_reason = MISSED.format(number=version.number)  # a stored text is in the city's own language
    digest = record.digest(place.pin.salt, place.fate_reason)
    subject = place.pin.subject
    ledger.record("pin_judged", subject=subject, at=at, plan=version.number, fate=place.fate, reason=digest)


def _check(verdict: Verdict) -> None:
    if verdict.fate not in rules.VERDICTS:
        raise DomainError(
            _l("Pilih penilaian: terjawab, masih terbuka, atau tidak cocok lagi."), field="fate"
        )
    if not verdict.reason.strip():
        raise DomainError(_l("Tulis alasan penilaian ini; warga membacanya."), field="reason")
