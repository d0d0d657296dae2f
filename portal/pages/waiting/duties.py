"""What waits for those who answer for the city: own duties, those of the team, wishes for more time."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from portal import config
from portal.accounts.models import User
from portal.assignments import approvals, owners
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, PendingAnswer, Response
from portal.db import db
from portal.desk import policy
from portal.desk.queries import leave, queue
from portal.desk.rules import Group, Horizon
from portal.i18n import _, ngettext
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation
from portal.organisation.models import Absence, Official
from portal.pages.waiting.rules import Pressing, Wait
from portal.routing.queries import city_day


def waits(user: User, at: datetime) -> Iterator[Wait]:
    horizon = Horizon.at(at, config.current().zone)
    if policy.may_use_desk(user):
        yield from _own(user, horizon)
        yield from _of_others(user, at)
    if policy.may_see_team(user):
        yield from _of_team(user, horizon)


def _own(user: User, horizon: Horizon) -> Iterator[Wait]:
    me = select(Official.id).where(Official.user_id == user.id)
    carried = _carried(user, me, horizon)
    if late := carried[Group.OVERDUE]:
        text = ngettext(
            "%(num)s tugas sudah lewat tenggat.", "%(num)s tugas sudah lewat tenggat.", late.total()
        )
        yield Wait(text, url_for("desk.index", state=Group.OVERDUE.value), Pressing.LATE, _by_origin(late))
    if today := carried[Group.TODAY]:
        text = ngettext(
            "%(num)s tugas jatuh tempo hari ini.", "%(num)s tugas jatuh tempo hari ini.", today.total()
        )
        yield Wait(text, url_for("desk.index", state=Group.TODAY.value), Pressing.TODAY, _by_origin(today))
    if week := carried[Group.WEEK]:
        text = ngettext(
            "%(num)s tugas jatuh tempo sampai akhir minggu ini.",
            "%(num)s tugas jatuh tempo sampai akhir minggu ini.",
            week.total(),
        )
        yield Wait(text, url_for("desk.index", state=Group.WEEK.value), Pressing.SOON, _by_origin(week))


def _of_others(user: User, at: datetime) -> Iterator[Wait]:
    """What others cannot go on without: help, answers that they may not publish, leave that they ask for."""
    asked, approvals_waiting, leave_waiting = db.session.execute(
        select(
            _count(assignments.asked_of(user), Response.id),
            _count(approvals.waiting(user, city_day(at)), PendingAnswer.id),
            _count(leave.asked_of(user), Absence.id),
        )
    ).one()
    if approvals_waiting:
        text = ngettext(
            "%(num)s jawaban menunggu persetujuan Anda.",
            "%(num)s jawaban menunggu persetujuan Anda.",
            approvals_waiting,
        )
        note = _("Sebelum Anda menyetujuinya, jawaban tidak terbit dan tenggat berjalan terus.")
        yield Wait(text, url_for("desk.approvals_waiting"), Pressing.ASKED, note)
    if leave_waiting:
        text = ngettext(
            "%(num)s permohonan cuti menunggu keputusan Anda.",
            "%(num)s permohonan cuti menunggu keputusan Anda.",
            leave_waiting,
        )
        yield Wait(text, url_for("desk.team_leave"), Pressing.ASKED)
    if asked:
        text = ngettext(
            "%(num)s petugas meminta bantuan Anda.", "%(num)s petugas meminta bantuan Anda.", asked
        )
        yield Wait(text, url_for("desk.help_requests"), Pressing.ASKED)


def _count(things: Any, key: Any) -> Any:
    return select(func.count()).select_from(things.with_only_columns(key).subquery()).scalar_subquery()


def _of_team(user: User, horizon: Horizon) -> Iterator[Wait]:
    """Supervisors and heads: their line, and its wishes; the inspectorate: what is late anywhere."""
    leads = organisation_policy.may_lead_a_team(user)
    line = organisation.line_of(user) if leads else organisation.everybody()
    if late := _carried(user, line, horizon)[Group.OVERDUE]:
        words = _late_in_team if leads else _late_in_city
        url = url_for("desk.team", state=Group.OVERDUE.value)
        yield Wait(words(late.total()), url, Pressing.LATE, _by_origin(late))
    wishes = assignments.undecided_extensions(user) if leads else ()
    if wishes:
        text = ngettext(
            "%(num)s permintaan perpanjangan tenggat menunggu keputusan Anda.",
            "%(num)s permintaan perpanjangan tenggat menunggu keputusan Anda.",
            len(wishes),
        )
        note = _("Sebelum Anda memutuskan, tenggat lama tetap berlaku.")
        yield Wait(text, url_for("desk.team"), Pressing.ASKED, note)


def _late_in_team(count: int) -> str:
    return ngettext(
        "%(num)s tugas di tim Anda sudah lewat tenggat.",
        "%(num)s tugas di tim Anda sudah lewat tenggat.",
        count,
    )


def _late_in_city(count: int) -> str:
    return ngettext(
        "%(num)s tugas di kota ini sudah lewat tenggat.",
        "%(num)s tugas di kota ini sudah lewat tenggat.",
        count,
    )


def _carried(user: User, holders: Any, horizon: Horizon) -> dict[Group, "Counter[str]"]:
    """How many open duties the holders carry, by how pressing they are and where they come from."""
    statement = queue.pressing(
        select(queue.group_case(horizon).label("pressing"), Assignment.origin, func.count()), user, holders
    )
    found: dict[Group, Counter[str]] = {group: Counter() for group in Group}
    for group, origin, count in db.session.execute(statement.group_by("pressing", Assignment.origin)):
        found[Group(group)][origin] = count
    return found


def _by_origin(counts: "Counter[str]") -> str:
    """Laporan: 2 · Laporan pembangunan: 1."""
    names = owners.labels()
    return " · ".join(f"{names.get(origin, origin)}: {count}" for origin, count in counts.most_common())
