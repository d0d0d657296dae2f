"""The values of the page of one duty: each part of the page (templates/desk/duty/) has its own."""

from datetime import datetime
from typing import Any

from flask import url_for

from portal.accounts.models import User
from portal.assignments import clocks, drafts, evidence, exhibits, feedback, owners, policy
from portal.assignments.labels import STATE
from portal.assignments.models import Assignment
from portal.assignments.owners import Brief
from portal.assignments.rules import BODY_LENGTH, AssignmentState, ResponseKind
from portal.assignments.steps import Step
from portal.deadlines import queries as deadlines
from portal.desk import acts, board, drafting, story
from portal.desk.acts import Act
from portal.desk.drafting import News
from portal.desk.policy import may_see_team, may_triage, may_use_desk
from portal.i18n import _
from portal.organisation.policy import may_lead_a_team
from portal.routing import reasons


def values(
    assignment: Assignment, user: User, act: Act | None, form: Any, *, since: int | None = None, at: datetime
) -> dict[str, Any]:
    """Everything that templates/desk/show.html shows to this person at this moment; `since` as
    `views.taking.page` has it."""
    brief = owners.of(assignment).brief(assignment)
    steps = story.steps(assignment, brief)
    return {
        "number": assignment.number,
        "room": _room(assignment, user),
        "assignment": assignment,
        "kind_label": brief.kind,
        "public_url": url_for(owners.of(assignment).endpoint, number=assignment.number),
        **_matter(assignment, brief),
        **_timeline(assignment, user, steps),
        **_clocks(assignment, user, brief, at),
        **_asking(assignment, user, at),
        **_holder(assignment),
        "moderation_url": _moderation_url(assignment, user),
        **_feedback(assignment, user),
        **_extensions(assignment, user),
        **_answer_box(assignment, user, act, form),
        **_draft(assignment, user, act, at),
        **_evidence(assignment, user, act),
        **_help(assignment, user),
        **_approval(assignment, user),
        "may_correct": policy.may_correct(user, assignment),
        "news": _news(assignment, user, steps, since),
    }


def _room(assignment: Assignment, user: User) -> tuple[str, str]:
    """Where the page leads back to, with its name: the desk it lies on, or the room of who looks in."""
    holder = assignment.official
    if holder is not None and holder.user_id != user.id and may_see_team(user):
        return (_("Tim") if may_lead_a_team(user) else _("Pengawasan")), url_for("desk.team")
    if may_use_desk(user):
        return _("Meja kerja"), url_for("desk.index")
    return _("Meja verifikasi"), url_for("desk.triage")


def _moderation_url(assignment: Assignment, user: User) -> str | None:
    """Where moderators put a report right; None for others, and for what is no report."""
    is_theirs = assignment.origin == "report" and may_triage(user)
    return url_for("desk.edit_public_text", number=assignment.number) if is_theirs else None


def answer_url(assignment: Assignment) -> str | None:
    """The owner's own page to write the answer on; None where that is done here."""
    endpoint = owners.of(assignment).answer_endpoint
    return url_for(endpoint, number=assignment.number) if endpoint else None


def _matter(assignment: Assignment, brief: Brief) -> dict[str, Any]:
    return {
        "marks": story.marks(assignment, brief),
        "text": brief.text,
        "html": brief.html,
        "facts": story.facts(assignment, brief),
        "photos": brief.photos,
        "point": brief.point,
    }


def _timeline(assignment: Assignment, user: User, steps: list[Step]) -> dict[str, Any]:
    folded, shown = story.fold(steps)
    return {
        "steps": steps,
        "folded_steps": folded,
        "open_steps": shown,
        "editable": {one.id for one in assignment.responses if policy.may_edit(user, one)},
    }


def _clocks(assignment: Assignment, user: User, brief: Brief, at: datetime) -> dict[str, Any]:
    shown = clocks.of(assignment, at, earlier=brief.earlier_clock_ids)
    return {
        "clocks_shown": shown,
        "ceiling": deadlines.ceiling_of(shown) if may_lead_a_team(user) else None,
    }


