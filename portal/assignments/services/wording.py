"""May this be said about a duty? Asked before anything changes."""

from portal.assignments import owners
from portal.assignments.grounds import Grounds, check
from portal.assignments.models import Assignment
from portal.assignments.rules import MAY_BE_WORDLESS, TO_RESIDENT, ResponseKind
from portal.errors import DomainError
from portal.i18n import _l


def check_words(
    assignment: Assignment, kind: ResponseKind, body: str, grounds: Grounds | None = None
) -> None:
    """May this be said? Raises DomainError when words or fitting grounds are missing."""
    if kind == ResponseKind.TRANSFER:
        raise ValueError("a transfer is done by handovers.transfer")
    if kind in TO_RESIDENT and not owners.of(assignment).has_resident:
        raise DomainError(
            _l("Tugas ini tidak diajukan oleh warga, jadi tidak ada yang dikabari, ditanya, atau ditolak.")
        )
    if kind == ResponseKind.REFUSAL:
        is_unclear = assignment.unanswered_at is not None
        check(grounds or Grounds(None), number=assignment.number, body=body, is_unclear=is_unclear)
    if not body.strip() and kind not in MAY_BE_WORDLESS:
        raise DomainError(_l("Tulis isi tanggapan."), field="body")


def check_outcome(assignment: Assignment, kind: ResponseKind, outcome: str | None) -> None:
    outcomes = owners.of(assignment).outcomes
    wanted = bool(outcomes) and kind == ResponseKind.ANSWER
    if wanted and outcome not in outcomes:
        raise DomainError(_l("Pilih keputusannya."), field="outcome")
    if outcome is not None and not wanted:
        raise DomainError(_l("Keputusan hanya diberikan bersama jawaban."), field="outcome")
