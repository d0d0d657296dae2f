"""What can be flagged: how each kind of public thing is found, read, hidden and shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort

from portal.accounts.models import User
from portal.forum import queries as forum
from portal.forum import services as forum_services
from portal.forum.models import Post, Thread
from portal.moderation.rules import fingerprint
from portal.projects.comments import queries as comments
from portal.projects.comments import services as comment_services
from portal.projects.comments.models import ProjectComment
from portal.projects.ideas import queries as ideas
from portal.projects.ideas import services as idea_services
from portal.projects.ideas.models import Idea
from portal.projects.plans import queries as plans
from portal.projects.plans import services as plan_services
from portal.projects.plans.models import Pin
from portal.reports import policy as report_policy
from portal.reports import queries as reports
from portal.reports import services as report_services
from portal.reports.models import Report


@dataclass(frozen=True, kw_only=True)
class Target:
    """A public thing as a moderator reads it. `thing` is what its feature knows it as."""

    subject: str
    kind: str
    title: str
    text: str
    author_id: int | None
    is_hidden: bool
    is_out_of_sight: bool = False  # what it stands in is hidden, or its author took it back
    is_locked: bool | None = None  # None: it cannot be locked
    thing: Any

    def is_by(self, user: User) -> bool:
        """Did this account write it? Of a sealed report no row says so: its policy knows."""
        if self.kind == "report":
            return report_policy.is_reporter(user, self.thing)
        return bool(user.is_authenticated and user.id == self.author_id)

    @property
    def seen(self) -> str:
        """Stands for this version of its texts."""
        return fingerprint(self.title, self.text)


@dataclass(frozen=True)
class _Kind:
    find: Callable[[str], Any]
    read: Callable[[Any], Target]
    hide: Callable[..., None]
    unhide: Callable[..., None]


def find_or_404(subject: str) -> Target:
    """The thing that a subject of the public record names ("post:P-9"), hidden ones too; else 404."""
    kind, _, number = subject.partition(":")
    if kind not in KINDS or not number:
        abort(404)
    return KINDS[kind].read(KINDS[kind].find(number) or abort(404))


def hide(target: Target, *, at: datetime) -> None:
    """Let nobody read it any more."""
    KINDS[target.kind].hide(target.thing, at=at)


def unhide(target: Target, *, at: datetime) -> None:
    """Let everybody read it again."""
    KINDS[target.kind].unhide(target.thing, at=at)


def lock(target: Target, *, at: datetime) -> None:
    """Take no more posts."""
    forum_services.lock(target.thing, at=at)


def unlock(target: Target, *, at: datetime) -> None:
    forum_services.unlock(target.thing, at=at)


def _report(number: str) -> Report | None:
    """Only what everybody may read, or could before it was hidden."""
    report = reports.report_or_404(number)
    return report if report_policy.is_published(report) or report.hidden_at else None


def _read_report(report: Report) -> Target:
    shown = report.content.withheld or {"title": report.title, "body": report.body}
    return Target(
        subject=f"report:{report.number}",
        kind="report",
        title=shown["title"],
        text=shown["body"],
        author_id=report.reporter.user_id,
        is_hidden=report.hidden_at is not None,
        thing=report,
    )


def _read_thread(thread: Thread) -> Target:
    return Target(
        subject=thread.subject,
        kind="thread",
        title=thread.title,
        text=forum.opening_of(thread).body,
        author_id=thread.author_id,
        is_hidden=thread.hidden_at is not None,
        is_locked=thread.locked_at is not None,
        thing=thread,
    )


def _read_post(post: Post) -> Target:
    if post.is_opening:
        return _read_thread(post.thread)
    return Target(
        subject=post.subject,
        kind="post",
        title=post.thread.title,
        text=post.response.body if post.response else post.body,
        author_id=post.author_id,
        is_hidden=post.hidden_at is not None,
        is_out_of_sight=post.thread.hidden_at is not None,
        thing=post,
    )


def _read_idea(idea: Idea) -> Target:
    return Target(
        subject=idea.subject,
        kind="idea",
        title=idea.title,
        text=idea.body,
        author_id=idea.author_id,
        is_hidden=idea.hidden_at is not None,
        is_out_of_sight=idea.withdrawn_at is not None,
        thing=idea,
    )


def _read_comment(comment: ProjectComment) -> Target:
    return Target(
        subject=comment.subject,
        kind="comment",
        title=comment.project.title,
        text=comment.body,
        author_id=comment.author_id,
        is_hidden=comment.hidden_at is not None,
        thing=comment,
    )


def _read_pin(pin: Pin) -> Target:
    return Target(
        subject=pin.subject,
        kind="pin",
        title=pin.project.title,
        text=pin.body,
        author_id=pin.author_id,
        is_hidden=pin.hidden_at is not None,
        is_out_of_sight=pin.withdrawn_at is not None or pin.project.published_at is None,
        thing=pin,
    )


KINDS = {
    "report": _Kind(_report, _read_report, report_services.hide, report_services.unhide),
    "thread": _Kind(forum.thread_or_404, _read_thread, forum_services.hide, forum_services.unhide),
    "post": _Kind(forum.post_or_404, _read_post, forum_services.hide, forum_services.unhide),
    "idea": _Kind(ideas.idea_or_404, _read_idea, idea_services.hide, idea_services.unhide),
    "comment": _Kind(comments.comment_or_404, _read_comment, comment_services.hide, comment_services.unhide),
    "pin": _Kind(plans.pin_or_404, _read_pin, plan_services.hide, plan_services.unhide),
}
