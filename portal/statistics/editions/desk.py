"""The moderators' side: drafts, comments, the second person."""

from typing import Any, cast

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.errors import DomainError
from portal.i18n import _, local
from portal.statistics.editions import pages, policy, queries, services, words
from portal.statistics.editions.documents import EditionDocument
from portal.statistics.editions.forms import CommentsForm, CorrectionForm, DraftForm, PeriodForm
from portal.statistics.editions.models import Edition, EditionDraft
from portal.statistics.editions.views import bp

__all__ = ["bp"]


@bp.get("/drafts")
def drafts() -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    return _drafts(PeriodForm.last_month(local(clock.now()).date()))


@bp.post("/drafts")
def prepare() -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    form, at = PeriodForm(), clock.now()
    if form.validate_on_submit():
        try:
            draft = services.prepare(*form.days, by=_me(), at=at)
        except DomainError as error:
            form.refuse(error)
        else:
            services.ask_for_confirmation(draft, at=at)
            return htmx.go(url_for(".draft", draft_id=draft.id))
    return _drafts(form, status=422)


@bp.get("/<int:number>/correction")
def new_correction(number: int) -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    return _correction(_edition_or_404(number), CorrectionForm())


@bp.post("/<int:number>/correction")
def correct(number: int) -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    edition, form, at = _edition_or_404(number), CorrectionForm(), clock.now()
    if form.validate_on_submit():
        try:
            days = (edition.first_on, edition.last_on)
            draft = services.prepare(*days, by=_me(), at=at, corrects=edition, reason=form.reason.data or "")
        except DomainError as error:
            form.refuse(error)
        else:
            services.ask_for_confirmation(draft, at=at)
            return htmx.go(url_for(".draft", draft_id=draft.id))
    return _correction(edition, form, status=422)


@bp.get("/drafts/<int:draft_id>")
def draft(draft_id: int) -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    found = _draft_or_404(draft_id)
    return _draft(found, CommentsForm(lock=found.lock, **found.comments))


@bp.post("/drafts/<int:draft_id>/comments")
def comment(draft_id: int) -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    found, form = _draft_or_404(draft_id), CommentsForm()
    if form.validate_on_submit():
        try:
            services.comment(found, form.comments, by=_me(), expected_lock=form.lock.data or 0)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Komentar disimpan."), "success")
            return htmx.go(url_for(".draft", draft_id=draft_id))
    return _draft(found, form, status=422)


@bp.post("/drafts/<int:draft_id>/confirmation")
def confirm(draft_id: int) -> ResponseReturnValue:
    found, form = _draft_or_404(draft_id), DraftForm()
    authz.require(policy.may_confirm(current_user, found))
    try:
        seen = -1 if form.lock.data is None else form.lock.data
        edition = services.confirm(found, by=_me(), at=clock.now(), expected_lock=seen)
    except DomainError as error:
        shown = CommentsForm(formdata=None, lock=found.lock, **found.comments)
        shown.refuse(error)
        return _draft(found, shown, status=422)
    flash(_("Edisi %(number)s terbit.", number=edition.number), "success")
    return htmx.go(url_for(".show", number=edition.number))


@bp.post("/drafts/<int:draft_id>/removal")
def discard(draft_id: int) -> ResponseReturnValue:
    authz.require(policy.may_prepare(current_user))
    services.discard(_draft_or_404(draft_id), by=_me(), at=clock.now())
    flash(_("Rancangan dibuang. Tidak ada yang terbit."), "success")
    return htmx.go(url_for(".drafts"))


def _me() -> Any:
    return current_user._get_current_object()


def _edition_or_404(number: int) -> Edition:
    return queries.edition(number) or abort(404)


def _draft_or_404(draft_id: int) -> EditionDraft:
    return queries.draft(draft_id) or abort(404)


def _period(thing: Any) -> str:
    return words.period(thing.first_on, thing.last_on)


def _drafts(form: PeriodForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "statistics/editions/drafts.html", form=form, drafts=queries.drafts(), period=_period
    )
    return page, status


def _correction(edition: Edition, form: CorrectionForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "statistics/editions/correction.html", edition=edition, form=form, period=_period(edition)
    )
    return page, status


def _draft(draft: EditionDraft, form: CommentsForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "statistics/editions/draft.html",
        draft=draft,
        form=form,
        sections=words.SECTIONS,
        may_comment=policy.may_comment(current_user, draft),
        may_confirm=policy.may_confirm(current_user, draft),
        **pages.shown(cast(EditionDocument, draft.document), draft.comments),
    )
    return page, status
