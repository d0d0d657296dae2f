"""Working together in the demo city: photos of what was done, one of them disputed; help that was asked for
and given; an agency whose supervisors read answers first; a category put right."""

from datetime import datetime, timedelta
from io import BytesIO

from PIL import ExifTags, Image

from portal.accounts.models import User
from portal.assignments import approvals, contributions, corrections, evidence, queries, services
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import Clock
from portal.demo import pictures
from portal.demo.city import HERO
from portal.i18n import local
from portal.organisation.models import Official

NEWS = "Sudah kami kerjakan. Foto sebelum dan sesudahnya kami sertakan; mohon diperiksa."
ANSWER = "Regu kami sudah menanganinya kemarin sore, dan tempat itu aman dilewati kembali."


def happen(at: datetime) -> None:
    """Around the demo's official and the supervisor, through the services themselves."""
    hero = db.session.scalars(db.select(Official).filter_by(name=HERO)).one()
    if hero.user_id is None or hero.supervisor is None or hero.supervisor.user_id is None:
        return
    by, boss = (db.session.get_one(User, one.user_id) for one in (hero, hero.supervisor))
    duties = _open_duties(hero, limit=3)
    if len(duties) < 3:
        return
    shown, asked, wrong = duties
    _prove(shown, by, at)
    _help(asked, hero.supervisor, by, boss, at)
    _correct(wrong, by, at)
    _is_asked(hero, at)
    _approve_first(hero, at)


def _prove(duty: Assignment, by: User, at: datetime) -> None:
    """Two photos; the resident says that one shows another place."""
    done_at = at - timedelta(hours=20)
    for hours, alt in ((30, "Sebelum dikerjakan"), (22, "Sesudah dikerjakan")):
        evidence.add(duty, _photo(duty, at - timedelta(hours=hours)), alt=alt, by=by, at=done_at)
    said = services.respond(duty, kind=ResponseKind.INTERIM, body=NEWS, by=by, at=done_at)
    db.session.expire(said, ["photos"])
    evidence.dispute(
        said.photos[-1],
        reason="Foto kedua diambil di ujung jalan, bukan di depan rumah kami.",
        at=at - timedelta(hours=3),
    )


def _help(duty: Assignment, leader: Official, by: User, boss: User, at: datetime) -> None:
    question = "Apakah pekerjaan ini sudah masuk anggaran triwulan ini?"
    request = contributions.ask(duty, question=question, to_official=leader, by=by, at=at - timedelta(days=1))
    words = "Sudah, kontraknya berjalan sampai akhir bulan depan. Nomor kontraknya ada di bagian umum."
    contributions.give(request, body=words, by=boss, at=at - timedelta(hours=5))


def _is_asked(hero: Official, at: datetime) -> None:
    """A colleague's duty on which the demo's official is asked."""
    colleague = db.session.scalars(
        db.select(Official)
        .where(Official.agency_id == hero.agency_id, Official.id != hero.id, Official.open_count > 0)
        .order_by(Official.open_count.desc(), Official.id)
        .limit(1)
    ).first()
    if colleague is None or colleague.user_id is None:
        return
    by = db.session.get_one(User, colleague.user_id)
    for duty in _open_duties(colleague, limit=1):
        question = "Tiang di lokasi ini dulu Bapak yang pasang. Apakah jaringannya masih yang lama?"
        contributions.ask(duty, question=question, to_official=hero, by=by, at=at - timedelta(hours=7))


def _correct(duty: Assignment, by: User, at: datetime) -> None:
    """It was filed under the neighbouring category of the same group."""
    category = duty.category
    if category is None:
        return
    near = db.session.scalars(
        db.select(Category)
        .where(
            Category.group == category.group,
            Category.code != category.code,
            Category.category_class == category.category_class,
            Category.is_active.is_(True),
        )
        .order_by(Category.position)
        .limit(1)
    ).first()
    if near is not None and not corrections.is_protected(category, near):
        reason = "Setelah diperiksa di lapangan, penyebabnya bukan yang tertulis di laporan."
        corrections.correct(
            duty, category=near, area=duty.area, reason=reason, by=by, at=at - timedelta(hours=9)
        )


def _approve_first(hero: Official, at: datetime) -> None:
    """Another agency whose supervisors read first; one answer waits there."""
    found = db.session.execute(
        db.select(Assignment, User)
        .join(Assignment.official)
        .join(User, User.id == Official.user_id)
        .where(
            Assignment.state == AssignmentState.OPEN,
            Assignment.origin == "report",
            Official.agency_id != hero.agency_id,
            Official.supervisor_id.is_not(None),
            ~queries.is_sealed(),
        )
        .order_by(Assignment.id.desc())
        .limit(1)
    ).first()
    if found is not None:
        duty, holder = found
        duty.agency.needs_approval = True
        db.session.flush()
        approvals.say(duty, kind=ResponseKind.ANSWER, body=ANSWER, by=holder, at=at - timedelta(hours=4))


def _open_duties(official: Official, *, limit: int) -> list[Assignment]:
    """Reports that nobody answered yet and that do not wait for anybody, the newest first."""
    found = db.session.scalars(
        db.select(Assignment)
        .join(Assignment.clock)
        .where(
            Assignment.official_id == official.id,
            Assignment.state == AssignmentState.OPEN,
            Assignment.origin == "report",
            Assignment.is_confidential.is_(False),
            Assignment.resolved_at.is_(None),
            Clock.paused_at.is_(None),
        )
        .order_by(Assignment.id)
        .limit(limit)
    )
    return list(found)


def _photo(duty: Assignment, taken: datetime) -> BytesIO:
    """A drawn picture with what a camera would have written."""
    painter = pictures.PAINTERS.get(duty.category_code or "", next(iter(pictures.PAINTERS.values())))
    exif = Image.Exif()
    written = exif.get_ifd(ExifTags.IFD.Exif)
    written[ExifTags.Base.DateTimeOriginal] = f"{local(taken):%Y:%m:%d %H:%M:%S}"
    out = BytesIO()
    painter().save(out, "JPEG", exif=exif)
    out.seek(0)
    return out
