"""The duty to respond: kinds of response, what each does to the clock, and bases of refusal."""

from enum import StrEnum


class ResponseKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    INTERIM = "interim"
    ANSWER = "answer"  # resolves
    REFUSAL = "refusal"  # with its basis
    TRANSFER = "transfer"
    NOTE = "note"  # internal, never public, never stops a clock


class RefusalBasis(StrEnum):
    NOT_COMPETENT = "not_competent"
    DUPLICATE = "duplicate"
    UNCLEAR = "unclear"  # only after a question that was not answered
    UNLAWFUL = "unlawful"


class AssignmentState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"  # resolved or refused; the resident may still react
    CLOSED = "closed"


MEETS_RESPOND = frozenset({ResponseKind.INTERIM, ResponseKind.ANSWER, ResponseKind.REFUSAL})
MEETS_RESOLVE = frozenset({ResponseKind.ANSWER, ResponseKind.REFUSAL})
PUBLIC = frozenset(ResponseKind) - {ResponseKind.NOTE}
