"""Atom feeds: of all new threads, of a category's, and of the posts of one thread."""

from typing import Any

from flask import Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, page_cache
from portal.forum import labels, posts, queries
from portal.forum.views.blueprint import bp
from portal.i18n import _


@bp.get("/feed.atom")
@page_cache.public
def feed() -> ResponseReturnValue:
    rows = queries.newest_posts()
    return _feed(rows, title=_("Utas baru di forum"), endpoint="forum.index", feed_endpoint="forum.feed")


@bp.get("/categories/<slug>/feed.atom")
@page_cache.public
def category_feed(slug: str) -> ResponseReturnValue:
    category = queries.category_or_404(slug)
    return _feed(
        queries.newest_posts(category_id=category.id),
        title=_("Utas baru: %(category)s", category=labels.category_name(category)),
        endpoint="forum.category",
        feed_endpoint="forum.category_feed",
        slug=slug,
    )


@bp.get("/<number>/feed.atom")
@page_cache.public
def thread_feed(number: str) -> ResponseReturnValue:
    thread = queries.thread_or_404(number)
    if thread.hidden_at:
        abort(404)
    return _feed(
        queries.newest_posts(thread_id=thread.id),
        title=thread.title,
        endpoint="forum.show",
        feed_endpoint="forum.thread_feed",
        number=thread.number,
    )


def _feed(rows: Any, *, title: str, endpoint: str, feed_endpoint: str, **parts: Any) -> Response:
    site = config.current().public_url
    entries = posts.shown(rows, {})
    response = make_response(
        render_template(
            "forum/feed.xml",
            title=title,
            site=site,
            home_url=site + url_for(endpoint, **parts),
            feed_url=site + url_for(feed_endpoint, **parts),
            entries=entries,
            updated_at=max((one.edited_at or one.at for one in entries), default=clock.now()),
        )
    )
    response.content_type = "application/atom+xml; charset=utf-8"
    return response
