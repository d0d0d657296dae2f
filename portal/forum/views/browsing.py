"""What everybody reads: the front page, a category, a thread, and what a post said before."""

from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx, page_cache
from portal.forum import forms, labels, listing, pages, posts, queries, rules
from portal.forum.views.blueprint import bp

DIGITS = 6  # of a page's number; no thread has more pages


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    wanted = forms.filter_from(request.args)
    return htmx.render(
        "forum/index.html",
        block="thread_list",
        shelves=[] if htmx.wants_fragment() or forms.values(wanted) else listing.shelves(queries.shelves()),
        **pages.listed(wanted, clock.now()),
    )


@bp.get("/categories/<slug>")
@page_cache.public
def category(slug: str) -> ResponseReturnValue:
    found = queries.category_or_404(slug)
    wanted = replace(forms.filter_from(request.args), category_id=found.id)
    return htmx.render(
        "forum/category.html",
        block="thread_list",
        category=found,
        name=labels.category_name(found),
        description=labels.category_description(found),
        **pages.listed(wanted, clock.now(), found),
    )


@bp.get("/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    thread = queries.thread_or_404(number)
    if number != thread.number:
        return redirect(url_for(".show", number=thread.number), 301)
    if thread.hidden_at:
        return render_template("forum/hidden.html", thread=thread)
    page = _page(request.args.get("page", "1"))
    if page > rules.page_of(thread.last_position):
        abort(404)
    return render_template("forum/show.html", **pages.thread_page(thread, page, clock.now()))


@bp.get("/posts/<number>")
def permalink(number: str) -> ResponseReturnValue:
    """Where a post stands never changes, though the size of a page may."""
    return redirect(pages.post_url(queries.post_or_404(number)), 302)


@bp.get("/posts/<number>/history")
@page_cache.public
def history(number: str) -> ResponseReturnValue:
    """What a post said before it was edited; nothing of a hidden one."""
    post = queries.post_or_404(number)
    if post.hidden_at or post.thread.hidden_at or post.response_id is not None:
        abort(404)
    return render_template(
        "forum/history.html",
        post=post,
        thread=post.thread,
        texts=posts.texts(post, queries.former_texts(post)),
    )


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text) > 0
    return int(text) if is_number else abort(404)
