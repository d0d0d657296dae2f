"""The last days of the demo's own people, through the services themselves: their letters are written too."""

from datetime import UTC, datetime, time, timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import extensions, refusals
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Stage
from portal.demo.city import ADDRESS
from portal.forum import services as forum
from portal.forum.models import ForumCategory
from portal.organisation.models import Agency
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import ReportKind

HARJOSARI = "12.71.09.1004"  # in Medan Amplas, the home of the demo's resident
SITIREJO = "12.71.09.1003"
PLACE = (3.5431, 98.7066)


def happen(at: datetime) -> None:
    """What the demo's resident and official find when they sign in for the first time."""
    _time_is_asked_for(at)
    _answer_waits(at)
    _question_waits(at)
    _neighbours_wait(at)
    _forum_asks(at)
    _moderators_have_work(at)
    _refusal_is_undone(at)


def _time_is_asked_for(at: datetime) -> None:
    """The supervisor has an extension to decide."""
    report = _file(
        "pju",
        "Sederet lampu Jalan Bajak IV padam",
        "Tujuh lampu di Jalan Bajak IV padam sejak hujan petir. Jalan ini dilalui buruh pabrik "
        "yang pulang malam.",
        "Jalan Bajak IV, dari masjid sampai lapangan",
        at=_days_ago(at, 8, "17:20"),
        by=_user(Role.RESIDENT),
        area_code=SITIREJO,
    )
    _say(
        report,
        ResponseKind.INTERIM,
        "Kabel tanahnya putus di dua titik. Penggalian menunggu gambar jaringan dari PLN.",
        _days_ago(at, 6, "09:15"),
    )
    extensions.ask(
        _duty(report),
        Stage.RESOLVE,
        days=5,
        reason="Kabel tanah pengganti baru tiba dari gudang provinsi dalam satu pekan.",
        by=_user(Role.OFFICIAL),
        at=_days_ago(at, 1, "14:40"),
    )


def _refusal_is_undone(at: datetime) -> None:
    """The official took a pole of the city for one of PLN; a moderator brought the report back."""
    report = _file(
        "pju",
        "Tiang lampu miring di Jalan Garu V",
        "Tiang lampu di depan sekolah miring ke arah jalan sejak ditabrak truk. Kami khawatir rubuh.",
        "Jalan Garu V, depan sekolah dasar",
        at=_days_ago(at, 7, "10:30"),
        by=None,
    )
    refused = assignments.respond(
        _duty(report),
        kind=ResponseKind.REFUSAL,
        basis=RefusalBasis.NOT_COMPETENT,
        outside_body=db.session.scalars(db.select(Agency).filter_by(code="PLN")).one(),
        body="Tiang di lokasi itu milik PLN. Mohon disampaikan langsung agar segera ditegakkan.",
        by=_user(Role.OFFICIAL),
        at=_days_ago(at, 5, "09:40"),
    )
    refusals.overturn(
        refused,
        reason="Pada foto terlihat pelat inventaris Dinas Perhubungan, jadi tiangnya milik kota.",
        by=_user(Role.MODERATOR),
        at=_days_ago(at, 2, "11:10"),
    )


def _answer_waits(at: datetime) -> None:
    """The resident may say whether it is solved."""
    report = _file(
        "pju",
        "Lampu di simpang Jalan Garu II berkedip",
        "Lampu jalan di simpang Jalan Garu II berkedip terus sejak minggu lalu, silau dan mengganggu "
        "orang yang lewat. Nomor saya 0812-6034-7812 kalau petugas mau bertanya.",
        "Jalan Garu II, dekat simpang",
        at=_days_ago(at, 5, "06:50"),
        by=_user(Role.RESIDENT),
    )
    acknowledged = "Laporan diterima. Kami periksa sore ini pada giliran tugas Medan Amplas."
    _say(report, ResponseKind.ACKNOWLEDGEMENT, acknowledged, _days_ago(at, 5, "08:05"))
    _say(
        report,
        ResponseKind.INTERIM,
        "Sudah diperiksa: sakelar otomatisnya rusak. Penggantinya kami ambil dari gudang.",
        _days_ago(at, 4, "16:10"),
    )
    _say(
        report,
        ResponseKind.ANSWER,
        "Sakelar otomatis sudah diganti dan lampu menyala tenang sejak tadi malam. "
        "Mohon dikabari kalau berkedip lagi.",
        _days_ago(at, 1, "08:30"),
    )


def _question_waits(at: datetime) -> None:
    """The resident is asked something; the official's clock stands still."""
    report = _file(
        "pju",
        "Lampu jalan mati di Jalan Garu III depan mushala",
        "Sudah empat malam lampu jalan di depan mushala mati. Anak-anak pulang mengaji dalam gelap dan "
        "kemarin ada pengendara motor jatuh karena lubang tidak terlihat.",
        "Jalan Garu III, depan mushala",
        at=_days_ago(at, 3, "19:42"),
        by=_user(Role.RESIDENT),
    )
    _say(
        report,
        ResponseKind.QUESTION,
        "Terima kasih, Bu. Tiang nomor berapa yang mati, dan apakah lampu di seberangnya juga padam?",
        _days_ago(at, 1, "10:05"),
    )


