"""When flags hide something by themselves, what moderators may decide, and for which reasons."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why something breaks the house rules; the numbers of the rules follow this order."""

    ABUSE = "abuse"
    HATE = "hate"
    PERSONAL_DATA = "personal_data"
    ACCUSATION = "accusation"
    INDECENT = "indecent"
    UNLAWFUL = "unlawful"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"


class Action(StrEnum):
    """What was done with something that is public."""

    HIDDEN_BY_FLAGS = "hidden_by_flags"  # for now, until a moderator has looked
    HIDDEN = "hidden"
    KEPT = "kept"
    LOCKED = "locked"  # a thread that takes no more posts
    UNLOCKED = "unlocked"
    UPHELD = "upheld"  # after an appeal: it stays hidden
    LOCK_UPHELD = "lock_upheld"  # after an appeal: it stays locked
    RESTORED = "restored"  # after an appeal, or because flags alone had hidden it


class Standing(StrEnum):
    """What a person's flag weighs."""

    NEW = "new"
    ORDINARY = "ordinary"
    TRUSTED = "trusted"


class ItemState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


WEIGHTS = {Standing.NEW: 30, Standing.ORDINARY: 100, Standing.TRUSTED: 150}  # hundredths: sums stay exact
THRESHOLD = 300
NEW_FOR = timedelta(days=7)
TRUSTED_AFTER = 5  # flags that moderators agreed with
TRUSTED_ACCURACY = 0.8
APPEAL_FOR = timedelta(days=14)
NOTE_LENGTH = 1000
HIDING = frozenset({Action.HIDDEN, Action.HIDDEN_BY_FLAGS})
KEEPS_HIDDEN = HIDING | {Action.UPHELD}  # also where it was shown again while the appeal waited
REASONED = frozenset({Action.HIDDEN, Action.LOCKED})  # no moderator does this without naming the rule
APPEALABLE = HIDING | REASONED
ABOUT_LOCKS = frozenset({Action.LOCKED, Action.UNLOCKED, Action.LOCK_UPHELD})


def outcome(disputed: Action, *, is_granted: bool) -> Action:
    """What an appeal against an action ends in."""
    if disputed == Action.LOCKED:
        return Action.UNLOCKED if is_granted else Action.LOCK_UPHELD
    return Action.RESTORED if is_granted else Action.UPHELD


def accuracy(upheld: int, decided: int) -> float:
    """How often moderators agreed with a person's flags: 1 at the start, nearer to the truth with each."""
    return (upheld + 1) / (decided + 1)


def standing(*, joined_at: datetime, upheld: int, decided: int, is_staff: bool, at: datetime) -> Standing:
    """A person who was right often enough is trusted, and so is staff; a new account counts little."""
    if is_staff or (upheld >= TRUSTED_AFTER and accuracy(upheld, decided) >= TRUSTED_ACCURACY):
        return Standing.TRUSTED
    return Standing.NEW if at - joined_at < NEW_FOR else Standing.ORDINARY


def weight(held: Standing, *, upheld: int, decided: int) -> int:
    """What a flag weighs, in hundredths; THRESHOLD hides."""
    return round(WEIGHTS[held] * accuracy(upheld, decided))


def fingerprint(*texts: str) -> str:
    """Stands for a version of a text: who decides, decides about what they read."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
