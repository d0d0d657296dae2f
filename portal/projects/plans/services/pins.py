"""What residents do with pins: place, change, withdraw and support them; and what moderators do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import delete, update

from portal.accounts.models import User
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects.plans import policy, queries, rules
from portal.projects.plans.models import Pin, PinFormerText, PinPlace, PinSupporter, PlanVersion
from portal.projects.plans.rules import Fate, PinKind
from portal.projects.plans.services import counts, locks, verdicts
from portal.search import services as search


@dataclass(frozen=True, kw_only=True)
class Note:
    """A pin as somebody placed it; `x` and `y` in per mille of the drawing."""

    kind: PinKind
    body: str
    x: int
    y: int


def place(version: PlanVersion, note: Note, *, by: User, at: datetime, photo: BinaryIO | None = None) -> Pin:
    """Pin a note on the version that lies on the table, while notes are asked for."""
    locks.hold_version(version)
    _check_open(version, at)
    _check(note)
    kept = _photo(photo, at)
    pin = _pin(version, note, by=by, at=at)
    pin.photo = kept
    db.session.add(pin)
    db.session.flush()
    put = _put_on(version, pin, note, position=_next_positions(version, 1))
    db.session.flush()
    counts.add([put])
    _given(version, pin, at)
    return pin


def place_many(version: PlanVersion, notes: Sequence[tuple[Note, User, datetime]]) -> list[Pin]:
    """The same for many notes of a story that is told afterwards, in a few statements; nobody is told."""
    pins = [_pin(version, note, by=by, at=at) for note, by, at in notes]
    db.session.add_all(pins)
    db.session.flush()
    first = _next_positions(version, len(pins)) - len(pins) + 1
    for position, (pin, (note, _by, at)) in enumerate(zip(pins, notes, strict=True), start=first):
        _put_on(version, pin, note, position=position)
        _given(version, pin, at)
    db.session.flush()
    counts.recount(version)
    return pins


def edit(pin: Pin, note: Note, *, at: datetime) -> None:
    """The author says it better, or moves it; the former text stays readable."""
    put = _held(pin)[-1]
    if not pin.is_shown:
        raise DomainError(_l("Catatan ini sudah ditarik atau disembunyikan."))
    _check_open(put.plan_version, at)
    _check(note)
    counts.take([put])
    if note.body != pin.body:
        db.session.add(PinFormerText(pin_id=pin.id, body=pin.body, replaced_at=at))
    pin.kind, pin.body, pin.edited_at, pin.version = note.kind, note.body, at, pin.version + 1
    put.kind, put.x, put.y, put.square = note.kind, note.x, note.y, rules.square_at(note.x, note.y)
    db.session.flush()
    counts.add([put])
    _find(pin)
    _write(
        pin, "pin_edited", at=at, version=pin.version, kind=pin.kind, x=put.x, y=put.y, content=_digest(pin)
    )


def withdraw(pin: Pin, *, at: datetime) -> None:
    """The author takes it back; its number is not given again."""
    places = _held(pin)
    if pin.withdrawn_at is not None:
        return
    if pin.is_shown:
        _take_down(places)
    pin.withdrawn_at = at
    search.remove("pin", pin.number)
    _write(pin, "pin_withdrawn", at=at)


def hide(pin: Pin, *, at: datetime) -> None:
    """A moderator decided so: drawn and read no longer."""
    places = _held(pin)
    if pin.hidden_at is not None:
        return
    if pin.is_shown:
        _take_down(places)
    pin.hidden_at = at
    search.remove("pin", pin.number)
    _write(pin, "pin_hidden", at=at)


def unhide(pin: Pin, *, at: datetime) -> None:
    """It is shown again where it stood, and on the version that came in the meantime."""
    places = _held(pin)
    if pin.hidden_at is None:
        return
    pin.hidden_at = None
    if pin.is_shown:
        for put in places:
            put.is_shown = True
        missed = _missed(pin, places[-1])
        if missed is not None:
            verdicts.leave_open(places[-1], missed, at=at)
            places.append(_carry(places[-1], missed))
        db.session.flush()
        counts.add(places)
        _find(pin)
    _write(pin, "pin_unhidden", at=at)


def support(pin: Pin, *, by: User, at: datetime) -> None:
    """Somebody says the same; twice is as good as once."""
    row = {"pin_id": pin.id, "user_id": by.id, "at": at}
    made = db.session.scalar(
        jobs.insert(PinSupporter).values(**row).on_conflict_do_nothing().returning(PinSupporter.id)
    )
    if made is not None:
        _count_supporters(pin, +1, at)


def unsupport(pin: Pin, *, by: User, at: datetime) -> None:
    gone = db.session.scalar(
        delete(PinSupporter).filter_by(pin_id=pin.id, user_id=by.id).returning(PinSupporter.id)
    )
    if gone is not None:
        _count_supporters(pin, -1, at)


def support_many(pin: Pin, supporters: Sequence[User], *, at: datetime) -> None:
    """The support of many at once, for a story that is told afterwards."""
    db.session.add_all(PinSupporter(pin_id=pin.id, user_id=user.id, at=at) for user in supporters)
    db.session.flush()
    _count_supporters(pin, len(supporters), at)


def _check_open(version: PlanVersion, at: datetime) -> None:
    if not policy.is_open(version.project, at):
        raise DomainError(_l("Masa memberi catatan pada denah ini sudah berakhir atau belum dibuka."))
    current = queries.current(version.project)
    if current is None or current.id != version.id:
        raise DomainError(_l("Sudah ada versi denah yang lebih baru. Beri catatan pada versi itu."))


def _check(note: Note) -> None:
    if not note.body.strip():
        raise DomainError(_l("Tulis catatan Anda."), field="body")
    if not (0 <= note.x <= rules.WHOLE and 0 <= note.y <= rules.WHOLE):
        raise DomainError(_l("Pilih tempat di dalam denah."), field="square")


def _photo(stream: BinaryIO | None, at: datetime) -> Attachment | None:
    try:
        return attachments.keep_image(stream, at) if stream else None
    except DomainError as error:
        raise DomainError(error.message, field="photo") from error


def _pin(version: PlanVersion, note: Note, *, by: User, at: datetime) -> Pin:
    return Pin(
        project=version.project,
        author=by,
        kind=note.kind,
        body=note.body.strip(),
        given_at=at,
        salt=record.new_salt(),
    )


def _next_positions(version: PlanVersion, count: int) -> int:
    """Take the next numbers on this version, each once whoever else asks; the last of them."""
    taken = (
        update(PlanVersion)
        .where(PlanVersion.id == version.id)
        .values(last_position=PlanVersion.last_position + count)
        .returning(PlanVersion.last_position)
        .execution_options(synchronize_session=False)
    )
    return int(db.session.execute(taken).scalar_one())


def _put_on(version: PlanVersion, pin: Pin, note: Note, *, position: int) -> PinPlace:
    put = PinPlace(pin=pin, version_id=version.id, position=position, x=note.x, y=note.y, kind=note.kind)
    put.square = rules.square_at(note.x, note.y)
    db.session.add(put)
    return put


def _given(version: PlanVersion, pin: Pin, at: datetime) -> None:
    _find(pin)
    _write(pin, "pin_given", at=at, project=version.project.slug, plan=version.number, content=_digest(pin))


def _held(pin: Pin) -> list[PinPlace]:
    """Where it stands, with nobody else changing it."""
    places = list(queries.places_of(pin))
    locks.hold_pin(pin, places)
    return places


def _missed(pin: Pin, last: PinPlace) -> PlanVersion | None:
    """The version on the table, if it came without a word about this pin."""
    current = queries.current(pin.project)
    if current is None or current.id == last.version_id or last.fate != Fate.WAITING:
        return None
    locks.hold_version(current)
    return current


def _carry(last: PinPlace, version: PlanVersion) -> PinPlace:
    """It goes on where it stood, under the next number."""
    note = Note(kind=last.kind, body=last.pin.body, x=last.x, y=last.y)
    put = _put_on(version, last.pin, note, position=_next_positions(version, 1))
    put.supporter_count = last.supporter_count
    return put


def _take_down(places: Sequence[PinPlace]) -> None:
    counts.take(places)
    for put in places:
        put.is_shown = False


def _count_supporters(pin: Pin, by: int, at: datetime) -> None:
    """The pin's count and the copies that sort its places move together."""
    counted = {"supporter_count": Pin.supporter_count + by}
    copied = {"supporter_count": PinPlace.supporter_count + by}
    for change in (
        update(Pin).where(Pin.id == pin.id).values(**counted),
        update(PinPlace).where(PinPlace.pin_id == pin.id).values(**copied),
    ):
        db.session.execute(change.execution_options(synchronize_session=False))
    db.session.refresh(pin, ["supporter_count"])
    _write(pin, "pin_supporters_counted", at=at, count=pin.supporter_count)


def _find(pin: Pin) -> None:
    search.put("pin", pin.number, title=_excerpt(pin.body), text=pin.body)


def _excerpt(text: str, length: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


def _digest(pin: Pin) -> str:
    return record.digest(pin.salt, pin.body)


def _write(pin: Pin, kind: str, /, *, at: datetime, **details: Any) -> None:
    ledger.record(kind, subject=pin.subject, at=at, **details)
