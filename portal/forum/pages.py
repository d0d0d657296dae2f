"""What the pages of the forum show: the lists, and one thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from portal import keyset
from portal.assignments import clocks, evidence, exhibits, owners, standing, timeline
from portal.assignments.exhibits import Reader
from portal.assignments.models import Assignment
from portal.assignments.rules import UNANSWERED, AssignmentState
from portal.forum import forms, labels, listing, posts, queries, rules
from portal.forum.models import ForumCategory, Post, Thread
from portal.i18n import _, ngettext
from portal.ledger import queries as ledger
from portal.routing import reasons


def listed(wanted: queries.Filter, at: datetime, category: ForumCategory | None = None) -> dict[str, Any]:
    """A page of the list of threads, of all categories or of one."""
    found, stated = queries.listed(wanted), forms.values(wanted)
    endpoint = "forum.category" if category else "forum.index"
    part: dict[str, Any] = {"slug": category.slug} if category else {}
    return {
        "lines": listing.rows(found.rows, at),
        "wanted": wanted,
        "active_count": len(stated),
        "areas": [(row.code, row.name) for row in queries.districts()],
        "list_url": url_for(endpoint, **part),
        "older_url": _older_url(endpoint, found, {**part, **stated}),
        "newer_url": url_for(endpoint, **part, **stated) if wanted.before or wanted.offset else None,
    }


def thread_page(thread: Thread, page: int, at: datetime) -> dict[str, Any]:
    """One page of a thread, with what the city said pinned above."""
    rows = queries.posts_on(thread, page)
    answer = queries.official_answer(thread)
    proof = _evidence(thread, [*rows, answer] if answer else rows)
    shown = posts.shown(rows, queries.photos_of(rows), proof)
    last_page = rules.page_of(thread.last_position)
    return {
        "thread": thread,
        "category": labels.category_name(thread.category),
        "opening": shown[0] if page == 1 else None,
        "posts": shown[1:] if page == 1 else shown,
        "answer": posts.shown([answer], {}, proof)[0] if answer else None,
        "answer_stands": answer is not None and not _is_open(thread.assignment),
        "duty": _duty(thread, at) if thread.asked_at else None,
        "became": posts.became(thread.became),
        "replies": listing.replies(thread.reply_count),
        "page": page,
        "last_page": last_page,
        "page_urls": _page_urls(thread, page, last_page),
        "supporters": _supporters(thread.supporter_count),
        "followers": _followers(thread.follower_count),
    }


def _evidence(thread: Thread, rows: Sequence[Any]) -> posts.Evidence:
    """Photos of what was done, beside what officials said, with the author's way to dispute them."""
    found = evidence.sent_with({row.response_id for row in rows if row.response_id is not None})
    return {one: exhibits.of_photos(photos, thread.number, Reader.EVERYBODY) for one, photos in found.items()}


def page_url(thread: Thread, page: int, **parts: Any) -> str:
    """The address of a page of a thread; the first has no number in it."""
    return url_for("forum.show", number=thread.number, page=page if page > 1 else None, **parts)


def post_url(post: Post) -> str:
    """Where a post stands in its thread."""
    return page_url(post.thread, rules.page_of(post.position), _anchor=post.number)


def _duty(thread: Thread, at: datetime) -> dict[str, Any]:
    """Who owes the answer, why they, and until when."""
    assert thread.asked_because is not None  # noqa: S101  # a CHECK of the table says so
    assignment = thread.assignment
    return {
        "asked_at": thread.asked_at,
        "because": str(labels.ASKED[thread.asked_because]),
        "reason": thread.asked_reason,
        "assignment": assignment,
        "is_returned": assignment is not None and assignment.state is AssignmentState.RETURNED,
        "routing": reasons.tell(assignment.routing_reason) if assignment else "",
        **_course(assignment, at),
    }


def _course(assignment: Assignment | None, at: datetime) -> dict[str, Any]:
    """The clocks, how it stands, and what happened to it; of one that was taken back only the last."""
    if assignment is None:
        return {"clocks": [], "standing": [], "course": []}
    events = ledger.events_of(owners.subject(assignment), timeline.KINDS)
    shown = clocks.of(assignment, at) if assignment.withdrawn_at is None else []
    return {
        "clocks": shown,
        "standing": standing.of(assignment, clocks=shown, events=events),
        "course": timeline.course(assignment, events),
    }


def _supporters(count: int) -> str:
    if not count:
        return _("Belum ada pendukung")
    return ngettext("%(num)s warga mendukung", "%(num)s warga mendukung", count)


def _followers(count: int) -> str:
    if not count:
        return _("Belum ada yang mengikuti")
    return ngettext("%(num)s orang mengikuti", "%(num)s orang mengikuti", count)


def _is_open(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.state in UNANSWERED


def _page_urls(thread: Thread, page: int, last_page: int) -> dict[str, str | None]:
    return {
        "first": page_url(thread, 1) if page > 2 else None,
        "earlier": page_url(thread, page - 1) if page > 1 else None,
        "later": page_url(thread, page + 1) if page < last_page else None,
        "last": page_url(thread, last_page) if page < last_page - 1 else None,
    }


def _older_url(endpoint: str, found: queries.Listed, stated: dict[str, Any]) -> str | None:
    if found.older:
        return url_for(endpoint, **stated, before=keyset.written(found.older))
    if found.offset:
        return url_for(endpoint, **{**stated, "from": found.offset})
    return None


def area_choices(nothing: Any) -> list[tuple[str, Any]]:
    """The kecamatan for a select, after what stands for none."""
    return [("", nothing), *((row.code, row.name) for row in queries.districts())]


def category_choices() -> list[tuple[str, str]]:
    named = [(one.slug, labels.category_name(one)) for one in queries.categories()]
    return [("", _("Pilih kategori")), *named]
