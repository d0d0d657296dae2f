"""What waits for moderators, from every room of the hall; all of it is counted in one statement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, or_, select

from portal.accounts.models import User
from portal.assignments import corrections
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Correction
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.desk import policy as desk
from portal.forum.models import Thread
from portal.i18n import ngettext
from portal.moderation import queries as moderation
from portal.moderation.models import Appeal, ReviewItem
from portal.moderation.rules import ItemState
from portal.pages.waiting.rules import Pressing, Wait
from portal.reports import queries as reports
from portal.reports.models import Report
from portal.statistics.editions.models import EditionDraft
from portal.surveys import queries as surveys
from portal.surveys.models import Survey, SurveyRemark


@dataclass(frozen=True)
class Heap:
    """One kind of things that wait: how to count them, what to say of them, where they lie."""

    things: Callable[[User, datetime], Select[Any]]
    words: Callable[[int], str]
    endpoint: str
    pressing: Pressing


def waits(user: User, at: datetime) -> Iterator[Wait]:
    if not desk.may_triage(user):
        return
    counts = [_count(heap.things(user, at)) for heap in HEAPS]
    for heap, count in zip(HEAPS, db.session.execute(select(*counts)).one(), strict=True):
        if count:
            yield Wait(heap.words(count), url_for(heap.endpoint), heap.pressing)


def _count(things: Select[Any]) -> Any:
    return select(func.count()).select_from(things.subquery()).scalar_subquery()


def _unverified(user: User, at: datetime) -> Select[Any]:
    return reports.for_triage(user).with_only_columns(Report.id)


def _late_to_verify(user: User, at: datetime) -> Select[Any]:
    return (
        _unverified(user, at)
        .join(StageDeadline, StageDeadline.clock_id == Report.verify_clock_id)
        .where(StageDeadline.is_open.is_(True), StageDeadline.due_at < at)
    )


def _returned(user: User, at: datetime) -> Select[Any]:
    back = select(Assignment.id).where(assignments.is_returned())
    return assignments.visible_to(back, user)


def _disputed(user: User, at: datetime) -> Select[Any]:
    return assignments.visible_to(select(Assignment.id).where(Assignment.disputed_at <= at), user)


def _wished(user: User, at: datetime) -> Select[Any]:
    return corrections.wished(user).with_only_columns(Correction.id)


def _flagged(user: User, at: datetime) -> Select[Any]:
    return select(ReviewItem.id).where(ReviewItem.state == ItemState.OPEN)


def _appeals(user: User, at: datetime) -> Select[Any]:
    return moderation.appeals_for(user).with_only_columns(Appeal.id)


def _unrouted(user: User, at: datetime) -> Select[Any]:
    return select(Thread.id).where(
        Thread.asked_at.is_not(None), Thread.assignment_id.is_(None), Thread.hidden_at.is_(None)
    )


def _drafts(user: User, at: datetime) -> Select[Any]:
    return select(EditionDraft.id).where(EditionDraft.prepared_by_id != user.id)


def _results(user: User, at: datetime) -> Select[Any]:
    is_over = or_(Survey.closes_on < surveys.today(at), Survey.closed_at.is_not(None))
    return select(Survey.id).where(is_over, Survey.published_at.is_(None))


def _remarks(user: User, at: datetime) -> Select[Any]:
    return select(SurveyRemark.id).where(SurveyRemark.is_released.is_(None))


HEAPS = (
    Heap(
        _wished,
        lambda count: ngettext(
            "%(num)s usulan bidang menunggu keputusan Anda.",
            "%(num)s usulan bidang menunggu keputusan Anda.",
            count,
        ),
        "desk.category_wishes",
        Pressing.ASKED,
    ),
    Heap(
        _late_to_verify,
        lambda count: ngettext(
            "%(num)s laporan terlambat diverifikasi.", "%(num)s laporan terlambat diverifikasi.", count
        ),
        "desk.triage",
        Pressing.LATE,
    ),
    Heap(
        _returned,
        lambda count: ngettext(
            "%(num)s tugas dikembalikan dan menunggu dinas lain.",
            "%(num)s tugas dikembalikan dan menunggu dinas lain.",
            count,
        ),
        "desk.triage",
        Pressing.TODAY,
    ),
    Heap(
        _appeals,
        lambda count: ngettext(
            "%(num)s keberatan atas keputusan moderator menunggu Anda.",
            "%(num)s keberatan atas keputusan moderator menunggu Anda.",
            count,
        ),
        "moderation.index",
        Pressing.ASKED,
    ),
    Heap(
        _disputed,
        lambda count: ngettext(
            "%(num)s jawaban dua kali dinilai belum selesai.",
            "%(num)s jawaban dua kali dinilai belum selesai.",
            count,
        ),
        "desk.triage",
        Pressing.ASKED,
    ),
    Heap(
        _unrouted,
        lambda count: ngettext(
            "%(num)s pertanyaan forum belum punya dinas.",
            "%(num)s pertanyaan forum belum punya dinas.",
            count,
        ),
        "forum.unrouted",
        Pressing.ASKED,
    ),
    Heap(
        _unverified,
        lambda count: ngettext(
            "%(num)s laporan menunggu verifikasi.", "%(num)s laporan menunggu verifikasi.", count
        ),
        "desk.triage",
        Pressing.SOON,
    ),
    Heap(
        _flagged,
        lambda count: ngettext(
            "%(num)s tulisan ditandai warga dan menunggu keputusan.",
            "%(num)s tulisan ditandai warga dan menunggu keputusan.",
            count,
        ),
        "moderation.index",
        Pressing.SOON,
    ),
    Heap(
        _drafts,
        lambda count: ngettext(
            "%(num)s draf edisi statistik menunggu orang kedua.",
            "%(num)s draf edisi statistik menunggu orang kedua.",
            count,
        ),
        "editions.drafts",
        Pressing.SOON,
    ),
    Heap(
        _results,
        lambda count: ngettext(
            "%(num)s survei sudah selesai dan hasilnya belum diterbitkan.",
            "%(num)s survei sudah selesai dan hasilnya belum diterbitkan.",
            count,
        ),
        "surveys.manage",
        Pressing.SOON,
    ),
    Heap(
        _remarks,
        lambda count: ngettext(
            "%(num)s jawaban terbuka survei menunggu dibaca.",
            "%(num)s jawaban terbuka survei menunggu dibaca.",
            count,
        ),
        "surveys.manage",
        Pressing.SOON,
    ),
)