def _neighbours_wait(at: datetime) -> None:
    """New work on the official's desk, also from somebody without an account."""
    _file(
        "pju",
        "Lampu jalan depan SD di Jalan Pertahanan padam",
        "Dua lampu di depan sekolah padam sejak awal pekan. Pagi masih gelap waktu anak-anak datang.",
        "Jalan Pertahanan, depan sekolah dasar",
        at=_days_ago(at, 4, "07:10"),
        by=_user(Role.RESIDENT),
    )
    _file(
        "pju",
        "tiang lampu miring di jalan stm",
        "tiang lampu jalan stm dekat jembatan miring kali, takut tumbang ke kabel. tolong dicek ya pak",
        "Jalan STM, dekat jembatan",
        at=_days_ago(at, 2, "21:15"),
        by=None,
    )
    report = _file(
        "pju",
        "lampu gang keluarga padam min",
        "lampu jln di gang keluarga padam dah dua hari, gelap kali. tolong ya pak",
        "Gang Keluarga, ujung gang",
        at=_days_ago(at, 1, "18:35"),
        by=None,
    )
    reports.support(report, by=_user(Role.RESIDENT), at=_days_ago(at, 1, "20:00"))


def _forum_asks(at: datetime) -> None:
    """A question from the forum stands on the same desk, with the same clock."""
    category = db.session.scalars(db.select(ForumCategory).filter_by(category_code="pju")).first()
    if category is None:
        return
    thread = forum.open_thread(
        category,
        title="Kapan jadwal pemeriksaan lampu di gang-gang Harjosari?",
        body="Lampu jalan besar cepat diperbaiki, tetapi lampu gang baru dilihat kalau ada yang melapor. "
        "Adakah jadwal tetapnya? Kami mau ikut mencatat tiang mana saja yang mati.",
        by=_user(Role.RESIDENT),
        at=_days_ago(at, 4, "20:10"),
        area_code=HARJOSARI,
    )
    forum.ask(
        thread,
        reason="Pertanyaan tentang jadwal dinas, bukan satu kerusakan.",
        by=_user(Role.MODERATOR),
        at=_days_ago(at, 2, "09:20"),
    )


def _moderators_have_work(at: datetime) -> None:
    """An anonymous report and one of supervisory weight wait for verification."""
    _file(
        "parkir",
        "Juru parkir memaksa di depan minimarket Jalan Garu I",
        "Setiap malam ada yang meminta lima ribu tanpa karcis, kalau tidak diberi dia marah-marah.",
        "Jalan Garu I, depan minimarket",
        at=_days_ago(at, 1, "19:30"),
        by=None,
        is_anonymous=True,
    )
    _file(
        "biaya_sekolah",
        "Uang perpisahan diwajibkan",
        "Anak saya diminta membayar uang perpisahan tiga ratus ribu dan tidak boleh menolak.",
        "",
        at=_days_ago(at, 1, "20:45"),
        by=_user(Role.RESIDENT),
        is_confidential=True,
    )


def _days_ago(at: datetime, days: int, wall: str) -> datetime:
    """A time of day on the n-th working day before today."""
    city = deadlines.calendar()
    day = city.local_date(at)
    while days:
        day -= timedelta(days=1)
        days -= not city.covers(day) or city.is_working_day(day)
    return datetime.combine(day, time.fromisoformat(wall), city.zone).astimezone(UTC)


def _file(
    category: str,
    title: str,
    body: str,
    place: str,
    *,
    at: datetime,
    by: User | None,
    area_code: str = HARJOSARI,
    is_anonymous: bool = False,
    is_confidential: bool = False,
) -> Report:
    return reports.file_report(
        reports.Filing(
            kind=ReportKind.COMPLAINT,
            title=title,
            body=body,
            category_code=category,
            area_code=area_code,
            place=place,
            lat=PLACE[0] if place else None,
            lon=PLACE[1] if place else None,
            name="" if by else "Parlindungan",
            email=None if by else "parlindungan@surel.example",
            is_anonymous=is_anonymous,
            is_confidential=is_confidential,
        ),
        by=by,
        at=at,
    )


def _say(report: Report, kind: ResponseKind, body: str, at: datetime) -> None:
    assignments.respond(_duty(report), kind=kind, body=body, by=_user(Role.OFFICIAL), at=at)


def _duty(report: Report) -> Assignment:
    if report.assignment is None:
        raise ValueError(f"{report.number} was not verified by its rule")
    return report.assignment


def _user(role: Role) -> User:
    found = accounts.user_by_email(ADDRESS[role])
    if found is None:
        raise LookupError(ADDRESS[role])
    return found
