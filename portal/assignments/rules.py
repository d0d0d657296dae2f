"""The duty to respond: kinds of response, what each does to the clock, and bases of refusal."""

from dataclasses import dataclass
from enum import StrEnum

from portal.deadlines.rules.stages import Stage


class ResponseKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    INTERIM = "interim"
    ANSWER = "answer"  # resolves
    REFUSAL = "refusal"  # with its basis
    TRANSFER = "transfer"
    NOTE = "note"  # internal, never public, never stops a clock
    CONSULTATION = "consultation"  # internal: asks a colleague or another agency; stops no clock either
    CONTRIBUTION = "contribution"  # internal: what they answered
    NO_HELP = "no_help"  # internal: they cannot


class RefusalBasis(StrEnum):
    NOT_COMPETENT = "not_competent"
    DUPLICATE = "duplicate"
    UNCLEAR = "unclear"  # only after a question that was not answered
    UNLAWFUL = "unlawful"


class AssignmentState(StrEnum):
    OPEN = "open"
    RETURNED = "returned"  # declined, or passed on too often: moderators decide whose it is
    ANSWERED = "answered"  # resolved or refused; the resident may still react
    CLOSED = "closed"


class Verdict(StrEnum):
    """Whether an answer solved the matter, for whoever brought it or waits with them."""

    SOLVED = "solved"
    PARTLY = "partly"  # ends it as "solved" does, and can be reopened; never counts as solved
    NOT = "not"


UNANSWERED = frozenset({AssignmentState.OPEN, AssignmentState.RETURNED})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of response does to the clock."""

    meets: frozenset[Stage] = frozenset()
    pauses: bool = False
    resolves: bool = False  # ends the official's duty, until the resident disputes it


EFFECTS = {
    ResponseKind.ACKNOWLEDGEMENT: Effect(),
    ResponseKind.QUESTION: Effect(pauses=True),
    ResponseKind.INTERIM: Effect(meets=frozenset({Stage.RESPOND})),
    ResponseKind.ANSWER: Effect(meets=frozenset({Stage.RESPOND, Stage.RESOLVE}), resolves=True),
    ResponseKind.REFUSAL: Effect(meets=frozenset({Stage.RESPOND, Stage.RESOLVE}), resolves=True),
    ResponseKind.TRANSFER: Effect(),  # restarts respond for the receiver; RULES: never meets
    ResponseKind.NOTE: Effect(),
    ResponseKind.CONSULTATION: Effect(),
    ResponseKind.CONTRIBUTION: Effect(),
    ResponseKind.NO_HELP: Effect(),
}
MEETS_RESPOND = frozenset(kind for kind, effect in EFFECTS.items() if Stage.RESPOND in effect.meets)
MEETS_RESOLVE = frozenset(kind for kind, effect in EFFECTS.items() if Stage.RESOLVE in effect.meets)
HELP = frozenset({ResponseKind.CONSULTATION, ResponseKind.CONTRIBUTION, ResponseKind.NO_HELP})
INTERNAL = HELP | {ResponseKind.NOTE}
PUBLIC = frozenset(ResponseKind) - INTERNAL
NEEDS_APPROVAL = MEETS_RESOLVE  # where the agency wants its supervisors to read what ends a matter
# Said to whoever brought the matter: makes no sense where nobody did.
TO_RESIDENT = frozenset(
    {
        ResponseKind.ACKNOWLEDGEMENT,
        ResponseKind.QUESTION,
        ResponseKind.INTERIM,
        ResponseKind.REFUSAL,
    }
)
MAY_BE_WORDLESS = frozenset({ResponseKind.ACKNOWLEDGEMENT})  # one click: "we have received it"

MAX_HOPS = 2  # transfers between agencies; after them moderators decide
BODY_LENGTH = 8000
REASON_LENGTH = 1000
