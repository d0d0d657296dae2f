"""The story of a duty: its public record in words, with what both sides said. Reports tell more of theirs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from portal import i18n
from portal.assignments import exhibits, labels, owners, refusal_words
from portal.assignments.exhibits import Reader
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Brief, Said
from portal.assignments.rules import ResponseKind, Verdict
from portal.assignments.steps import Step, Words, plain
from portal.deadlines.hooks import CauseKind
from portal.deadlines.rules.stages import Stage
from portal.deadlines.rules.stages import Step as Rung
from portal.i18n import _, format_date_short
from portal.ledger.models import Event
from portal.routing import reasons


def tell(
    assignment: Assignment, events: Sequence[Event], *, responses: Sequence[Response], brief: Brief
) -> list[Step]:
    """Everything in its order, with every text: for who handles the matter."""
    owner = owners.of(assignment)
    steps = [received(assignment)]
    steps += told(events, {**EVENTS, **owner.events}, assignment)
    steps += [
        response_step(response, owner.outcomes, number=assignment.number, reader=Reader.HANDLER)
        for response in responses
    ]
    steps += map(_said, brief.said)
    return sorted(steps, key=lambda step: step.at)


def course(assignment: Assignment, events: Sequence[Event]) -> list[Step]:
    """The public record in words alone, for pages where what was said stands elsewhere."""
    words = {**SAID, **EVENTS, **owners.of(assignment).events}
    steps = [received(assignment), *told(events, words, assignment)]
    return sorted(steps, key=lambda step: step.at)


def received(assignment: Assignment) -> Step:
    title = _("Diterima") if owners.of(assignment).has_resident else _("Tugas dimulai")
    return Step(title=title, at=assignment.received_at)


def told(events: Iterable[Event], words: Mapping[str, Words], assignment: Assignment | None) -> list[Step]:
    """The events that have words."""
    steps = []
    for event in events:
        if event.kind == "disposed":
            steps.append(_disposed(event, assignment))
        elif event.kind == "handed_over":
            steps.append(_handed_over(event, assignment))
        elif event.kind in words:
            steps.append(words[event.kind](event))
    return steps


def response_step(
    response: Response,
    outcomes: Mapping[str, object] | None = None,
    *,
    number: str,
    shows_text: bool = True,
    reader: Reader = Reader.PUBLIC,
) -> Step:
    """What the handling side said about the matter of that number, with its evidence."""
    kind = response.kind
    outcome = (outcomes or {}).get(response.outcome or "")
    return Step(
        title=str(labels.KIND[kind] if outcome is None else outcome),
        at=response.at,
        who=_speaker(response),
        badge=_("Moderator") if response.is_by_moderator else _("Petugas"),
        tone={ResponseKind.ANSWER: "met", ResponseKind.QUESTION: "wait"}.get(kind),
        note=_note(response),
        body=response.body if shows_text else "",
        links=refusal_words.links(response),
        response_id=response.id,
        photos=exhibits.of(response, number, reader) if shows_text else (),
    )


def _said(said: Said) -> Step:
    return Step(title=_("Keterangan dari warga"), at=said.at, who=said.who, badge=_("Warga"), body=said.text)


def _disposed(event: Event, assignment: Assignment | None) -> Step:
    official = assignment.official if assignment else None
    # The first holder stands in the record; once it moved, the transfers tell the rest.
    is_named = official is not None and event.details.get("official") == official.id
    stayed = assignment if assignment and not assignment.hop_count else None
    reason = stayed.routing_reason if stayed else {}
    return Step(
        title=_("Diteruskan kepada petugas") if is_named else _("Diteruskan kepada dinas"),
        at=event.at,
        who=official.name if official and is_named else stayed.agency.name if stayed else "",
        note=reasons.tell(reason),
    )


def _handed_over(event: Event, assignment: Assignment | None) -> Step:
    """Why somebody is on leave is nobody's matter; only the present holder is named."""
    official = assignment.official if assignment else None
    is_holder = official is not None and event.details.get("official") == official.id
    return Step(
        title=_("Dilanjutkan oleh petugas pengganti, karena petugasnya sedang cuti"),
        at=event.at,
        who=official.name if official and is_holder else "",
        note=_("Tenggatnya tidak berubah."),
        tone="quiet",
    )


