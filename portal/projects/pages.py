"""What the list and the summary of projects show, made ready for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from portal import config
from portal.i18n import _, format_date_short
from portal.projects import labels, news, rules
from portal.projects.frame import room_url, rupiah
from portal.projects.models import Project, ProjectChange
from portal.projects.rules import Standing


@dataclass(frozen=True, slots=True)
class Now:
    """A phase that is open: its name, until when, and where to go."""

    name: Any
    until: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A project in the list."""

    project: Project
    url: str
    now: list[Now]
    next: str


def shelves(projects: Sequence[Project], at: datetime) -> dict[str, Any]:
    """The list in two parts: what goes on, and what is finished."""
    zone = config.current().zone
    finished = {one.id for one in projects if rules.is_finished(one.phases, at, zone)}
    made = [(one.id in finished, _shelf(one, at)) for one in projects]
    return {
        "running": [shelf for is_over, shelf in made if not is_over],
        "finished": [shelf for is_over, shelf in made if is_over],
    }


def summary(project: Project, at: datetime) -> dict[str, Any]:
    """Values of the summary beside its frame."""
    return {
        "project": project,
        "now": open_rooms(project, at),
        "facts": _facts(project),
        "news": news.latest(project),
    }


def open_rooms(project: Project, at: datetime) -> list[Now]:
    """What residents can do in the project now, what ends first before the others."""
    today = rules.local_day(at, config.current().zone)
    return [
        Now(labels.name(phase), labels.when(phase, Standing.OPEN, today), room_url(project, phase))
        for phase in rules.open_phases(project.phases, at, config.current().zone)
    ]


def _shelf(project: Project, at: datetime) -> Shelf:
    today = rules.local_day(at, config.current().zone)
    ahead = [one for one in project.phases if one.opens_on > today]
    coming = min(ahead, key=lambda one: one.opens_on, default=None)
    return Shelf(
        project=project,
        url=url_for("projects.show", slug=project.slug),
        now=open_rooms(project, at),
        next=_(
            "%(phase)s, %(when)s", phase=labels.name(coming), when=labels.when(coming, Standing.AHEAD, today)
        )
        if coming
        else "",
    )


def _facts(project: Project) -> list[tuple[Any, Any]]:
    """Terms with their values; what is not known is left out."""
    area = project.area.name if project.area else ""
    where = [project.place] if area in project.place else [project.place, area]
    known = [
        (_("Tempat"), ", ".join(filter(None, where))),
        (_("Anggaran"), _budget(project)),
    ]
    return [(term, value) for term, value in known if value]


def _budget(project: Project) -> str:
    """The sum with where it stands; empty when there is none yet."""
    if project.budget is None:
        return ""
    if project.fiscal_year is None:
        return _("%(sum)s (%(source)s)", sum=rupiah(project.budget), source=project.budget_source)
    return _(
        "%(sum)s (%(source)s, tahun anggaran %(year)s)",
        sum=rupiah(project.budget),
        source=project.budget_source,
        year=project.fiscal_year,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change of dates or facts, as it is read."""

    at: datetime
    what: str
    reason: str


def changes(found: Sequence[ProjectChange]) -> list[Change]:
    """The public history, in sentences."""
    return [Change(one.at, _sentence(one), one.reason) for one in found]


def _sentence(change: ProjectChange) -> str:
    was, became = change.was, change.became
    if change.kind == "dates" and change.phase is not None:
        return _(
            "%(phase)s: dari %(was_opens)s sampai %(was_closes)s menjadi %(opens)s sampai %(closes)s.",
            phase=labels.name(change.phase),
            was_opens=_day(was["opens_on"]),
            was_closes=_day(was["closes_on"]),
            opens=_day(became["opens_on"]),
            closes=_day(became["closes_on"]),
        )
    if change.kind == "budget":
        return _("Anggaran: dari %(was)s menjadi %(became)s.", was=_sum(was), became=_sum(became))
    return _("Penanggung jawab: dari %(was)s menjadi %(became)s.", was=was["name"], became=became["name"])


def _day(text: str) -> str:
    return format_date_short(date.fromisoformat(text))


def _sum(value: Mapping[str, Any]) -> str:
    return rupiah(value["budget"]) if value["budget"] is not None else _("belum ada")
