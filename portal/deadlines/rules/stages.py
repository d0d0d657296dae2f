"""The stages of a duty and the kinds of matter that have one."""

from enum import StrEnum


class Stage(StrEnum):
    VERIFY = "verify"
    RESPOND = "respond"
    RESOLVE = "resolve"


class Matter(StrEnum):
    """What a clock runs for; the policy names a limit for each of its stages."""

    COMPLAINT = "complaint"
    SUPERVISORY_COMPLAINT = "supervisory_complaint"  # berkadar pengawasan
    SUGGESTION = "suggestion"
    INFORMATION_REQUEST = "information_request"
    FORMAL_INFORMATION_REQUEST = "formal_information_request"  # UU 14/2008
    DECLINED_TRANSFER = "declined_transfer"  # back at triage after the receiver declined
    SUPPORTED_SUGGESTION = "supported_suggestion"  # enough supporters: the head's own answer
    THREAD_QUESTION = "thread_question"
    IDEA_STATUS = "idea_status"
    PROJECT_REPORT = "project_report"
    SURVEY_CHANGES = "survey_changes"


class Step(StrEnum):
    """A rung of the escalation ladder."""

    REMIND = "remind"  # the official, at half of the time
    WARN = "warn"  # the supervisor, at four fifths
    DUE = "due"  # the head of agency, when due
    OVERDUE = "overdue"  # the inspectorate, five working days over


LADDER = (Step.REMIND, Step.WARN, Step.DUE, Step.OVERDUE)
