"""The story of a report: its public record in words, with what both sides said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from portal.assignments import refusal_words
from portal.assignments import timeline as duties
from portal.assignments.exhibits import Reader
from portal.assignments.models import Response
from portal.assignments.rules import RefusalBasis, Verdict
from portal.assignments.steps import Step, Words, plain
from portal.deadlines.rules.stages import Stage
from portal.i18n import _, ngettext
from portal.ledger.models import Event
from portal.reports import arrivals, labels, policy
from portal.reports.masking import mask
from portal.reports.models import EarlyRefusal, Message, ModeratorQuestion, Report
from portal.reports.rules import ReportKind


def tell(
    report: Report,
    events: Sequence[Event],
    *,
    responses: Sequence[Response],
    messages: Sequence[Message],
    questions: Sequence[ModeratorQuestion] = (),
    refusals: Sequence[EarlyRefusal] = (),
    is_private: bool = False,
) -> list[Step]:
    """Everything in its order. With `is_private` the reporter's own view: also what is confidential."""
    reads_texts = is_private or policy.is_published(report)
    steps = arrivals.steps(report, events)
    kept = {one.id: one for one in refusals}
    words = {
        **duties.EVENTS,
        **EVENTS,
        "refused_unverified": lambda event: _refused(event, kept),
        "category_corrected": lambda event: _recategorised(event, report),
    }
    steps += duties.told(events, words, report.assignment)
    reader = Reader.OWNER if is_private else Reader.PUBLIC
    said = [
        duties.response_step(response, number=report.number, shows_text=reads_texts, reader=reader)
        for response in responses
    ]
    # Officials quote what residents wrote: the public reads it masked, like everything else.
    steps += said if is_private else [replace(step, body=mask(step.body).text) for step in said]
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


def _refused(event: Event, kept: Mapping[int, EarlyRefusal] | None = None) -> Step:
    """The basis, and whom to ask instead; of refusals from before these were kept the basis alone."""
    refusal, basis = (kept or {}).get(event.details.get("refusal", 0)), event.details.get("basis")
    if refusal is not None:
        note, links = refusal_words.note(refusal), refusal_words.links(refusal)
    else:
        note, links = refusal_words.basis_note(RefusalBasis(basis) if basis else None), []
    return Step(title=_("Ditolak oleh moderator"), at=event.at, note=note, links=links)


def _recategorised(event: Event, report: Report) -> Step:
    """With the category that it still has; a later correction tells its own."""
    holds = event.details.get("category") == report.category_code
    return Step(
        title=_("Bidang diperbaiki"),
        at=event.at,
        tone="quiet",
        note=_("Sekarang: %(category)s.", category=labels.category_name(report.category)) if holds else "",
    )


def _verdict(event: Event) -> Step:
    verdict = duties.verdict_in(event)
    return Step(
        title=_what_the_reporter_says(verdict),
        at=event.at,
        tone=duties.VERDICT_TONES[verdict],
        note=duties.stars_note(event.details.get("stars")),
    )


def _verdict_changed(event: Event) -> Step:
    notes = [_("Pelapor mengubah penilaiannya."), duties.stars_note(event.details.get("stars"))]
    verdict = duties.verdict_in(event)
    return Step(
        title=_what_the_reporter_says(verdict),
        at=event.at,
        tone=duties.VERDICT_TONES[verdict],
        note=" ".join(note for note in notes if note),
    )


def _answer_rated(event: Event) -> Step:
    """Of an interim answer: it moves nothing, so it is told quietly."""
    return Step(
        title=_("Pelapor menilai kabar perkembangan"),
        at=event.at,
        tone="quiet",
        note=" ".join([RATED[duties.verdict_in(event)](), duties.stars_note(event.details.get("stars"))]),
    )


def _what_the_reporter_says(verdict: Verdict) -> str:
    return {
        Verdict.SOLVED: _("Pelapor menyatakan selesai"),
        Verdict.PARTLY: _("Pelapor menyatakan baru sebagian yang selesai"),
        Verdict.NOT: _("Pelapor menyatakan belum selesai"),
    }[verdict]


RATED: dict[Verdict, Callable[[], str]] = {
    Verdict.SOLVED: lambda: _("Masalahnya sudah selesai."),
    Verdict.PARTLY: lambda: _("Masalahnya baru sebagian selesai."),
    Verdict.NOT: lambda: _("Masalahnya belum selesai."),
}


def _escalated(event: Event) -> Step:
    if event.details.get("stage") == Stage.VERIFY:
        return Step(title=_("Moderator diingatkan untuk memverifikasi"), at=event.at, tone="quiet")
    return duties.EVENTS["escalated"](event)


