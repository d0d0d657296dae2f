"""What officials do with plans: prepare a version, say what changed, and put it on the table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete, insert, select, update

from portal.accounts.models import User
from portal.attachments import drawings
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects import services as projects
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.plans import queries, rules
from portal.projects.plans.models import Pin, PinPlace, PinVerdict, PlanIdea, PlanVersion
from portal.projects.plans.rules import Fate
from portal.projects.plans.services import counts, locks


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A version as it was typed; `change_note` says what changed since the one before."""

    title: str = ""
    change_note: str = ""
    ideas: Sequence[Idea] = field(default_factory=list)


def draft(project: Project, sheet: Sheet, *, drawing: BinaryIO, by: User | None, at: datetime) -> PlanVersion:
    """Prepare the next version. It becomes public when every pin of the one before has its verdict."""
    locks.hold_project(project)
    versions = queries.versions_of(project)
    if queries.draft(versions) is not None:
        raise DomainError(_l("Masih ada versi yang sedang disiapkan. Selesaikan atau buang dulu versi itu."))
    _check(sheet, is_first=not versions)
    version = PlanVersion(
        project=project, number=len(versions) + 1, created_by_id=by.id if by else None, created_at=at
    )
    version.drawing_id = _kept(drawing, at)
    version.title, version.change_note = sheet.title.strip(), sheet.change_note.strip()
    db.session.add(version)
    db.session.flush()
    _take_up(version, sheet.ideas)
    record.write(project, "plan_drafted", at=at, plan=version.number)
    return version


def change(version: PlanVersion, sheet: Sheet, *, drawing: BinaryIO | None, at: datetime) -> None:
    """Say it better, or draw it anew, before it is public."""
    if version.published_at is not None:
        raise DomainError(_l("Versi ini sudah dibuka untuk umum dan tetap seperti itu. Buat versi baru."))
    _check(sheet, is_first=version.number == 1)
    if drawing is not None:
        former, version.drawing_id = version.drawing, _kept(drawing, at)
        db.session.flush()
        db.session.expire(version, ["drawing"])
        drawings.remove_drawing(former)
    version.title, version.change_note = sheet.title.strip(), sheet.change_note.strip()
    _take_up(version, sheet.ideas)
    record.write(version.project, "plan_drafted", at=at, plan=version.number)


def discard(version: PlanVersion, *, at: datetime) -> None:
    """A draft that nobody will see, with its verdicts; its number is given again."""
    if version.published_at is not None:
        raise DomainError(_l("Versi ini sudah dibuka untuk umum dan tidak bisa dibuang."))
    for model in (PinVerdict, PlanIdea):
        db.session.execute(delete(model).where(model.version_id == version.id))
    project, number, drawing = version.project, version.number, version.drawing
    db.session.delete(version)
    db.session.flush()
    drawings.remove_drawing(drawing)
    record.write(project, "plan_discarded", at=at, plan=number)


def publish(version: PlanVersion, *, at: datetime) -> None:
    """Put it on the table: each pin of the version before gets its verdict, open ones are carried over,
    and whoever wrote or supported one is told."""
    locks.hold_version(version)
    if version.published_at is not None:
        return
    former = queries.current(version.project)
    if former is not None:
        locks.hold_version(former)
    missing = queries.waiting_count(former)
    if missing:
        raise DomainError(
            _l("Masih ada %(count)s catatan tanpa penilaian. Nilai semuanya dulu.", count=missing)
        )
    version.published_at = at
    db.session.flush()
    if former is not None:
        _give_verdicts(former, version, at)
        _carry_over(former, version)
        jobs.enqueue(
            "plans.tell_verdicts", at=at, key=f"plan:{version.id}:told", version_id=former.id, after=0
        )
    _announce(version, at)


def _kept(drawing: BinaryIO, at: datetime) -> int:
    try:
        return drawings.keep_drawing(drawing, at).id
    except DomainError as error:
        raise DomainError(error.message, field="drawing") from error


def _check(sheet: Sheet, *, is_first: bool) -> None:
    if not is_first and not sheet.change_note.strip():
        raise DomainError(_l("Tulis apa yang berubah sejak versi sebelumnya."), field="change_note")


def _take_up(version: PlanVersion, ideas: Sequence[Idea]) -> None:
    db.session.execute(delete(PlanIdea).where(PlanIdea.version_id == version.id))
    db.session.add_all(PlanIdea(version_id=version.id, idea_id=idea.id) for idea in ideas)
    db.session.flush()


def _give_verdicts(former: PlanVersion, version: PlanVersion, at: datetime) -> None:
    """Every shown pin has one; those that were hidden or withdrawn in between stay without."""
    said = select(PinVerdict).where(PinVerdict.place_id == PinPlace.id, PinVerdict.version_id == version.id)
    db.session.execute(
        update(PinPlace)
        .where(PinPlace.version_id == former.id, PinPlace.is_shown.is_(True), said.exists())
        .values(
            fate=said.with_only_columns(PinVerdict.fate).scalar_subquery(),
            fate_reason=said.with_only_columns(PinVerdict.reason).scalar_subquery(),
            judged_at=at,
        )
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    rows = db.session.execute(
        select(Pin.id, Pin.salt, PinPlace.fate, PinPlace.fate_reason)
        .join(PinPlace, PinPlace.pin_id == Pin.id)
        .where(PinPlace.version_id == former.id, PinPlace.judged_at.is_not(None))
        .order_by(PinPlace.position)
    )
    for pin_id, salt, fate, reason in rows:
        subject, digest = f"pin:N-{pin_id}", record.digest(salt, reason)
        ledger.record("pin_judged", subject=subject, at=at, plan=version.number, fate=fate, reason=digest)
    counts.recount(former)


def _carry_over(former: PlanVersion, version: PlanVersion) -> None:
    """Open pins stand on the new drawing too, where they stood or where they were moved to."""
    rows = db.session.execute(
        select(PinPlace, PinVerdict.x, PinVerdict.y)
        .join(PinVerdict, PinVerdict.place_id == PinPlace.id)
        .where(PinPlace.version_id == former.id, PinPlace.fate == Fate.STILL_OPEN)
        .order_by(PinPlace.position)
    )
    carried = [
        _carried(place, version, position, x, y) for position, (place, x, y) in enumerate(rows, start=1)
    ]
    version.last_position = len(carried)
    if carried:
        db.session.execute(insert(PinPlace), carried)
    counts.recount(version)


def _carried(
    place: PinPlace, version: PlanVersion, position: int, x: int | None, y: int | None
) -> dict[str, object]:
    to_x, to_y = (place.x if x is None else x), (place.y if y is None else y)
    return {
        "pin_id": place.pin_id,
        "version_id": version.id,
        "position": position,
        "x": to_x,
        "y": to_y,
        "square": rules.square_at(to_x, to_y),
        "kind": place.kind,
        "supporter_count": place.supporter_count,
    }


def _announce(version: PlanVersion, at: datetime) -> None:
    project = version.project
    record.write(project, "plan_published", at=at, plan=version.number)
    for idea in queries.ideas_on(version):
        ledger.record(
            "idea_on_plan", subject=f"idea:I-{idea.id}", at=at, project=project.slug, plan=version.number
        )
    projects.tell_followers(
        project,
        "plan_published",
        key=f"plan:{version.id}",
        at=at,
        path=f"/projects/{project.slug}/plan",
        number=version.number,
        note=version.change_note,
    )
