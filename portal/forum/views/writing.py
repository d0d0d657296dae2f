"""Writing: a new thread, a reply, an edit; each can be looked at before it is sent."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_login import current_user, login_required

from portal import authz, clock, htmx, markdown
from portal.assignments import policy as assignments
from portal.errors import DomainError
from portal.forum import forms, pages, policy, posts, queries, rules, services
from portal.forum.models import Post, Thread
from portal.forum.views.blueprint import bp
from portal.i18n import _, _l
from portal.security import limiter

LIMIT = "30 per hour"  # posts of one person; a lively evening has fewer
IS_FAST = _l("Anda menulis cepat sekali. Tunggu sebentar, lalu kirim lagi; tulisan Anda masih ada di sini.")


@bp.get("/new")
@login_required
def new() -> ResponseReturnValue:
    form = _thread_form(formdata=None, data={"category": request.args.get("category", "")[:60]})
    form.mint()
    return _thread_page(form)


@bp.post("/new")
@login_required
def create() -> ResponseReturnValue:
    form = _thread_form()
    if _is_preview():
        return _thread_page(form, is_preview=True)
    if form.validate():
        try:
            with _limit():
                thread = services.open_thread(
                    queries.category_or_404(form.category.data),
                    title=form.title.data or "",
                    body=form.body.data or "",
                    area_code=form.area.data,
                    photos=form.photos(),
                    form_token=form.token.data,
                    by=current_user,
                    at=clock.now(),
                )
            flash(_("Utas Anda sudah terbit. Anda dikabari jika ada balasan."), "success")
            return htmx.go(url_for(".show", number=thread.number))
        except DomainError as error:
            form.refuse(error)
        except RateLimitExceeded:
            form.form_errors.append(str(IS_FAST))
    return _thread_page(form, 422)


@bp.get("/<number>/reply")
@login_required
def new_reply(number: str) -> ResponseReturnValue:
    """`quote` names a post whose words stand in the form already."""
    thread = _open_thread(number)
    form = forms.ReplyForm(formdata=None, data={"body": _quotation(thread)})
    form.mint()
    return _reply_page(thread, form)


@bp.post("/<number>/reply")
@login_required
def create_reply(number: str) -> ResponseReturnValue:
    thread, form = queries.thread_or_404(number), forms.ReplyForm()
    authz.require(policy.may_write(current_user))
    if _is_preview():
        return _reply_page(thread, form, is_preview=True)
    if form.validate():
        try:
            with _limit():
                post = services.reply(
                    thread,
                    body=form.body.data or "",
                    photos=form.photos(),
                    form_token=form.token.data,
                    by=current_user,
                    at=clock.now(),
                )
            return htmx.go(pages.post_url(post))
        except DomainError as error:
            form.refuse(error)
        except RateLimitExceeded:
            form.form_errors.append(str(IS_FAST))
    return _reply_page(thread, form, 422)


@bp.get("/posts/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    post = queries.post_or_404(number)
    authz.require(policy.may_edit(current_user, post))
    data = {"body": post.body, "title": post.thread.title}
    kind = forms.EditOpeningForm if post.is_opening else forms.EditForm
    return _edit_page(post, kind(formdata=None, data=data))


@bp.post("/posts/<number>/edit")
@login_required
def update(number: str) -> ResponseReturnValue:
    post = queries.post_or_404(number)
    authz.require(policy.may_edit(current_user, post))
    form = forms.EditOpeningForm() if post.is_opening else forms.EditForm()
    if _is_preview():
        return _edit_page(post, form, is_preview=True)
    if form.validate():
        title = form.title.data if isinstance(form, forms.EditOpeningForm) else None
        try:
            services.edit(post, body=form.body.data or "", title=title, at=clock.now())
            flash(
                _("Perubahan Anda sudah terbit. Tulisan lama tetap ada di riwayatnya."),
                "success",
            )
            return htmx.go(pages.post_url(post))
        except DomainError as error:
            form.refuse(error)
    return _edit_page(post, form, 422)


def _limit() -> Any:
    """Counted by account: a whole kampung may stand behind one address."""
    return limiter.limit(LIMIT, key_func=lambda: f"forum:{current_user.id}")


def _is_preview() -> bool:
    return "preview" in request.form


def _open_thread(number: str) -> Thread:
    thread = queries.thread_or_404(number)
    if thread.hidden_at:
        abort(404)
    authz.require(policy.may_write(current_user))
    return thread


def _quotation(thread: Thread) -> str:
    quoted = rules.id_in(request.args.get("quote", ""), rules.POST_PREFIX)
    row = queries.post_of(thread, quoted) if quoted else None
    return posts.quote(row) if row and row.hidden_at is None else ""


def _thread_form(**given: Any) -> forms.ThreadForm:
    form = forms.ThreadForm(**given)
    form.category.choices = pages.category_choices()
    form.area.choices = pages.area_choices(_("Seluruh kota"))
    return form


def _thread_page(
    form: forms.ThreadForm, status: int = 200, *, is_preview: bool = False
) -> ResponseReturnValue:
    return _page("forum/new.html", form, status, is_preview=is_preview, action=url_for(".create"))


def _reply_page(
    thread: Thread, form: forms.ReplyForm, status: int = 200, *, is_preview: bool = False
) -> ResponseReturnValue:
    action = url_for(".create_reply", number=thread.number)
    duty = thread.assignment
    answers_it = duty is not None and assignments.may_respond(current_user, duty)
    shown = {
        "thread": thread,
        "may_reply": policy.may_reply(current_user, thread),
        "desk_url": url_for("desk.show", number=thread.number) if answers_it else None,
    }
    return _page("forum/reply.html", form, status, is_preview=is_preview, action=action, **shown)


def _edit_page(
    post: Post, form: forms.PostForm, status: int = 200, *, is_preview: bool = False
) -> ResponseReturnValue:
    action = url_for(".update", number=post.number)
    return _page("forum/edit.html", form, status, is_preview=is_preview, action=action, post=post)


def _page(
    template: str, form: forms.PostForm, status: int, *, is_preview: bool, **context: Any
) -> ResponseReturnValue:
    preview = markdown.to_html(form.body.data or "") if is_preview else None
    return htmx.render(template, block="preview", status=status, form=form, preview=preview, **context)