def _speaker(response: Response) -> str:
    if response.is_by_moderator:
        return ""
    names = [response.official.name] if response.official else []
    return ", ".join([*names, response.agency.name])


def _note(response: Response) -> str:
    """Whom it was passed on to, why it was refused, or that it was corrected."""
    if response.kind is ResponseKind.TRANSFER:
        return _receiver(response)
    return refusal_words.note(response) or (_("Disunting.") if response.edited_at else "")


def _receiver(response: Response) -> str:
    if response.to_agency is None:
        return _("Dikembalikan kepada moderator.")
    if response.to_official is None:
        return _("Kepada %(agency)s.", agency=response.to_agency.name)
    return _(
        "Kepada %(official)s, %(agency)s.",
        official=response.to_official.name,
        agency=response.to_agency.name,
    )


def _escalated(event: Event) -> Step:
    stage, rung = event.details.get("stage"), Rung(event.details["step"])
    if stage == Stage.VERIFY:
        return Step(title=_("Moderator diingatkan untuk memutuskan"), at=event.at, tone="quiet")
    told = {
        Rung.REMIND: _("Petugas diingatkan, separuh waktunya sudah lewat"),
        Rung.WARN: _("Atasan diberi tahu, tenggat sudah dekat"),
        Rung.DUE: _("Tenggat tiba, pimpinan dinas diberi tahu"),
        Rung.OVERDUE: _("Terlambat lima hari kerja, inspektorat diberi tahu"),
    }
    owed = (
        _("Tanggapan pertama belum ada.") if stage == Stage.RESPOND else _("Jawaban penyelesaian belum ada.")
    )
    tone = "quiet" if rung in (Rung.REMIND, Rung.WARN) else "late"
    return Step(title=told[rung], at=event.at, tone=tone, note=owed)


def _moved(event: Event) -> Step:
    """Why due times moved, and how; before there were causes it was always the calendar."""
    told = {
        CauseKind.CALENDAR: _("Kalender diperbarui, tenggat dihitung ulang"),
        CauseKind.POLICY: _("Kebijakan tenggat baru diterapkan, tenggat dihitung ulang"),
        CauseKind.AGENCY: _("Dinas memakai kalender kerja lain, tenggat dihitung ulang"),
        CauseKind.MATTER: _("Jenisnya diganti, tenggat dihitung ulang"),
    }
    cause = CauseKind(event.details.get("cause", CauseKind.CALENDAR))
    return Step(title=told[cause], at=event.at, tone="quiet", note=" ".join(_move_notes(event)))


def _move_notes(event: Event) -> Iterator[str]:
    for stage, old, new in event.details.get("moves", ()):
        words = {"old": _day(old), "new": _day(new)}
        if stage == Stage.VERIFY:
            yield _("Verifikasi: dari %(old)s menjadi %(new)s.", **words)
        elif stage == Stage.RESPOND:
            yield _("Tanggapan pertama: dari %(old)s menjadi %(new)s.", **words)
        else:
            yield _("Penyelesaian: dari %(old)s menjadi %(new)s.", **words)


def _day(text: str | None) -> str:
    return (
        format_date_short(i18n.local(datetime.fromisoformat(text)).date()) if text else _("belum diketahui")
    )


def _verdict(event: Event) -> Step:
    titles = {
        Verdict.SOLVED: _("Warga menyatakan selesai"),
        Verdict.PARTLY: _("Warga menyatakan baru sebagian yang selesai"),
        Verdict.NOT: _("Warga menyatakan belum selesai"),
    }
    verdict = verdict_in(event)
    return Step(
        title=titles[verdict],
        at=event.at,
        tone=VERDICT_TONES[verdict],
        note=stars_note(event.details.get("stars")),
    )


def verdict_in(event: Event) -> Verdict:
    """What the record says; its older lines know only solved or not."""
    if said := event.details.get("verdict"):
        return Verdict(said)
    return Verdict.SOLVED if event.details.get("solved") else Verdict.NOT


