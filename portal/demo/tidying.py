"""What the demo's moderators put right: merged and split reports, likely duplicates, a photo covered."""

from datetime import datetime, timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.attachments import services as attachments
from portal.attachments.covering import Grid
from portal.categories.models import Category
from portal.db import db
from portal.demo.city import ADDRESS
from portal.places.models import Area
from portal.reports import services as reports
from portal.reports.models import Report, ReportPhoto
from portal.reports.rules import ReportKind, ReportState
from portal.routing import services as routing

HARJOSARI = "12.71.09.1004"
PLACE = (3.5402, 98.7069)
GRID = Grid.over(4, 3)
FACE = (51, 52, 63, 64)  # cells


def happen(at: datetime) -> None:
    """Each as moderators do it, in the last days."""
    moderator = _moderator()
    _two_of_the_same_lamp(moderator, at)
    _a_pipe_and_a_tree(moderator, at)
    _likely_duplicates(at)
    _a_face_in_a_photo(at - timedelta(hours=20))


def _two_of_the_same_lamp(moderator: User, at: datetime) -> None:
    """Two neighbours reported one lamp; the first report goes on."""
    first = _file(
        "pju",
        "Lampu jalan di depan pos ronda Gang Rela mati",
        "Lampu di depan pos ronda Gang Rela mati total sejak hari Sabtu, warga ronda pakai senter.",
        "Gang Rela, depan pos ronda",
        "Syahrul",
        at - timedelta(days=3),
    )
    second = _file(
        "pju",
        "Pos ronda Gang Rela gelap gulita",
        "Lampu jalan dekat pos ronda Gang Rela tidak menyala, sudah beberapa malam.",
        "Gang Rela",
        "Mariana",
        at - timedelta(days=2),
    )
    reports.merge(second, into=first, by=moderator, at=at - timedelta(days=1, hours=3))


def _a_pipe_and_a_tree(moderator: User, at: datetime) -> None:
    """One letter about two matters; each agency gets its own. The published words lose a neighbour's name."""
    whole = _file(
        "pju",
        "Lampu taman mati dan pohon miring ke kabel",
        "Lampu di taman kecil depan rumah Pak Sutrisno mati. Di sebelahnya pohon mahoni miring ke kabel.",
        "Jalan Bajak II, taman kecil",
        "Dermawan",
        at - timedelta(days=2, hours=6),
    )
    category = db.session.get(Category, "pohon")
    if whole.state is not ReportState.OPEN or category is None:
        return
    split_at = at - timedelta(days=1, hours=2)
    reports.split(
        whole,
        reports.Part(
            title="Pohon mahoni miring ke kabel di Jalan Bajak II",
            body="Pohon mahoni di sebelah taman kecil miring ke kabel.",
            kind=ReportKind.COMPLAINT,
            category=category,
            area=db.session.get(Area, HARJOSARI),
        ),
        by=moderator,
        at=split_at,
        routing=routing.route("pohon", HARJOSARI, split_at),
    )
    reports.reword(
        whole,
        title="Lampu taman di Jalan Bajak II mati",
        body="Lampu di taman kecil mati. Pohon di sebelahnya ditangani dengan nomor sendiri.",
        place=whole.place,
        by=moderator,
        at=split_at + timedelta(minutes=5),
    )


def _likely_duplicates(at: datetime) -> None:
    """Two that wait in triage and are probably one."""
    _file(
        "parkir",
        "Parkir liar di depan pasar Simpang Limun",
        "Mobil parkir dua lapis di depan pasar Simpang Limun tiap pagi, angkot tidak bisa lewat. "
        "Juru parkirnya Bang Ucok, hubungi 0813-7000-1122.",
        "Depan pasar Simpang Limun",
        "Rosdiana",
        at - timedelta(hours=26),
    )
    _file(
        "parkir",
        "mobil parkir dua lapis dekat pasar simpang limun",
        "tiap pagi macet karna mobil parkir dua lapis di depan pasar simpang limun min",
        "pasar simpang limun",
        "Togar",
        at - timedelta(hours=5),
    )


def _a_face_in_a_photo(at: datetime) -> None:
    photo = db.session.scalar(
        db.select(ReportPhoto)
        .join(Report, Report.id == ReportPhoto.report_id)
        .where(Report.state == ReportState.OPEN, Report.is_confidential.is_(False), Report.title != "")
        .order_by(Report.received_at.desc(), ReportPhoto.position)
        .limit(1)
    )
    report = db.session.get(Report, photo.report_id) if photo else None
    if photo is not None and report is not None:
        masked = attachments.keep_picture(attachments.covered(photo.attachment, GRID.boxes(FACE)), at)
        reports.hold_photo(report, photo, masked=masked, at=at)


def _file(category: str, title: str, body: str, place: str, name: str, at: datetime) -> Report:
    return reports.file_report(
        reports.Filing(
            kind=ReportKind.COMPLAINT,
            title=title,
            body=body,
            category_code=category,
            area_code=HARJOSARI,
            place=place,
            lat=PLACE[0],
            lon=PLACE[1],
            name=name,
            email=f"{name.lower()}@surel.example",
        ),
        by=None,
        at=at,
    )


def _moderator() -> User:
    found = accounts.user_by_email(ADDRESS[Role.MODERATOR])
    if found is None:
        raise LookupError(ADDRESS[Role.MODERATOR])
    return found
