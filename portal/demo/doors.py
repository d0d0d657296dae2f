"""By which doors the demo city's reports came in: who took them down, what was mailed, what was imported."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from hashlib import sha256

from sqlalchemy import insert, select

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.desk.counter.models import CounterFiling
from portal.mailroom import services as mailroom
from portal.mailroom.models import InboundMail
from portal.reports.importers import sp4n, store, watching
from portal.reports.importers.lookup import Lookup
from portal.reports.importers.models import ImportRun
from portal.reports.importers.outcomes import RunState, Why
from portal.reports.importers.store import Row
from portal.reports.models import Report
from portal.reports.rules import RECORDED, Channel

# Out of a hundred of those without an account; the others came over the site.
SHARES = (
    (Channel.COUNTER, 14),
    (Channel.PHONE, 20),
    (Channel.LETTER, 22),
    (Channel.CHAT, 27),
    (Channel.EMAIL, 35),
)
MODERATOR = "moderator@demo.balaiwarga.example"

MAILS = (
    (
        "Lampu taman mati",
        "Lampu di taman dekat pasar padam sejak Jumat. Anak-anak pulang mengaji dalam gelap.",
    ),
    ("", " "),
    ("Balasan otomatis: sedang cuti", "Saya cuti sampai Senin."),
)
AGENCY = "Dinas Lingkungan Hidup"
EXPORTS: Sequence[tuple[str, Sequence[dict[str, str]]]] = (
    (
        "sp4n-oktober.csv",
        (
            {"Tracking ID": "7304411", "Judul Laporan": "Sampah menumpuk di Jalan Bajak"},
            {"Tracking ID": "7304418", "Judul Laporan": "Parit di belakang sekolah tersumbat"},
            {
                "Tracking ID": "7304423",
                "Judul Laporan": "Bau dari tempat sampah pasar",
                "Instansi Terdisposisi": "Dinas Kebersihan",
            },
            {"Tracking ID": "7304430", "Judul Laporan": ""},
        ),
    ),
    (
        "sp4n-november.csv",
        (
            {"Tracking ID": "7304411", "Judul Laporan": "Sampah menumpuk di Jalan Bajak"},
            {
                "Tracking ID": "7304418",
                "Judul Laporan": "Parit di belakang sekolah tersumbat",
                "Status Laporan": "Ditutup Oleh Admin",
            },
            {"Tracking ID": "7311902", "Judul Laporan": "Truk sampah tidak lewat dua minggu"},
            {
                "Tracking ID": "7311907",
                "Judul Laporan": "Sungai penuh plastik",
                "Tanggal Laporan Masuk": "kemarin",
            },
        ),
    ),
)
WORKBOOK = "rekap-sp4n.xlsx"


def channel_of(salt: str, *, has_account: bool) -> Channel:
    """A report's door, drawn from its own salt: the rest of the story stays as it was told before."""
    drawn = int(salt[:8], 16) % 100
    if has_account:
        return Channel.WEB
    return next((channel for channel, share in SHARES if drawn < share), Channel.WEB)


def happen(at: datetime) -> None:
    """Note who took down what; three mails come in where a mailbox takes them; the folder was looked into
    twice."""
    _note_recorders()
    if config.current().intake_mailbox:
        for serial, (subject, text) in enumerate(MAILS):
            _receive(subject, text, serial, at)
    for serial, (name, rows) in enumerate(EXPORTS):
        _import(name, rows, at - timedelta(days=30 * (len(EXPORTS) - serial) - 29))
    _refuse_workbook(at - timedelta(hours=20))


def _note_recorders() -> None:
    moderator = db.session.scalars(select(User.id).filter_by(email=MODERATOR)).one()
    zone = config.current().zone
    recorded = db.session.execute(
        select(Report.id, Report.received_at).where(Report.channel.in_(RECORDED))
    ).all()
    rows = [
        {
            "report_id": report_id,
            "recorded_by_id": moderator,
            "received_on": received_at.astimezone(zone).date(),
            "recorded_at": received_at,
        }
        for report_id, received_at in recorded
    ]
    if rows:
        db.session.execute(insert(CounterFiling), rows)


def _receive(subject: str, text: str, serial: int, at: datetime) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"warga{serial}@surel.example", config.current().intake_mailbox
    message["Subject"] = subject
    message["Message-ID"] = f"<intake-{serial}@surel.example>"
    message.set_content(text)
    mailroom.keep(message.as_bytes(policy=SMTP), at=at)
    kept = db.session.scalars(select(InboundMail).order_by(InboundMail.id.desc()).limit(1)).one()
    mailroom.handle(kept, at=at)


def _import(name: str, rows: Sequence[Row], at: datetime) -> None:
    run = _run(name, at)
    zone = config.current().zone
    numbered = [(line, _row(row, at)) for line, row in enumerate(rows, start=2)]
    lookup, read = Lookup(creates=False).load(), partial(sp4n.read, zone=zone)
    for one in store.store_batch(numbered, read, sp4n.SOURCE, lookup, at):
        watching.note(run, one)
    run.state, run.ended_at, run.moved_at = RunState.DONE, at, at


def _row(told: Row, at: datetime) -> Row:
    return {
        "Tanggal Laporan Masuk": f"{at - timedelta(days=9):%Y-%m-%d}",
        "Waktu Laporan Masuk": "09:20:00",
        "Klasifikasi Laporan": "Pengaduan Tidak Berkadar Pengawasan",
        "Isi Laporan Awal": "Mohon ditindaklanjuti.",
        "Kategori": "Kebersihan",
        "Instansi Terdisposisi": AGENCY,
        "Status Laporan": "Ditutup Oleh Pelapor",
        **told,
    }


def _refuse_workbook(at: datetime) -> None:
    run = _run(WORKBOOK, at)
    run.state, run.why, run.ended_at, run.moved_at = RunState.REFUSED, Why.SPREADSHEET, at, at


def _run(name: str, at: datetime) -> ImportRun:
    run = ImportRun(sha256=sha256(name.encode()).hexdigest(), file_name=name, byte_count=4_000, started_at=at)
    run.imported_count = run.known_count = run.differing_count = run.refused_count = run.repeat_count = 0
    run.state, run.values = RunState.RUNNING, {}
    db.session.add(run)
    db.session.flush()
    return run