RELATIONS = {"merged": "into", "merged_in": "report", "split": "part", "split_off": "whole"}
RELATIVES = {"merged": "into", "merged_in": "joined", "split": "parts", "split_off": "whole"}


def relatives(events: Sequence[Event]) -> dict[str, list[str]]:
    """Numbers of the reports that this one went `into`, that `joined` it, its `parts`, and the `whole` that
    it is a part of; what was undone is left out."""
    found: dict[str, list[str]] = {name: [] for name in RELATIVES.values()}
    for event in events:
        if event.kind in RELATIONS:
            found[RELATIVES[event.kind]].append(event.details[RELATIONS[event.kind]])
        elif event.kind == "unmerged":
            for name in ("into", "joined"):
                found[name] = [one for one in found[name] if one != event.details["other"]]
    return found


def _merged(event: Event) -> Step:
    return Step(
        title=_("Digabungkan dengan laporan %(number)s", number=event.details["into"]),
        at=event.at,
        note=_("Laporan itu diterima lebih dahulu dan tetap berjalan dengan tenggatnya sendiri."),
    )


def _merged_in(event: Event) -> Step:
    return Step(
        title=_(
            "Laporan %(number)s tentang hal yang sama digabungkan ke sini", number=event.details["report"]
        ),
        at=event.at,
        tone="quiet",
        note=_("Tenggat laporan ini tidak berubah."),
    )


def _unmerged(event: Event) -> Step:
    number = event.details["other"]
    return Step(
        title=_("Penggabungan dengan %(number)s dibatalkan", number=number), at=event.at, tone="quiet"
    )


def _split(event: Event) -> Step:
    number = event.details["part"]
    return Step(title=_("Sebagian urusannya dipisahkan menjadi %(number)s", number=number), at=event.at)


def _split_off(event: Event) -> Step:
    return Step(
        title=_("Dipisahkan dari laporan %(number)s", number=event.details["whole"]),
        at=event.at,
        note=_("Waktu tunggunya dihitung sejak laporan itu diterima."),
    )


def _kind_changed(event: Event) -> Step:
    kinds = {name: labels.KIND[ReportKind(event.details[name])] for name in ("before", "after")}
    return Step(
        title=_("Jenisnya diganti dari %(before)s menjadi %(after)s", **kinds),
        at=event.at,
        note=_("Tenggatnya dihitung ulang dari tanggal awal yang sama."),
    )


def _carried(event: Event) -> Step:
    count = event.details["supporters"]
    return Step(
        title=ngettext("Didukung %(num)s warga", "Didukung %(num)s warga", count),
        at=event.at,
        note=_("Kepala dinas wajib menjawab usul ini sendiri."),
    )


# What happens to reports alone, or is told of them in words of their own.
EVENTS: dict[str, Words] = {
    "escalated": _escalated,
    "verified": _verified,
    "verdict": _verdict,
    "verdict_changed": _verdict_changed,
    "answer_rated": _answer_rated,
    "corrected": plain(lambda: _("Bidang atau wilayah dibetulkan moderator"), "quiet"),
    "asked_before_verification": plain(lambda: _("Moderator bertanya kepada pelapor"), "wait"),
    "refused_unverified": _refused,
    "merged": _merged,
    "merged_in": _merged_in,
    "unmerged": _unmerged,
    "split": _split,
    "split_off": _split_off,
    "kind_changed": _kind_changed,
    "suggestion_carried": _carried,
    "suggestion_answered": plain(lambda: _("Kepala dinas menjawab usul ini"), "met"),
    "identity_opened": plain(
        lambda: _("Moderator membuka identitas pelapor, dengan alasan tercatat"), "wait"
    ),
    "text_corrected": plain(lambda: _("Teks yang terbit dibetulkan moderator"), "quiet"),
    "photo_held": plain(lambda: _("Satu foto ditahan moderator"), "quiet"),
    "photo_masked": plain(lambda: _("Satu foto diganti salinan yang disamarkan"), "quiet"),
    "photo_described": plain(lambda: _("Keterangan satu foto dibetulkan"), "quiet"),
    "photo_released": plain(lambda: _("Satu foto ditampilkan lagi"), "quiet"),
    "archived": plain(lambda: _("Diarsipkan karena belum lengkap"), "quiet"),
    "revived": plain(lambda: _("Dilengkapi, menunggu verifikasi lagi")),
    "disputed": plain(lambda: _("Pelapor belum puas untuk kedua kalinya, moderator menilai"), "late"),
    "withdrawn": plain(lambda: _("Ditarik oleh pelapor"), "quiet"),
}
