"""The story of a duty: its public record in words, with what both sides said. Reports tell more of theirs."""

from collections.abc import Iterable, Mapping, Sequence

from portal.assignments import labels, owners
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Brief, Said
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.assignments.steps import Step, Words, plain
from portal.deadlines.rules.stages import Stage
from portal.deadlines.rules.stages import Step as Rung
from portal.i18n import _
from portal.ledger.models import Event
from portal.routing import reasons


def tell(
    assignment: Assignment, events: Sequence[Event], *, responses: Sequence[Response], brief: Brief
) -> list[Step]:
    """Everything in its order, with every text: for who handles the matter."""
    owner = owners.of(assignment)
    steps = [received(assignment)]
    steps += told(events, {**EVENTS, **owner.events}, assignment)
    steps += [response_step(response, owner.outcomes) for response in responses]
    steps += map(_said, brief.said)
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
        elif event.kind in words:
            steps.append(words[event.kind](event))
    return steps


def response_step(
    response: Response, outcomes: Mapping[str, object] | None = None, *, shows_text: bool = True
) -> Step:
    """What the handling side said."""
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
        response_id=response.id,
    )


def basis_note(basis: RefusalBasis | None) -> str:
    """Why something was refused; empty where it was not."""
    return _("Dasar penolakan: %(basis)s.", basis=labels.BASIS[basis]) if basis else ""


def _said(said: Said) -> Step:
    return Step(title=_("Keterangan dari warga"), at=said.at, who=said.who, badge=_("Warga"), body=said.text)


def _disposed(event: Event, assignment: Assignment | None) -> Step:
    official = assignment.official if assignment else None
    # The first holder stands in the record; once it moved, the transfers tell the rest.
    who = official.name if official and event.details.get("official") == official.id else ""
    reason = assignment.routing_reason if assignment and not assignment.hop_count else {}
    return Step(
        title=_("Diteruskan kepada petugas") if who else _("Diteruskan kepada dinas"),
        at=event.at,
        who=who,
        note=reasons.tell(reason),
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
    return basis_note(response.basis) or (_("Disunting.") if response.edited_at else "")


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


def _verdict(event: Event) -> Step:
    is_solved, stars = event.details.get("solved"), event.details.get("stars")
    return Step(
        title=_("Warga menyatakan selesai") if is_solved else _("Warga menyatakan belum selesai"),
        at=event.at,
        tone="met" if is_solved else "late",
        note=stars_note(stars),
    )


def stars_note(stars: int | None) -> str:
    return _("Penilaian: %(stars)s dari 5.", stars=stars) if stars else ""


EVENTS: dict[str, Words] = {
    "escalated": _escalated,
    "deadline_moved": plain(lambda: _("Kalender diperbarui, tenggat dihitung ulang"), "quiet"),
    "question_lapsed": plain(lambda: _("Pertanyaan tidak dijawab, jam petugas berjalan lagi"), "quiet"),
    "redisposed": plain(lambda: _("Moderator menentukan penerima baru")),
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
    "dispute_closed": plain(lambda: _("Ditutup oleh moderator"), "quiet"),
    "withdrawn": plain(lambda: _("Tidak diajukan lagi"), "quiet"),
}
