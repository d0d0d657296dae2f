"""The moderators' queue, one flagged thing, and the author's way to disagree."""

from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.errors import DomainError
from portal.i18n import _
from portal.moderation import forms, policy, queries, services, targets, telling
from portal.moderation.labels import ACTION, KIND, REASON, RULE
from portal.moderation.models import Appeal, Decision, ReviewItem
from portal.moderation.rules import Action
from portal.moderation.targets import Target
from portal.moderation.views.blueprint import bp
from portal.reports.following import access


@bp.get("/moderation")
def index() -> ResponseReturnValue:
    authz.require(policy.may_moderate(current_user))
    return render_template(
        "moderation/index.html",
        items=[(item, _kind(item.subject)) for item in queries.waiting()],
        appeals=[(one, _kind(one.decision.item.subject)) for one in queries.undecided_appeals(current_user)],
    )


@bp.get("/moderation/items/<int:item_id>")
def item(item_id: int) -> ResponseReturnValue:
    authz.require(policy.may_moderate(current_user))
    found = queries.item_or_404(item_id)
    target = targets.find_or_404(found.subject)
    return _item_page(found, target, _decision_form(found, target))


@bp.post("/moderation/items/<int:item_id>/decisions")
def decide(item_id: int) -> ResponseReturnValue:
    authz.require(policy.may_moderate(current_user))
    found = queries.item_or_404(item_id)
    target = targets.find_or_404(found.subject)
    authz.require(policy.may_decide(current_user, is_author=target.is_by(current_user)))
    form = forms.DecisionForm()
    form.offer(services.offered(target))
    if not form.validate():
        return _item_page(found, target, form, 422)
    try:
        services.decide(
            found,
            target,
            action=Action(form.decision.data),
            reason=form.chosen_reason,
            note=form.note.data or "",
            by=current_user,
            at=clock.now(),
            expected_lock=form.expected_lock,
            seen=form.seen.data or "",
        )
    except DomainError as error:
        form.refuse(error)
        return _item_page(found, target, form, 422)
    flash(_("Keputusan tercatat, dan penulisnya diberi tahu."), "success")
    return htmx.go(url_for(".index"))


@bp.get("/moderation/decisions/<int:decision_id>")
def decision(decision_id: int) -> ResponseReturnValue:
    made, target = _own_decision(decision_id)
    return _decision_page(made, target, forms.AppealForm(formdata=None))


@bp.post("/moderation/decisions/<int:decision_id>/appeal")
def appeal(decision_id: int) -> ResponseReturnValue:
    made, target = _own_decision(decision_id)
    authz.require(_is_author(target))
    form = forms.AppealForm()
    if not form.validate():
        return _decision_page(made, target, form, 422)
    try:
        services.appeal(made, body=form.body.data or "", by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _decision_page(made, target, form, 422)
    flash(_("Keberatan Anda diterima. Moderator lain memutuskannya, dan Anda diberi tahu."), "success")
    return htmx.go(url_for(".decision", decision_id=decision_id))


@bp.get("/moderation/appeals/<int:appeal_id>")
def review_appeal(appeal_id: int) -> ResponseReturnValue:
    made, target = _appeal(appeal_id)
    return _appeal_page(made, target, forms.AppealDecisionForm(formdata=None))


@bp.post("/moderation/appeals/<int:appeal_id>/decision")
def decide_appeal(appeal_id: int) -> ResponseReturnValue:
    made, target = _appeal(appeal_id)
    form = forms.AppealDecisionForm()
    if not form.validate():
        return _appeal_page(made, target, form, 422)
    try:
        services.decide_appeal(
            made,
            target,
            is_granted=form.outcome.data == "granted",
            note=form.note.data or "",
            by=current_user,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _appeal_page(made, target, form, 422)
    flash(_("Keputusan tercatat, dan penulisnya diberi tahu."), "success")
    return htmx.go(url_for(".index"))


def _item_page(item: ReviewItem, target: Target, form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "moderation/item.html",
        item=item,
        target=target,
        url=telling.address(target.subject),
        kind=KIND[target.kind],
        reasons=REASON,
        decisions=[telling.line(one) for one in item.decisions],
        form=form if policy.may_decide(current_user, is_author=target.is_by(current_user)) else None,
    ), status


def _decision_form(item: ReviewItem, target: Target) -> forms.DecisionForm:
    form = forms.DecisionForm(formdata=None, lock=str(item.lock), seen=target.seen)
    form.offer(services.offered(target))
    return form


def _own_decision(decision_id: int) -> tuple[Decision, Target]:
    """A decision as its author or a moderator reads it; for everybody else it does not exist."""
    made = queries.decision_or_404(decision_id)
    target = targets.find_or_404(made.item.subject)
    if not (_is_author(target) or policy.may_moderate(current_user)):
        if target.kind == "report" and not current_user.is_authenticated:
            # Whoever reported without an account shows the code of the report first.
            abort(htmx.go(url_for("following.track", number=target.thing.number)))
        authz.require(current_user.is_authenticated)
        abort(404)
    return made, target


def _is_author(target: Target) -> bool:
    if target.kind == "report":
        return access.may_open(target.thing)
    return target.is_by(current_user)


def _decision_page(made: Decision, target: Target, form: Any, status: int = 200) -> ResponseReturnValue:
    may_appeal = _is_author(target) and policy.can_be_appealed(made, clock.now())
    return render_template(
        "moderation/decision.html",
        decision=made,
        target=target,
        url=telling.address(target.subject),
        kind=KIND[target.kind],
        action=ACTION[made.action],
        rule=RULE[made.reason] if made.reason else "",
        form=form if may_appeal else None,
    ), status


def _appeal(appeal_id: int) -> tuple[Appeal, Target]:
    authz.require(policy.may_moderate(current_user))
    made = queries.appeal_or_404(appeal_id)
    target = targets.find_or_404(made.decision.item.subject)
    authz.require(policy.may_decide_appeal(current_user, made, is_author=target.is_by(current_user)))
    return made, target


def _appeal_page(made: Appeal, target: Target, form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "moderation/appeal.html",
        appeal=made,
        target=target,
        url=telling.address(target.subject),
        kind=KIND[target.kind],
        action=ACTION[made.decision.action],
        rule=RULE[made.decision.reason] if made.decision.reason else "",
        form=form,
    ), status


def _kind(subject: str) -> Any:
    return KIND[subject.partition(":")[0]]
