"""The receipt: number, code, who is responsible, why, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from flask import url_for
from markupsafe import Markup

from portal import config
from portal.deadlines.presentation import ClockValue
from portal.i18n import _
from portal.reports import clocks, tracking
from portal.reports.models import Report
from portal.reports.rules import OMBUDSMAN_URL
from portal.routing import reasons

QR_QUIET_MODULES = 2


@dataclass(frozen=True)
class Receipt:
    """`code` and `passphrase` are empty for those who need none, because their account knows the report, and
    for those who have noted them."""

    number: str
    code: str
    passphrase: str
    qr: Markup
    responsible: str
    reason: str
    clock: ClockValue | None
    address: str  # what the QR says: the public page, never a secret
    coming: Sequence[str]
    rights: Sequence[str]


def receipt(report: Report, code: str, passphrase: str = "", *, at: datetime) -> Receipt:
    reporter = report.reporter
    fits = reporter.tracking_digest == tracking.digest(code) and not reporter.is_receipt_closed
    running = clocks.of(report, at)
    address = config.current().public_url + url_for("reports.show", number=report.number)
    return Receipt(
        number=report.number,
        code=code if fits else "",
        passphrase=passphrase if fits else "",
        qr=_qr(address),
        responsible=_responsible(report),
        reason=_reason(report),
        clock=running[0] if running else None,
        address=address,
        coming=_coming(report),
        rights=_rights(),
    )


def close(report: Report) -> None:
    """Show code and words to nobody any more; no moment is kept, only that it happened."""
    report.reporter.is_receipt_closed = True


def _responsible(report: Report) -> str:
    if report.agency is None:
        return _("Moderator Balai Warga")
    return ", ".join([*([report.official.name] if report.official else []), report.agency.name])


def _reason(report: Report) -> str:
    if report.assignment is None:
        return _("Moderator memeriksa laporan Anda, lalu meneruskannya kepada petugas.")
    return reasons.tell(report.assignment.routing_reason)


def _coming(report: Report) -> list[str]:
    """What happens next, in its order."""
    first = (
        _("Moderator memeriksa laporan Anda dan menentukan dinas yang bertanggung jawab.")
        if report.assignment is None
        else _("Petugas memberi tanggapan pertama, lalu menangani laporan Anda.")
    )
    return [
        first,
        _("Setiap langkah dan setiap tenggat tampil di halaman laporan, juga bila tenggatnya lewat."),
        _(
            "Setelah dijawab, Anda punya sepuluh hari kerja untuk menyatakan sudah, "
            "baru sebagian, atau belum selesai."
        ),
    ]


def _rights() -> list[str]:
    """What the person can do, and where to go when it does not help."""
    return [
        _("Menambah keterangan, menjawab pertanyaan petugas, dan menarik laporan."),
        _("Menilai setiap jawaban, dan membuka kembali laporan satu kali dalam 30 hari setelah ditutup."),
        _(
            "Tidak puas? Mengadu gratis ke Ombudsman Republik Indonesia: %(address)s.",
            address=OMBUDSMAN_URL.removeprefix("https://"),
        ),
    ]


def _qr(address: str) -> Markup:
    """The address of the public page as an inline SVG."""
    code = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704  # drawn by segno, nothing in it was typed
        code.svg_inline(border=QR_QUIET_MODULES, omitsize=True, svgclass="qr__code", lineclass=None)
    )
