"""Take a report in: number, clock, record and letter in one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from portal import config
from portal.accounts import passwords
from portal.accounts.models import User
from portal.accounts.rules import fold_email
from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs.services import insert
from portal.places.models import Area
from portal.reports import answers, kind_questions, rules, tracking
from portal.reports.identity import sealing
from portal.reports.identity.sealing import Identity
from portal.reports.models import (
    NumberSeries,
    Report,
    ReportAnswer,
    ReportContent,
    Reporter,
    ReportPhoto,
)
from portal.reports.rules import Channel, ReportKind, ReportState
from portal.reports.services import letters, record, verification
from portal.routing import services as routing


@dataclass(frozen=True)
class PhotoIn:
    """A photo that is handed in, with its reporter's words; both may be empty."""

    attachment: Attachment
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a resident hands in. `tracking_code` and `passphrase` are given to those without an account.

    `received_at` is when it reached the city, where that was before it was written down here; day zero is
    that day. `recorder` says on whose desk, in codes for the record ("agency:dishub"); `recorder_id` is the
    official there, who never gets it by a rule.
    """

    kind: ReportKind
    title: str
    body: str
    category_code: str
    area_code: str | None = None
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    found_area_code: str | None = None  # what the boundaries say of the point
    concerned_agency_id: int | None = None
    is_anonymous: bool = False
    is_confidential: bool = False
    name: str = ""
    email: str | None = None
    phone: str = ""
    language: str = "id"
    photos: Sequence[PhotoIn] = ()
    answers: Mapping[str, str] = field(default_factory=dict)  # by the code of the question
    form_token: str | None = None
    tracking_code: str | None = None
    passphrase: str | None = None
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    recorder: str = ""
    recorder_id: int | None = None


def file_report(filing: Filing, *, by: User | None, at: datetime) -> Report:
    """Receive a report; an explicit auto-route rule of its category verifies it at once.

    The same form token files nothing twice: the first report comes back.
    """
    first = _filed_before(filing)
    if first is not None:
        return first
    category = _offered(filing)
    with db.session.no_autoflush:  # written once, when it is whole: 40 statements instead of 60
        report = _receive(filing, category, by, at)
        _tell(report, filing, at)
        _verify_by_rule(report, filing, at)
    db.session.flush()
    return report


def _tell(report: Report, filing: Filing, at: datetime) -> None:
    record.write(
        report,
        "filed",
        at=at,
        category=report.category_code,
        area=report.area_code,
        kind=report.kind.value,
        **_door(filing),
        content=record.digest(report.content, filing.title, filing.body, filing.place),
    )
    stages = report.verify_clock.stages if report.verify_clock else []
    letters.tell_reporter(report, "report_received", at=at, due_at=stages[0].due_at if stages else None)


def _door(filing: Filing) -> dict[str, str]:
    """How it came in, where that was not this site."""
    if filing.channel is Channel.WEB:
        return {}
    told = {"channel": filing.channel.value, "recorder": filing.recorder}
    if filing.received_at is not None:
        told["received_at"] = filing.received_at.isoformat()
    return {name: text for name, text in told.items() if text}


def may_verify_by_rule(report: Report) -> bool:
    """Anonymous, confidential and supervisory-weight reports always go through a moderator."""
    return not (report.is_anonymous or report.is_confidential or report.is_supervisory)


def _filed_before(filing: Filing) -> Report | None:
    if filing.form_token is None:
        return None
    digest = tracking.token_digest(filing.form_token)
    return db.session.scalar(select(Report).filter_by(form_token=digest))


def _offered(filing: Filing) -> Category:
    category = db.session.get(Category, filing.category_code)
    if category is None or not category.is_active:
        raise DomainError(_l("Pilih bidang dari daftar."), field="category")
    if not filing.title.strip() or not filing.body.strip():
        raise DomainError(_l("Tuliskan judul dan ceritanya lebih dahulu."), field="body")
    if len(filing.photos) > rules.MAX_PHOTOS:
        raise DomainError(_l("Paling banyak lima foto."), field="photos")
    return category


def _receive(filing: Filing, category: Category, by: User | None, at: datetime) -> Report:
    is_supervisory = (
        category.category_class is CategoryClass.SUPERVISORY and filing.kind is ReportKind.COMPLAINT
    )
    received_at = filing.received_at or at
    is_formal = kind_questions.is_formal(filing.kind, filing.answers)
    clock = deadlines.open_clock(
        rules.matter_of(filing.kind, is_supervisory, is_formal),
        stages=[Stage.VERIFY],
        at=received_at,
        category=category.code,
    )
    report = Report(
        number=next_number(at),
        kind=filing.kind,
        state=ReportState.SUBMITTED,
        is_supervisory=is_supervisory,
        is_formal=is_formal,
        is_anonymous=filing.is_anonymous,
        is_confidential=filing.is_confidential or category.category_class is CategoryClass.CONFIDENTIAL,
        category_code=category.code,
        category=category,
        area_code=filing.area_code,
        area=db.session.get(Area, filing.area_code) if filing.area_code else None,
        concerned_agency_id=filing.concerned_agency_id if is_supervisory else None,
        received_at=received_at,
        channel=filing.channel,
        verify_clock=clock,
        form_token=filing.form_token and tracking.token_digest(filing.form_token),
        content=ReportContent(
            title=filing.title.strip(),
            body=filing.body.strip(),
            place=filing.place.strip(),
            lat=filing.lat,
            lon=filing.lon,
            found_area_code=filing.found_area_code,
            salt=secrets.token_hex(16),
            answers=_answers(filing),
        ),
        photos=[
            ReportPhoto(
                attachment=photo.attachment,
                position=position,
                caption=photo.caption.strip(),
                alt=photo.alt.strip(),
            )
            for position, photo in enumerate(filing.photos)
        ],
    )
    report.reporter = _reporter(report, filing, by)
    db.session.add(report)
    return report


def _answers(filing: Filing) -> list[ReportAnswer]:
    """What fits the questions of today; whoever files for others need not have asked them all."""
    if not filing.answers:
        return []
    return answers.rows(answers.asked(filing.kind, filing.category_code, filing.answers), filing.answers)


def _reporter(report: Report, filing: Filing, by: User | None) -> Reporter:
    """Of an anonymous report nothing is kept but the way back: the seal of an account, or code and words."""
    reporter = Reporter() if filing.is_anonymous else _named(filing, by)
    if by is None:
        _give_way_back(reporter, filing, report.number)
    elif filing.is_anonymous:
        reporter.sealed = sealing.row(Identity(user_id=by.id), report.number)
    return reporter


def _give_way_back(reporter: Reporter, filing: Filing, number: str) -> None:
    """For those without an account: code and words; a code alone opens with the number, as it did once."""
    code, words = filing.tracking_code, filing.passphrase
    if code and words:
        reporter.tracking_digest = tracking.digest(code)
        reporter.passphrase_hash = passwords.hashed(tracking.read_passphrase(words))
    elif code:
        reporter.tracking_digest = tracking.digest_with_number(number, code)


def _named(filing: Filing, by: User | None) -> Reporter:
    return Reporter(
        user_id=by.id if by else None,
        name=by.name if by else filing.name.strip(),
        email=fold_email(filing.email) if filing.email and not by else None,
        phone=filing.phone.strip(),
        language=filing.language,
    )


def _verify_by_rule(report: Report, filing: Filing, at: datetime) -> None:
    if not may_verify_by_rule(report):
        return
    found = routing.route(report.category_code, report.area_code, at)
    if filing.recorder_id is not None and found.official_id == filing.recorder_id:
        return  # nobody hands a duty to themselves: a moderator looks first
    if found.verifies and found.agency_id is not None:
        verification.verify(report, routing=found, by=None, at=at)


def next_number(at: datetime) -> str:
    """One row a year is counted up under its lock: numbers have no gaps and no doubles."""
    settings = config.current()
    year = at.astimezone(settings.zone).year
    counted = insert(NumberSeries).values(year=year, last=1)
    serial = db.session.scalar(
        counted.on_conflict_do_update(
            index_elements=[NumberSeries.year], set_={"last": NumberSeries.last + 1}
        ).returning(NumberSeries.last)
    )
    return rules.number(settings.number_prefix, year, serial)
