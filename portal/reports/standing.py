"""How a report stands, in plain sentences: its verification while a question waits, then its duty."""

from collections.abc import Callable, Sequence

from portal.assignments import standing as duties
from portal.assignments.models import Response
from portal.assignments.standing import Standing
from portal.deadlines.presentation import ClockValue
from portal.deadlines.rules.stages import Stage
from portal.i18n import _, format_date, ngettext
from portal.ledger.models import Event
from portal.reports import policy
from portal.reports.masking import mask
from portal.reports.models import Report
from portal.reports.rules import REVIVE_DAYS


def of(
    report: Report,
    *,
    clocks: Sequence[ClockValue],
    events: Sequence[Event],
    responses: Sequence[Response],
    is_private: bool = False,
) -> list[Standing]:
    """Reasons are read as the rest of what officials say: masked by the public, of confidential reports
    by the reporter alone."""
    if report.assignment is not None:
        quote = _quote(report, is_private=is_private)
        return duties.of(report.assignment, clocks=clocks, events=events, passes=responses, quote=quote)
    return [_asked(clock) for clock in clocks if clock.stage is Stage.VERIFY and clock.is_paused]


def _quote(report: Report, *, is_private: bool) -> Callable[[str], str]:
    if is_private:
        return str
    if policy.is_published(report):
        return lambda text: mask(text).text
    return lambda text: ""


def _asked(clock: ClockValue) -> Standing:
    """A moderator's question before verification waits for the reporter."""
    whole = clock.whole
    sentences = [
        _(
            "Moderator bertanya kepada pelapor pada %(day)s, dan sejak itu hitungan waktunya berhenti.",
            day=format_date(clock.reckoning.pauses[-1].start),
        ),
        duties.if_answered(clock),
    ]
    if whole.pause_ends_at is not None:
        sentences.append(
            _(
                "Tanpa jawaban sampai %(day)s, laporan diarsipkan karena belum lengkap.",
                day=format_date(whole.pause_ends_at),
            )
        )
        sentences.append(
            ngettext(
                "Sesudah itu masih dapat dilengkapi dalam %(num)s hari.",
                "Sesudah itu masih dapat dilengkapi dalam %(num)s hari.",
                REVIVE_DAYS,
            )
        )
    return duties.joined(sentences, "warn")
