"""Figures in words: durations, shares and the sentence that carries the meaning."""

from typing import Any, NamedTuple

from portal.i18n import _, _l, format_number, format_percent, ngettext
from portal.statistics.documents import Estimate, Figures, ShareFigure, Timing

MINUTE, HOUR, DAY = 60, 3600, 86_400
IN_HOURS_BELOW = 2 * DAY  # shorter times are said in hours
FORTNIGHT = 14

EXCLUSIONS: dict[str, Any] = {
    "source_has_no_answer_times": _l("sistem asalnya tidak mencatat waktu jawaban"),
    "source_has_no_closing_times": _l("sistem asalnya tidak mencatat waktu penutupan"),
    "younger_than_30_days": _l("diterima kurang dari 30 hari sebelum batas data"),
    "imported": _l("dibawa dari sistem lain, tidak berjalan menurut jam kantor kota ini"),
    "not_disposed": _l("belum pernah didisposisikan"),
    "outside_calendar": _l("di luar hari yang dimuat kalender kerja"),
}


def duration(seconds: float | None) -> str:
    """Hours with two decimals when short, else days; what is unknown is a dash."""
    if seconds is None:
        return "–"
    return hours(seconds) if seconds < IN_HOURS_BELOW else days(seconds)


def hours(seconds: float) -> str:
    """1,75 jam."""
    amount = round(seconds / HOUR, 2)
    return str(ngettext("%(amount)s jam", "%(amount)s jam", _plural(amount), amount=format_number(amount)))


def days(seconds: float) -> str:
    """3,83 hari."""
    amount = round(seconds / DAY, 2)
    return str(ngettext("%(amount)s hari", "%(amount)s hari", _plural(amount), amount=format_number(amount)))


def minutes(seconds: float) -> str:
    """40 menit."""
    count = max(round(seconds / MINUTE), 1)
    return str(ngettext("%(count)s menit", "%(count)s menit", count, count=format_number(count)))


def spoken(seconds: float) -> str:
    """A duration as one would say it: 40 menit, 12 jam, 2 hari."""
    if seconds < 1.5 * HOUR:
        return minutes(seconds)
    if seconds < IN_HOURS_BELOW:
        return hours(round(seconds / HOUR) * HOUR)
    return days(round(seconds / DAY, 1 if seconds < 10 * DAY else 0) * DAY)


def _plural(amount: float) -> int:
    return 1 if amount == 1 else 2


def estimate(value: Estimate | None) -> str:
    """The quantile itself, or why there is none."""
    if value is None:
        return "–"
    if value["answer"] == "not-reached":
        return str(_("belum tercapai"))
    if value["answer"] == "not-estimable":
        return str(_("belum dapat ditaksir"))
    return duration(value["time"])


def office_time(value: Estimate) -> str:
    """The same for working time, in office hours."""
    if value["answer"] != "estimated" or value["time"] is None:
        return estimate(value)
    amount = round(value["time"] / HOUR, 2)
    said = ngettext(
        "%(amount)s jam kerja", "%(amount)s jam kerja", _plural(amount), amount=format_number(amount)
    )
    return str(said)


def hours_of(value: Estimate) -> str:
    """The quantile in hours whatever its length, or why there is none."""
    return estimate(value) if value["time"] is None else hours(value["time"])


def limits(value: Estimate | None) -> str:
    """The interval in hours, e.g. 61,79–135,31 jam; empty without an estimate."""
    if value is None or value["answer"] != "estimated" or value["lower"] is None:
        return ""
    lower = format_number(round(value["lower"] / HOUR, 2))
    if value["upper"] is None:
        return str(_("sekurangnya %(lower)s jam", lower=lower))
    return str(
        _("%(lower)s–%(upper)s jam", lower=lower, upper=format_number(round(value["upper"] / HOUR, 2)))
    )


def in_hours(value: Estimate | None) -> str:
    """A long time in hours as well, with its interval, e.g. 91,99 jam (61,79–135,31 jam)."""
    time, interval = value and value["time"], limits(value)
    if time is None or time < IN_HOURS_BELOW:
        return interval
    return str(_("%(time)s (%(interval)s)", time=hours(time), interval=interval)) if interval else hours(time)


