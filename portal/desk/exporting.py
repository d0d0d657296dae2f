"""An official's own work as a table: what each column says, and the rows in the order of receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal import i18n
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.desk.queries import own_work
from portal.desk.queries.own_work import Batch
from portal.i18n import _l
from portal.reports import answers

DAY = timedelta(days=1)
COLUMNS = {  # in their order; the texts stand beside the file and in its JSON
    "number": _l("Nomor publik perkara."),
    "origin": _l("Asalnya: report (laporan), thread (forum), idea (gagasan), dan seterusnya."),
    "category": _l("Kode bidang; kosong bila rahasia."),
    "area": _l("Kode wilayah; kosong bila rahasia atau berlaku untuk seluruh kota."),
    "received_at": _l("Saat perkara diterima."),
    "disposed_at": _l("Saat perkara pertama kali diteruskan kepada dinas."),
    "first_response_at": _l("Saat tanggapan pertama; tanda terima dan pertanyaan tidak dihitung."),
    "resolved_at": _l("Saat jawaban penyelesaian atau penolakan yang pertama."),
    "respond_due_at": _l("Jatuh tempo tanggapan pertama, dengan perpanjangan; kosong selama jeda."),
    "resolve_due_at": _l("Jatuh tempo penyelesaian, dengan perpanjangan; kosong selama jeda."),
    "respond_on_time": _l("1 bila tanggapan pertama tepat waktu, 0 bila terlambat, kosong bila belum pasti."),
    "resolve_on_time": _l("1 bila penyelesaian tepat waktu, 0 bila terlambat, kosong bila belum pasti."),
    "paused_days": _l("Hari kalender selama menunggu jawaban warga."),
    "transfers": _l("Berapa kali dialihkan antardinas."),
    "answers": _l("Pertanyaan bidang dan jawaban pelapor; kosong bila rahasia."),
    "rating": _l("Bintang dari warga, 1 sampai 5, pada penilaian terakhir; kosong bila tidak dinilai."),
}


@dataclass(frozen=True)
class Period:
    """From the first moment of one local day to the first after another."""

    start: datetime
    end: datetime


def rows(official_id: int, period: Period, *, at: datetime) -> Iterator[list[Any]]:
    """A row for each duty that the official holds and that was received in the period, read in batches."""
    for batch in own_work.batches(official_id, period.start, period.end):
        for duty in batch.duties:
            yield _row(duty, batch, at)


def _row(duty: Any, batch: Batch, at: datetime) -> list[Any]:
    stages = {stage: batch.stages.get((duty.clock_id, stage), []) for stage in (Stage.RESPOND, Stage.RESOLVE)}
    is_open = not duty.is_confidential
    return [
        duty.number,
        duty.origin,
        duty.category_code if is_open else None,
        duty.area_code if is_open else None,
        *map(_moment, (duty.received_at, duty.disposed_at, duty.responded_at, duty.resolved_at)),
        *(_moment(rounds[-1].due_at if rounds else None) for rounds in stages.values()),
        *(_on_time(rounds, at) for rounds in stages.values()),
        paused_days(batch.entries.get(duty.clock_id, []), at),
        duty.hop_count,
        answers.sentence(answers.facts(batch.answers.get(duty.id, []))) if is_open else None,
        duty.stars,
    ]


def paused_days(entries: Sequence[Any], at: datetime) -> float:
    """Calendar days between each pause and what ended it, to one decimal; a running pause lasts until now."""
    total, since = timedelta(), None
    for entry in entries:
        if entry.kind == EntryKind.PAUSE:
            since = entry.at
        elif since is not None:
            total, since = total + (entry.at - since), None
    return round((total + (at - since if since else timedelta())) / DAY, 1)


def _on_time(rounds: Sequence[Any], at: datetime) -> int | None:
    """Every beginning of the stage counts: one that became late stays late."""
    if any(one.due_at and (one.met_at or one.ended_at or at) > one.due_at for one in rounds):
        return 0
    return 1 if rounds and rounds[-1].met_at else None


def _moment(value: datetime | None) -> str | None:
    """ISO 8601 with the city's offset."""
    return i18n.local(value).isoformat(timespec="minutes") if value else None
