"""The story of a report: its public record in words, with what both sides said."""

from collections.abc import Sequence

from portal.assignments import timeline as duties
from portal.assignments.models import Response
from portal.assignments.rules import RefusalBasis
from portal.assignments.steps import Step, Words, plain
from portal.deadlines.rules.stages import Stage
from portal.i18n import _
from portal.ledger.models import Event
from portal.reports import policy
from portal.reports.models import Message, ModeratorQuestion, Report
from portal.reports.rules import Ending


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
    reads_texts = is_private or policy.is_published(report)
    steps = [Step(title=_("Diterima"), at=report.received_at)]
    steps += duties.told(events, {**duties.EVENTS, **EVENTS}, report.assignment)
    steps += [duties.response_step(response, shows_text=reads_texts) for response in responses]
    steps += exchange(
        messages, questions if is_private else (), is_private=is_private, shows_text=reads_texts
    )
    return sorted(steps, key=lambda step: step.at)


def exchange(
    messages: Sequence[Message],
    questions: Sequence[ModeratorQuestion],
    *,
    is_private: bool,
    shows_text: bool = True,
) -> list[Step]:
    """What moderators asked before verification, and what the reporter wrote."""
    asked = [
        Step(
            title=_("Pesan dari moderator"),
            at=question.at,
            badge=_("Moderator"),
            tone="wait",
            body=question.body,
        )
        for question in questions
    ]
    written = [
        Step(
            title=_("Keterangan dari pelapor"),
            at=message.at,
            badge=_("Warga"),
            body=(message.body if is_private else message.public_body) if shows_text else "",
        )
        for message in messages
    ]
    return sorted([*asked, *written], key=lambda step: step.at)


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
        note=duties.basis_note(RefusalBasis(basis) if basis else None),
    )


def _verdict(event: Event) -> Step:
    is_solved = event.details.get("solved")
    return Step(
        title=_("Pelapor menyatakan selesai") if is_solved else _("Pelapor menyatakan belum selesai"),
        at=event.at,
        tone="met" if is_solved else "late",
        note=duties.stars_note(event.details.get("stars")),
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
    if event.details.get("stage") == Stage.VERIFY:
        return Step(title=_("Moderator diingatkan untuk memverifikasi"), at=event.at, tone="quiet")
    return duties.EVENTS["escalated"](event)


# What happens to reports alone, or is told of them in words of their own.
EVENTS: dict[str, Words] = {
    "escalated": _escalated,
    "verified": _verified,
    "verdict": _verdict,
    "closed_by_silence": _silence,
    "corrected": plain(lambda: _("Bidang atau wilayah dibetulkan moderator"), "quiet"),
    "asked_before_verification": plain(lambda: _("Moderator bertanya kepada pelapor"), "wait"),
    "refused_unverified": _refused,
    "archived": plain(lambda: _("Diarsipkan karena belum lengkap"), "quiet"),
    "revived": plain(lambda: _("Dilengkapi, menunggu verifikasi lagi")),
    "disputed": plain(lambda: _("Pelapor belum puas untuk kedua kalinya, moderator menilai"), "late"),
    "withdrawn": plain(lambda: _("Ditarik oleh pelapor"), "quiet"),
}