def _help_asked(event: Event) -> Step:
    code = event.details.get("to_agency", "")
    return Step(
        title=_("Dinas lain dimintai bantuan"),
        at=event.at,
        tone="quiet",
        note=_("Kode dinas: %(code)s. Tanggung jawab dan tenggatnya tidak berubah.", code=code),
    )


def _silence(event: Event) -> Step:
    if event.details.get("ending") == "refused":
        return Step(title=_("Ditutup sebagai ditolak"), at=event.at, tone="quiet")
    return Step(
        title=_("Ditutup karena warga tidak menanggapi"),
        at=event.at,
        tone="quiet",
        note=_("Penutupan ini tidak dihitung sebagai selesai."),
    )


def stars_note(stars: int | None) -> str:
    return _("Penilaian: %(stars)s dari 5.", stars=stars) if stars else ""


VERDICT_TONES = {Verdict.SOLVED: "met", Verdict.PARTLY: "wait", Verdict.NOT: "late"}
EVENTS: dict[str, Words] = {
    "escalated": _escalated,
    "deadline_moved": _moved,
    "question_lapsed": plain(lambda: _("Pertanyaan tidak dijawab, jam petugas berjalan lagi"), "quiet"),
    "redisposed": plain(lambda: _("Moderator menentukan penerima baru")),
    "handed_back": plain(lambda: _("Kembali kepada petugasnya, cutinya sudah selesai"), "quiet"),
    "reassigned": plain(lambda: _("Atasan menunjuk petugas lain"), "quiet"),
    "extension_asked": plain(lambda: _("Petugas meminta perpanjangan waktu"), "wait"),
    "extension_granted": plain(lambda: _("Atasan memberi perpanjangan waktu")),
    "extension_refused": plain(lambda: _("Atasan menolak perpanjangan waktu"), "quiet"),
    "verdict": _verdict,
    "reopened": plain(lambda: _("Dibuka kembali, tenggat lama berjalan terus"), "late"),
    "disputed": plain(lambda: _("Warga belum puas untuk kedua kalinya, moderator menilai"), "late"),
    "dispute_reopened": plain(
        lambda: _("Dibuka kembali oleh moderator, tenggat lama berjalan terus"), "late"
    ),
    "refusal_overturned": plain(
        lambda: _("Moderator membatalkan penolakan, tenggat lama berjalan terus"), "late"
    ),
    "closed_by_silence": _silence,
    "dispute_closed": plain(lambda: _("Ditutup oleh moderator"), "quiet"),
    "withdrawn": plain(lambda: _("Tidak diajukan lagi"), "quiet"),
    "evidence_disputed": plain(lambda: _("Foto bukti dipersoalkan pelapor"), "late"),
    "evidence_explained": plain(lambda: _("Petugas menjelaskan foto yang dipersoalkan")),
    "help_asked": _help_asked,
    "category_corrected": plain(lambda: _("Bidang diperbaiki"), "quiet"),
    "correction_asked": plain(lambda: _("Petugas mengusulkan bidang lain, moderator memutuskan"), "quiet"),
    "correction_refused": plain(lambda: _("Moderator mempertahankan bidangnya"), "quiet"),
}

# What the handling side said, where a page does not show its words beside the line.
SAID: dict[str, Words] = {
    "asked": plain(lambda: _("Petugas bertanya kepada warga, hitungan waktunya berhenti"), "wait"),
    "updated": plain(lambda: _("Petugas memberi kabar perkembangan")),
    "answered": plain(lambda: _("Petugas memberi jawaban penyelesaian"), "met"),
    "refused": plain(lambda: _("Petugas menolak dengan dasar"), "late"),
    "transferred": plain(lambda: _("Dialihkan ke dinas lain, waktu tanggapan dihitung dari awal")),
    "declined": plain(lambda: _("Dinas penerima menolak pengalihan, moderator memutuskan"), "wait"),
    "returned": plain(lambda: _("Dikembalikan kepada moderator setelah dua kali dialihkan"), "wait"),
}

KINDS = frozenset((*EVENTS, *SAID, "disposed", "handed_over"))  # all that has words here
