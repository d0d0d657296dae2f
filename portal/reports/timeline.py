"""The story of a report: its public record in words, with what both sides said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.assignments import labels as response_labels
from portal.assignments.models import Response
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.deadlines.rules.stages import Stage
from portal.deadlines.rules.stages import Step as Rung
from portal.i18n import _
from portal.ledger.models import Event
from portal.reports.models import Message, ModeratorQuestion, Report
from portal.reports.rules import Ending
from portal.routing import reasons


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened. `body` is what somebody said, empty where it is not for this reader."""

    title: str
    at: datetime
    who: str = ""
    badge: str = ""
    tone: str | None = None
    note: str = ""
    body: str = ""
    response_id: int | None = None  # of what the handling side said


def tell(
    report: Report,
    events: Sequence[Event],
    *,
    responses: Sequence[Response],
    messages: Sequence[Message],
    questions: Sequence[ModeratorQuestion] = (),
    is_private: bool = False,
) -> list[Step]:
    """Everything in its order. With `is_private` the reporter's own view: also what is confidential."""
    told = _Teller(report, is_private)
    steps = [told.received()]
    steps += [step for event in events if (step := told.event(event))]
    steps += [told.response(response) for response in responses]
    steps += [told.message(message) for message in messages]
    if is_private:
        steps += [told.moderator_question(question) for question in questions]
    return sorted(steps, key=lambda step: step.at)


class _Teller:
    """Tells the steps of one report to one kind of reader."""

    def __init__(self, report: Report, is_private: bool) -> None:
        self.report = report
        self.is_private = is_private
        self.reads_texts = is_private or (report.verified_at is not None and not report.is_confidential)

    def received(self) -> Step:
        return Step(title=_("Diterima"), at=self.report.received_at)

    def event(self, event: Event) -> Step | None:
        if event.kind == "disposed":
            return self._disposed(event)
        words = EVENTS.get(event.kind)
        return words(event) if words else None

    def response(self, response: Response) -> Step:
        kind = response.kind
        return Step(
            title=str(response_labels.KIND[kind]),
            at=response.at,
            who=self._speaker(response),
            badge=_("Moderator") if response.is_by_moderator else _("Petugas"),
            tone={ResponseKind.ANSWER: "met", ResponseKind.QUESTION: "wait"}.get(kind),
            note=_note(response),
            body=response.body if self.reads_texts else "",
            response_id=response.id,
        )

    def message(self, message: Message) -> Step:
        return Step(
            title=_("Keterangan dari pelapor"),
            at=message.at,
            badge=_("Warga"),
            body=message.body if self.is_private else message.public_body,
        )

    def moderator_question(self, question: ModeratorQuestion) -> Step:
        return Step(
            title=_("Pesan dari moderator"),
            at=question.at,
            badge=_("Moderator"),
            tone="wait",
            body=question.body,
        )

    def _disposed(self, event: Event) -> Step:
        assignment, official = self.report.assignment, self.report.official
        # The first holder stands in the record; once it moved, the transfers tell the rest.
        who = official.name if official and event.details.get("official") == official.id else ""
        reason = assignment.routing_reason if assignment and not assignment.hop_count else {}
        return Step(
            title=_("Diteruskan kepada petugas") if who else _("Diteruskan kepada dinas"),
            at=event.at,
            who=who,
            note=reasons.tell(reason),
        )

    def _speaker(self, response: Response) -> str:
        if response.is_by_moderator:
            return ""
        names = [response.official.name] if response.official else []
        return ", ".join([*names, response.agency.name])


def _note(response: Response) -> str:
    """Whom it was passed on to, why it was refused, or that it was corrected."""
    if response.kind is ResponseKind.TRANSFER:
        return _receiver(response)
    return _basis(response.basis) or (_("Disunting.") if response.edited_at else "")


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


def _basis(basis: RefusalBasis | None) -> str:
    if basis is None:
        return ""
    return _("Dasar penolakan: %(basis)s.", basis=response_labels.BASIS[basis])


Words = Callable[[Event], Step]


def _plain(sentence: Callable[[], str], tone: str | None = None) -> Words:
    return lambda event: Step(title=sentence(), at=event.at, tone=tone)


def _verified(event: Event) -> Step:
    by_rule = not event.details.get("moderator")
    return Step(
        title=_("Diverifikasi"),
        at=event.at,
        note=_("Otomatis, menurut aturan bidang ini.") if by_rule else _("Oleh moderator."),
    )


def _refused(event: Event) -> Step:
    basis = event.details.get("basis")
    return Step(
        title=_("Ditolak oleh moderator"),
        at=event.at,
        note=_basis(RefusalBasis(basis) if basis else None),
    )


def _verdict(event: Event) -> Step:
    is_solved = event.details.get("solved")
    stars = event.details.get("stars")
    return Step(
        title=_("Pelapor menyatakan selesai") if is_solved else _("Pelapor menyatakan belum selesai"),
        at=event.at,
        tone="met" if is_solved else "late",
        note=_("Penilaian: %(stars)s dari 5.", stars=stars) if stars else "",
    )


def _silence(event: Event) -> Step:
    if event.details.get("ending") == Ending.REFUSED:
        return Step(title=_("Ditutup sebagai ditolak"), at=event.at, tone="quiet")
    return Step(
        title=_("Ditutup karena pelapor tidak menanggapi"),
        at=event.at,
        tone="quiet",
        note=_("Penutupan ini tidak dihitung sebagai selesai."),
    )


def _escalated(event: Event) -> Step:
    stage, rung = event.details.get("stage"), Rung(event.details["step"])
    if stage == Stage.VERIFY:
        return Step(title=_("Moderator diingatkan untuk memverifikasi"), at=event.at, tone="quiet")
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


EVENTS: dict[str, Words] = {
    "escalated": _escalated,
    "deadline_moved": _plain(lambda: _("Kalender diperbarui, tenggat dihitung ulang"), "quiet"),
    "verified": _verified,
    "verdict": _verdict,
    "closed_by_silence": _silence,
    "corrected": _plain(lambda: _("Bidang atau wilayah dibetulkan moderator"), "quiet"),
    "asked_before_verification": _plain(lambda: _("Moderator bertanya kepada pelapor"), "wait"),
    "question_lapsed": _plain(lambda: _("Pertanyaan tidak dijawab, jam petugas berjalan lagi"), "quiet"),
    "refused_unverified": _refused,
    "archived": _plain(lambda: _("Diarsipkan karena belum lengkap"), "quiet"),
    "revived": _plain(lambda: _("Dilengkapi, menunggu verifikasi lagi")),
    "redisposed": _plain(lambda: _("Moderator menentukan penerima baru")),
    "reassigned": _plain(lambda: _("Atasan menunjuk petugas lain"), "quiet"),
    "extension_asked": _plain(lambda: _("Petugas meminta perpanjangan waktu"), "wait"),
    "extension_granted": _plain(lambda: _("Atasan memberi perpanjangan waktu")),
    "extension_refused": _plain(lambda: _("Atasan menolak perpanjangan waktu"), "quiet"),
    "reopened": _plain(lambda: _("Dibuka kembali, tenggat lama berjalan terus"), "late"),
    "disputed": _plain(lambda: _("Pelapor belum puas untuk kedua kalinya, moderator menilai"), "late"),
    "dispute_reopened": _plain(
        lambda: _("Dibuka kembali oleh moderator, tenggat lama berjalan terus"), "late"
    ),
    "dispute_closed": _plain(lambda: _("Ditutup oleh moderator"), "quiet"),
    "withdrawn": _plain(lambda: _("Ditarik oleh pelapor"), "quiet"),
}
