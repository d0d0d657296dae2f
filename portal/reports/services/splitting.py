"""A report that holds two matters becomes two, each with its own number, duty and clock."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import services as deadlines
from portal.errors import DomainError
from portal.i18n import _l
from portal.places.models import Area
from portal.reports import rules
from portal.reports.identity import sealing
from portal.reports.models import Report, ReportContent, Reporter
from portal.reports.rules import ReportKind, ReportState
from portal.reports.services import intake, letters, record, transitions, verification
from portal.routing.services import Routing


@dataclass(frozen=True, kw_only=True)
class Part:
    """What becomes a report of its own. `photo_ids` name photos of the whole that go with it."""

    title: str
    body: str
    kind: ReportKind
    category: Category
    area: Area | None = None
    place: str = ""
    photo_ids: Collection[int] = ()


def split(
    report: Report,
    part: Part,
    *,
    by: User,
    at: datetime,
    routing: Routing | None = None,
    expected_lock: int | None = None,
) -> Report:
    """Take a part out, whole or not at all. The resident has waited for it just as long: it keeps the
    receipt, and its verification clock the lines of the whole's. Where the whole was verified already, so
    was its part, and `routing` says who gets it; its duty begins with that disposition."""
    transitions.claim(report, expected_lock)
    _check(report, part, routing)
    with db.session.begin_nested():  # its agency may be refused when everything else stands
        return _split(report, part, routing, by, at)


def _split(report: Report, part: Part, routing: Routing | None, by: User, at: datetime) -> Report:
    twin = _part_of(report, part, at)
    db.session.add(twin)
    db.session.flush()
    _move_photos(report, twin, part.photo_ids)
    transitions.touch(report)
    record.write(report, "split", at=at, part=twin.number)
    digest = record.digest(twin.content, part.title, part.body, part.place)
    record.write(twin, "split_off", at=at, whole=report.number, content=digest)
    letters.tell_reporter(twin, "report_split", at=at, whole=report.number)
    if routing is not None and report.state is ReportState.OPEN:
        verification.dispose_part(twin, routing=routing, verified_at=report.verified_at, by=by, at=at)
    return twin


def _check(report: Report, part: Part, routing: Routing | None) -> None:
    if report.state not in rules.RUNNING:
        raise DomainError(_l("Hanya laporan yang masih berjalan dapat dipecah."))
    if not part.title.strip() or not part.body.strip():
        raise DomainError(_l("Tuliskan judul dan isi bagian yang dipisahkan."), field="title")
    if part.category.category_class is CategoryClass.CONFIDENTIAL and not report.is_confidential:
        # The same moment of receipt stands on both: whoever is named on one is known on the other.
        raise DomainError(
            _l("Bagian rahasia tidak dapat dipisahkan dari laporan terbuka, sebab pelapornya akan dikenali."),
            field="category",
        )
    if report.state is ReportState.OPEN and (routing is None or routing.agency_id is None):
        raise DomainError(_l("Pilih dinas yang menangani."), field="agency")


def _part_of(report: Report, part: Part, at: datetime) -> Report:
    is_supervisory = (
        part.category.category_class is CategoryClass.SUPERVISORY and part.kind is ReportKind.COMPLAINT
    )
    clock = deadlines.duplicate(transitions.verify_clock(report), at=at)
    place = part.place.strip() or report.content.place
    twin = Report(
        number=intake.next_number(at),
        kind=part.kind,
        state=ReportState.SUBMITTED,
        is_supervisory=is_supervisory,
        is_anonymous=report.is_anonymous,
        is_confidential=report.is_confidential,
        category=part.category,
        category_code=part.category.code,
        area=part.area,
        area_code=part.area.code if part.area else None,
        concerned_agency_id=report.concerned_agency_id,
        received_at=report.received_at,
        verify_clock=clock,
        split_from_id=report.id,
        source=report.source,
        content=ReportContent(
            title=part.title.strip(),
            body=part.body.strip(),
            place=place,
            lat=report.content.lat,
            lon=report.content.lon,
            salt=secrets.token_hex(16),
        ),
    )
    twin.reporter = _same_person(report, twin.number)
    return twin


def _same_person(report: Report, number: str) -> Reporter:
    """Who has a tracking code opens the part with that of the whole: see following/access.py."""
    whole = report.reporter
    return Reporter(
        user_id=whole.user_id,
        name=whole.name,
        email=whole.email,
        phone=whole.phone,
        language=whole.language,
        sealed=sealing.again(whole.sealed, report.number, number) if whole.sealed else None,
    )


def _move_photos(report: Report, twin: Report, photo_ids: Collection[int]) -> None:
    moved = [photo for photo in report.photos if photo.id in photo_ids]
    for position, photo in enumerate(moved):
        photo.report_id, photo.position = twin.id, position
    db.session.flush()
    for one in (report, twin):
        db.session.expire(one, ["photos"])