def _asking(assignment: Assignment, user: User, at: datetime) -> dict[str, Any]:
    """What a question to the resident meets: one that still waits, or the last that needs no supervisor."""
    rules, official = deadlines.policy(at), assignment.official
    is_holder = official is not None and official.user_id == user.id
    is_asked = assignment.clock.paused_at is not None
    is_asked_enough = assignment.question_count >= rules.max_pauses
    return {
        "is_asked": is_asked,
        "is_asked_enough": is_asked_enough,
        "can_ask": not is_asked and not (is_asked_enough and is_holder),
        "pause_cap_days": rules.pause_cap_days,
    }


def _holder(assignment: Assignment) -> dict[str, Any]:
    return {"reason": reasons.tell(assignment.routing_reason)}


def _feedback(assignment: Assignment, user: User) -> dict[str, Any]:
    """Where what these two say to each other is read; nobody else is led there."""
    official = assignment.official
    is_between = official is not None and (official.user_id == user.id or feedback.may_give(user, assignment))
    address = url_for("desk.feedback_on", number=assignment.number) if is_between else None
    return {"feedback_url": address}


def _extensions(assignment: Assignment, user: User) -> dict[str, Any]:
    return {
        "decides": [one for one in assignment.extensions if policy.may_decide_extension(user, one)],
        "stage_names": board.STAGE,
    }


def _answer_box(assignment: Assignment, user: User, act: Act | None, form: Any) -> dict[str, Any]:
    return {
        "act": act,
        "acts": acts.open_to(user, assignment),
        "form": form,
        "answer_url": answer_url(assignment),
        "may_acknowledge": story.may_acknowledge(user, assignment),
        "state_label": STATE[assignment.state],
        "is_over": assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED),
        "body_limit": BODY_LENGTH,
    }


def _draft(assignment: Assignment, user: User, act: Act | None, at: datetime) -> dict[str, Any]:
    draft = drafts.own(assignment, user)
    return {
        "draft": draft,
        "kept_words": drafting.words(draft) if draft and not act else "",
        "writers": drafts.writers(assignment, user, at),
        "is_for_resident": act is not None and act.takes_words,
        "takes_beginnings": any(one.takes_words for one in acts.open_to(user, assignment)),
    }


def _evidence(assignment: Assignment, user: User, act: Act | None) -> dict[str, Any]:
    mine = [one for one in assignment.unsent_photos if one.added_by_id == user.id]
    return {
        "takes_evidence": act is not None and act.kind in evidence.SHOWN_WITH,
        "unsent": exhibits.of_photos(mine, assignment.number),
        "is_evidence_full": len(mine) >= evidence.AT_MOST,
    }


def _help(assignment: Assignment, user: User) -> dict[str, Any]:
    asked = [one for one in assignment.responses if one.kind == ResponseKind.CONSULTATION]
    asked_of_me = [one for one in asked if policy.may_contribute(user, one)]
    return {
        "may_ask_for_help": policy.may_respond(user, assignment),
        "asked": [one for one in asked if one.settled_at is None and one not in asked_of_me],
        "asked_of_me": asked_of_me,
        "given": [one for one in assignment.responses if one.kind == ResponseKind.CONTRIBUTION],
    }


def _approval(assignment: Assignment, user: User) -> dict[str, Any]:
    """What waits for a supervisor; of a former holder's agency nothing does."""
    pending = assignment.pending
    is_alive = pending is not None and pending.agency_id == assignment.agency_id
    return {
        "pending": pending if is_alive and assignment.state == AssignmentState.OPEN else None,
        "is_own_pending": pending is not None and pending.author_id == user.id,
        "leads": may_lead_a_team(user),
        "needs_approval": policy.needs_approval(user, assignment, ResponseKind.ANSWER),
    }


def _news(assignment: Assignment, user: User, steps: list[Step], since: int | None) -> News | None:
    """What happened since the person sent something, or since they kept a draft; None when nothing did."""
    if since is not None:
        return News(steps[since:], is_conflict=True)
    kept_at = drafting.stale_since(assignment, user)
    return None if kept_at is None else News(steps[kept_at:], is_conflict=False)
