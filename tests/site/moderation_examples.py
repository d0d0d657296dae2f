"""Examples for the parts of moderation's addresses."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.moderation import services, targets
from portal.moderation.rules import Action, Reason
from tests.builders import MONDAY, make_post, make_thread, make_user


def parts(resident: User | None) -> dict[str, dict[str, Any]]:
    """Something that is flagged, a decision on the resident's own words, and an appeal against another."""
    flagged = make_post(make_thread())
    item = _flag(flagged.subject)
    decision = _hidden(make_post(make_thread(), by=resident).subject)
    appealed = _hidden(make_post(make_thread()).subject)
    appeal = services.appeal(appealed, body="Keliru.", by=make_user(), at=MONDAY)
    return {
        "moderation": {"subject": make_post().subject, "item_id": item.id, "appeal_id": appeal.id},
        "moderation.decision": {"decision_id": decision.id},
        "moderation.appeal": {"decision_id": decision.id},
    }


def _flag(subject: str) -> Any:
    target = targets.find_or_404(subject)
    return services.flag(target, reason=Reason.ABUSE, note="", by=make_user(), at=MONDAY)


def _hidden(subject: str) -> Any:
    item = _flag(subject)
    target = targets.find_or_404(subject)
    return services.decide(
        item,
        target,
        action=Action.HIDDEN,
        reason=Reason.ABUSE,
        note="",
        by=make_user(Role.MODERATOR),
        at=MONDAY,
        expected_lock=item.lock,
        seen=target.seen,
    )