def share(value: ShareFigure | None, digits: int = 1) -> str:
    """47,0 %, or a dash where nothing may be said. What is not all is never rounded to 100 %."""
    if value is None:
        return "–"
    said = format_percent(value["value"], digits)
    is_rounded_away = value["value"] not in (0, 1) and said in (
        format_percent(0, digits),
        format_percent(1, digits),
    )
    return format_percent(value["value"], digits + 1) if is_rounded_away else said


def share_limits(value: ShareFigure | None) -> str:
    """45,9–48,0 %; empty without an interval."""
    if value is None or value["lower"] is None or value["upper"] is None:
        return ""
    lower, upper = (format_number(100 * side, 1) for side in (value["lower"], value["upper"]))
    return str(_("%(lower)s–%(upper)s %%", lower=lower, upper=upper))


def count(number: int | None) -> str:
    """1.024, or a dash where nothing may be said."""
    return "–" if number is None else format_number(number)


def known(number: int, timing: Timing) -> str:
    """A count of answers or closings, or a dash where no source told when they happened: that is not zero."""
    return "–" if not number and not timing["n"] and timing["excluded"] else format_number(number)


def counts(value: ShareFigure | None) -> str:
    """531 dari 612."""
    if value is None or value["count"] is None:
        return ""
    return str(_("%(count)s dari %(n)s", count=format_number(value["count"]), n=format_number(value["n"])))


def exclusions(timing: Timing) -> list[str]:
    """How many were left out, and why, a sentence for each reason."""
    return [
        ngettext(
            "%(count)s laporan tidak ikut dihitung: %(reason)s.",
            "%(count)s laporan tidak ikut dihitung: %(reason)s.",
            count,
            count=format_number(count),
            reason=EXCLUSIONS.get(reason, reason),
        )
        for reason, count in sorted(timing["excluded"].items())
    ]


class Sentence(NamedTuple):
    """A sentence and the part of it that matters most."""

    text: str
    stress: str


def lead(figures: Figures) -> list[Sentence]:
    """The sentences that carry the meaning of the page."""
    response, closure = figures["first_response"], figures["first_closure"]
    if not response["is_withheld"]:
        return [_half_answered(response), *_not_answered(response)]
    if not closure["is_withheld"]:
        return [_half_closed(closure)]
    return [Sentence(_("Terlalu sedikit laporan pada masa ini untuk menyebut waktu jawab."), "")]


def _half_answered(timing: Timing) -> Sentence:
    n, events, median = format_number(timing["n"]), format_number(timing["events"]), timing["median"]
    if median["answer"] == "not-reached":
        return Sentence(_("Dari %(n)s laporan, belum separuhnya dijawab.", n=n), "")
    if median["time"] is None:
        return Sentence(_("Dari %(n)s laporan, %(answered)s sudah dijawab.", n=n, answered=events), events)
    time = spoken(median["time"])
    return Sentence(_("Separuh dari %(n)s laporan dijawab dalam %(time)s.", n=n, time=time), time)


def _half_closed(timing: Timing) -> Sentence:
    n, events, median = format_number(timing["n"]), format_number(timing["events"]), timing["median"]
    if median["answer"] == "not-reached":
        return Sentence(_("Dari %(n)s laporan, belum separuhnya diselesaikan.", n=n), "")
    if median["time"] is None:
        return Sentence(_("Dari %(n)s laporan, %(closed)s sudah diselesaikan.", n=n, closed=events), events)
    time = spoken(median["time"])
    return Sentence(_("Separuh dari %(n)s laporan diselesaikan dalam %(time)s.", n=n, time=time), time)


def _not_answered(timing: Timing) -> list[Sentence]:
    """How many got no answer within a fortnight, in the words of a neighbour."""
    fortnight = next(row["share"] for row in timing["by_day"] if row["day"] == FORTNIGHT)
    if fortnight is None:
        return []
    missing = 1 - fortnight["value"]
    if missing < 0.005:
        return [Sentence(_("Hampir semuanya dijawab dalam dua minggu."), "")]
    if 0.05 <= missing <= 0.4:
        count = format_number(round(1 / missing))
        text = _("Dari setiap %(n)s laporan, satu tidak mendapat jawaban dalam dua minggu.", n=count)
        return [Sentence(text, _("satu tidak mendapat jawaban"))]
    part = format_percent(missing)
    return [Sentence(_("%(share)s tidak mendapat jawaban dalam dua minggu.", share=part), part)]
