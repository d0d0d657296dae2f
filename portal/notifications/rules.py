"""Who is told, of what kind, and by which way; how a letter is named so that it arrives once."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.accounts.rules import STAFF, Role, fold_email

BOUNCES_BEFORE_PAUSE = 3  # a full mailbox comes back once or twice; an address that is gone always does


@dataclass(frozen=True)
class Recipient:
    """A person to tell: in the portal when `user_id` is set, by letter when `address` is, or both.

    Whoever brought the anonymous report of the number `sealed_for` is told by letter alone, and found only
    when it goes out: see sealed.py.
    """

    user_id: int | None = None
    address: str | None = None
    language: str = "id"
    sealed_for: str | None = None


@dataclass(frozen=True)
class Letter:
    """A text ready to be sent; the subject is one line."""

    subject: str
    body: str


class Channel(StrEnum):
    """How somebody is told."""

    LETTER = "letter"  # and in the portal
    PORTAL = "portal"  # only there
    SUMMARY = "summary"  # in the portal, and together in one letter a day
    NONE = "none"


class Group(StrEnum):
    """Letters that are chosen together."""

    ACCOUNT = "account"
    ASKED = "asked"
    OWN_REPORT = "own_report"
    FOLLOWED_REPORT = "followed_report"
    FORUM = "forum"
    IDEAS = "ideas"
    PROJECTS = "projects"
    MEETINGS = "meetings"
    SURVEYS = "surveys"
    MODERATION = "moderation"
    DUTY = "duty"
    TEAM = "team"
    TRIAGE = "triage"
    OVERDUE = "overdue"
    SUMMARY = "summary"
    MAIL = "mail"


ALWAYS = frozenset({Channel.LETTER})
ORDINARY = frozenset({Channel.LETTER, Channel.PORTAL, Channel.SUMMARY})
NEWS = frozenset(Channel)  # what nobody has to know


@dataclass(frozen=True)
class Kind:
    """The letters of a group, the ways that may be chosen, and what holds until somebody chooses.

    `roles` are those to whom the group means anything; `other_defaults` holds for some roles.
    """

    letters: frozenset[str]
    offered: frozenset[Channel] = ORDINARY
    default: Channel = Channel.LETTER
    roles: frozenset[Role] = frozenset(Role)
    other_defaults: Mapping[Role, Channel] = field(default_factory=dict)

    @property
    def is_adjustable(self) -> bool:
        return len(self.offered) > 1


def _letters(names: str) -> frozenset[str]:
    return frozenset(names.split())


DUTY_ROLES = frozenset({Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD})
LEADERS = frozenset({Role.SUPERVISOR, Role.HEAD, Role.INSPECTORATE})

# In the order of the page. Whoever adds a letter to templates/letters names it in one of these.
KINDS = {
    Group.OWN_REPORT: Kind(
        _letters(
            "report_received report_verified report_moved report_interim report_answered report_refused "
            "report_refused_unverified report_refusal_overturned report_archived report_closed_by_silence "
            "report_verdict_reminder "
            "report_text_corrected report_photo_changed report_merged report_merged_in report_unmerged "
            "report_split report_kind_changed report_carried report_answered_officially"
        )
    ),
    Group.FOLLOWED_REPORT: Kind(
        _letters(
            "followed_report_answered followed_report_refused followed_report_moved "
            "followed_report_reopened followed_report_closed followed_report_carried "
            "followed_report_answered_officially"
        ),
        NEWS,
    ),
    Group.FORUM: Kind(
        _letters(
            "forum_answered forum_asked forum_became forum_interim forum_moved forum_new_posts forum_refused "
            "forum_closed_by_silence forum_refusal_overturned forum_verdict_reminder"
        ),
        NEWS,
    ),
    Group.IDEAS: Kind(
        _letters(
            "idea_closed_by_silence idea_moved idea_refusal_overturned idea_reply idea_status "
            "idea_status_supporter idea_verdict_reminder pin_judged"
        ),
        NEWS,
    ),
    Group.PROJECTS: Kind(
        _letters(
            "building_report plan_published project_ideas_decided project_phase_closed "
            "project_phase_opened vote_counted vote_decided"
        ),
        NEWS,
    ),
    Group.MEETINGS: Kind(_letters("meeting_cancelled meeting_changed meeting_invited meeting_minutes"), NEWS),
    Group.SURVEYS: Kind(_letters("survey_invitation survey_reminder"), NEWS),
    Group.DUTY: Kind(
        _letters(
            "duty_merged duty_restored duty_kind_changed "
            "duty_new duty_message duty_moved duty_refusal_overturned duty_reopened duty_replied "
            "duty_unanswered "
            "duty_feedback escalation_remind extension_granted extension_refused "
            "leave_back leave_decided leave_duties leave_stand_in "
            "answer_approved answer_sent_back evidence_disputed help_asked help_declined help_given"
        ),
        roles=DUTY_ROLES,
        other_defaults={Role.HEAD: Channel.SUMMARY},  # who answers seldom reads it in the morning
    ),
    Group.TEAM: Kind(
        _letters(
            "duty_feedback_answered escalation_warn extension_asked leave_asked leave_cancelled leave_coming "
            "leave_duty_stays answer_waiting"
        ),
        roles=LEADERS,
    ),
    Group.TRIAGE: Kind(
        _letters("calendar_ends edition_waiting forum_unrouted import_failed"),
        roles=frozenset({Role.MODERATOR, Role.ADMINISTRATOR}),
    ),
    Group.SUMMARY: Kind(_letters("daily_summary"), frozenset({Channel.LETTER, Channel.NONE})),
    # What nobody can switch off: what opens an account, what lapses, what takes a right away.
    Group.ACCOUNT: Kind(
        _letters(
            "account_confirm account_known new_password official_invited lost_numbers report_identity_opened "
            "follow_confirm"
        ),
        ALWAYS,
    ),
    Group.ASKED: Kind(_letters("report_question forum_question idea_question"), ALWAYS),
    Group.OVERDUE: Kind(_letters("escalation_due escalation_overdue escalation_triage"), ALWAYS, roles=STAFF),
    Group.MODERATION: Kind(
        _letters(
            "moderation_hidden moderation_hidden_by_flags moderation_lock_upheld moderation_locked "
            "moderation_restored moderation_unlocked moderation_upheld"
        ),
        ALWAYS,
    ),
    Group.MAIL: Kind(_letters("reply_not_taken intake_draft intake_refused"), ALWAYS),
}
# Answers to people whom nothing here may name: their address goes as soon as the letter has left.
TRACELESS = frozenset({"intake_draft", "intake_refused"})
TRACELESS_DAYS = 2  # a letter that did not leave by then never will
GROUP_OF = {letter: group for group, kind in KINDS.items() for letter in kind.letters}


def leaves_no_trace(letter: Any) -> bool:
    """Must nothing be noted of its reader, not even that the address takes no letters?"""
    return letter.sealed_for is not None or letter.kind in TRACELESS


def group_of(letter: str) -> Group:
    """The group of a letter; one that nobody put into a group is never held back."""
    return GROUP_OF.get(letter, Group.ACCOUNT)


def channel(group: Group, choices: Mapping[str, str], roles: Iterable[Role]) -> Channel:
    """How a person with these choices and roles is told; a choice that is not offered any more is none."""
    kind = KINDS[group]
    chosen = choices.get(group)
    if chosen in kind.offered:
        return Channel(chosen)
    return default(group, roles)


def default(group: Group, roles: Iterable[Role]) -> Channel:
    """What holds until somebody chooses: the most careful way of all the person's roles."""
    kind = KINDS[group]
    concerned = [role for role in roles if role in kind.roles and role is not Role.RESIDENT]
    found = {kind.other_defaults.get(role, kind.default) for role in concerned}
    return found.pop() if len(found) == 1 else kind.default


def address_digest(address: str) -> str:
    """What is kept of an address: enough to know it again."""
    return hashlib.sha256(f"letters:{fold_email(address)}".encode()).hexdigest()


def message_id(key: str, host: str) -> str:
    """The same for the same key, so that mail programs show a letter that was sent again only once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"
