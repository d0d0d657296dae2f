"""A person and a thread: support, follow, read on. Public pages lead here; the forms stand here."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, db, htmx
from portal.errors import DomainError
from portal.forum import listing, pages, policy, queries, rules, services
from portal.forum.models import Post, Thread
from portal.forum.views.blueprint import bp
from portal.i18n import _


@bp.get("/followed")
@login_required
def followed() -> ResponseReturnValue:
    return render_template(
        "forum/followed.html", lines=listing.followed_rows(queries.followed_by(current_user))
    )


@bp.get("/<number>/unread")
@login_required
def unread(number: str) -> ResponseReturnValue:
    """Leads to the first post that the person has not read. Being led there counts as reading on."""
    thread = _shown_thread(number)
    position = queries.first_unread(thread, current_user)
    with db.transaction():
        services.mark_read(thread, by=current_user, at=clock.now())
    post_id = queries.post_at(thread, position)
    anchor = rules.post_number(post_id) if post_id else None
    url = pages.page_url(thread, rules.page_of(position), _anchor=anchor)
    return redirect(url, 302)


@bp.get("/<number>/follow")
@login_required
def joining(number: str) -> ResponseReturnValue:
    thread = _shown_thread(number)
    reader = queries.reader(thread, current_user)
    return render_template(
        "forum/follow.html", thread=thread, is_following=reader is not None and reader.is_following
    )


@bp.post("/<number>/followers")
@login_required
def follow(number: str) -> ResponseReturnValue:
    thread = _shown_thread(number)
    services.follow(thread, by=current_user, at=clock.now())
    flash(_("Anda mengikuti utas ini."), "success")
    return htmx.go(url_for(".show", number=thread.number))


@bp.post("/<number>/followers/removal")
@login_required
def unfollow(number: str) -> ResponseReturnValue:
    thread = queries.thread_or_404(number)
    services.unfollow(thread, by=current_user, at=clock.now())
    flash(_("Anda tidak lagi mengikuti utas ini."), "success")
    return htmx.go(url_for(".show", number=thread.number))


@bp.get("/<number>/support")
@login_required
def supporting(number: str) -> ResponseReturnValue:
    """Whoever supports a thread supports what opened it."""
    opening = queries.opening_of(_shown_thread(number))
    return redirect(url_for(".options", number=opening.number), 302)


@bp.get("/posts/<number>/options")
@login_required
def options(number: str) -> ResponseReturnValue:
    """What this person can do with a post."""
    post = _shown_post(number)
    thing = post.thread if post.is_opening else post
    may_turn = policy.may_moderate(current_user) and thing.became is None and post.response_id is None
    return render_template(
        "forum/options.html",
        post=post,
        thread=post.thread,
        is_own=policy.is_author(current_user, post),
        may_edit=policy.may_edit(current_user, post),
        may_reply=policy.may_reply(current_user, post.thread),
        may_support=policy.may_support(current_user, post),
        may_ask=post.is_opening and policy.may_ask(current_user, post.thread),
        is_supporting=queries.supports(post, current_user),
        conversion_url=url_for("moderation.new_conversion", subject=thing.subject) if may_turn else None,
        supporters=listing.supporters(post.supporter_count),
    )


@bp.post("/posts/<number>/supporters")
@login_required
def support(number: str) -> ResponseReturnValue:
    post = _shown_post(number)
    authz.require(policy.may_support(current_user, post))
    try:
        services.support(post, by=current_user, at=clock.now())
        flash(_("Terima kasih. Dukungan Anda sudah dihitung."), "success")
    except DomainError as error:
        flash(str(error), "error")
    return htmx.go(pages.post_url(post))


@bp.post("/posts/<number>/supporters/removal")
@login_required
def withdraw_support(number: str) -> ResponseReturnValue:
    post = _shown_post(number)
    services.withdraw_support(post, by=current_user, at=clock.now())
    flash(_("Dukungan Anda sudah ditarik."), "success")
    return htmx.go(pages.post_url(post))


def _shown_thread(number: str) -> Thread:
    thread = queries.thread_or_404(number)
    return abort(404) if thread.hidden_at else thread


def _shown_post(number: str) -> Post:
    post = queries.post_or_404(number)
    return abort(404) if post.hidden_at or post.thread.hidden_at else post
