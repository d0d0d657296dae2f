"""Say what follows from a vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal import markdown
from portal.errors import DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects.voting import letters
from portal.projects.voting.models import Vote


@dataclass(frozen=True)
class Ruling:
    """What became of a choice, and why."""

    is_taken: bool
    reason: str


def decide(vote: Vote, *, text: str, rulings: Mapping[int, Ruling], at: datetime) -> None:
    """Say what will be built: each choice (by position) taken or not, with its reason. May be said anew."""
    if vote.published_at is None:
        raise DomainError(_l("Keputusan menyusul setelah hasilnya diumumkan."))
    if not text.strip():
        raise DomainError(_l("Tulis apa yang akan dibangun dan mengapa."), field="decision")
    for choice in vote.choices:
        if choice.position not in rulings or not rulings[choice.position].reason.strip():
            raise DomainError(
                _l("Tulis alasannya: warga menunggu penjelasan ini."), field=f"reason_{choice.position}"
            )
    vote.decision, vote.decision_html, vote.decided_at = text, markdown.to_html(text), at
    for choice in vote.choices:
        ruling = rulings[choice.position]
        choice.is_taken, choice.reason = ruling.is_taken, ruling.reason.strip()
        if choice.idea:
            ledger.record(
                "idea_decided",
                subject=choice.idea.subject,
                at=at,
                project=vote.project.slug,
                taken=ruling.is_taken,
            )
    taken = [choice.position for choice in vote.choices if choice.is_taken]
    record.write(vote.project, "vote_decided", at=at, taken=taken)
    letters.tell_decision(vote, at=at)
