"""Office hours as administrators write them: "07.30-16.00" for a day, and a line for a period of others."""

import re
from collections import Counter
from datetime import date, time
from typing import Any

from portal.administration.labels import WEEKDAY
from portal.errors import DomainError
from portal.i18n import _l

Week = dict[str, list[str]]  # weekday: opening and close, as calendar documents have them

HOURS = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


def read_day(text: str) -> list[str]:
    """`07.30-16.00` as a document has it. Raises ValueError."""
    found = HOURS.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    opens, closes = (time(int(found[one]), int(found[one + 1])) for one in (1, 3))
    if opens >= closes:
        raise ValueError(text)
    return [f"{one:%H:%M}" for one in (opens, closes)]


def day_text(hours: list[str]) -> str:
    return "-".join(hours).replace(":", ".")


def read_week(days: dict[str, str]) -> Week:
    """The week of a form: a day without hours is a day off. Raises DomainError beside the field."""
    week: Week = {}
    for day, text in days.items():
        try:
            if text:
                week[day] = read_day(text)
        except ValueError as error:
            raise DomainError(
                _l("Tulis jam seperti 07.30-16.00, atau kosongkan untuk hari libur."), field=f"week_{day}"
            ) from error
    if not week:
        raise DomainError(_l("Paling sedikit satu hari harus menjadi hari kerja."), field="week_mon")
    return week


def period_lines(document: dict[str, Any]) -> str:
    """The periods of other office hours as lines that can be edited."""
    return "\n".join(_period_line(row) for row in document["regimes"])


def read_periods(lines: str, document: dict[str, Any]) -> list[dict[str, Any]]:
    """One period a line: name; first day; last day; hours; other hours of single days. Without hours a
    period has those of a present one whose name begins alike ("Ramadan 2028": "Ramadan"). Raises
    DomainError with the line that cannot be read."""
    namesakes = {row["name"].split()[0].casefold(): row["week"] for row in document["regimes"]}
    rows = []
    for line in filter(str.strip, lines.splitlines()):
        try:
            rows.append(_read_period(line, list(document["week"]), namesakes))
        except ValueError as error:
            raise DomainError(
                _l("Baris ini belum benar: %(line)s", line=line.strip()), field="regimes"
            ) from error
    return sorted(rows, key=lambda row: row["from"])


def _period_line(row: dict[str, Any]) -> str:
    """The hours that most days have, then those of each other day."""
    week = {day: day_text(hours) for day, hours in row["week"].items()}
    usual = Counter(week.values()).most_common(1)[0][0]
    others = [f"{WEEKDAY[day]} {hours}" for day, hours in week.items() if hours != usual]
    return "; ".join([row["name"], row["from"], row["to"], usual, *others])


def _read_period(line: str, weekdays: list[str], namesakes: dict[str, Week]) -> dict[str, Any]:
    name, first, last, *hours = (part.strip() for part in line.split(";"))
    from_on, to_on = date.fromisoformat(first), date.fromisoformat(last)
    if not name or from_on > to_on:
        raise ValueError(line)
    week = _read_hours(hours, weekdays) if hours else namesakes.get(name.split()[0].casefold())
    if not week:
        raise ValueError(line)
    return {"name": name, "from": first, "to": last, "week": week}


def _read_hours(parts: list[str], weekdays: list[str]) -> Week:
    week = {day: read_day(parts[0]) for day in weekdays}
    keys = {str(label).casefold(): day for day, label in WEEKDAY.items()}
    for part in parts[1:]:
        label, _space, text = part.partition(" ")
        if label.casefold() not in keys:
            raise ValueError(part)
        week[keys[label.casefold()]] = read_day(text)
    return {day: week[day] for day in WEEKDAY if day in week}
