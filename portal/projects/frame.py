"""What stands around every page of a project: its facts, its phases as one line of time, its rooms."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for

from portal import config
from portal.i18n import _, _l, format_number, ngettext
from portal.projects import labels, rules
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind, Standing

MILLION = 1_000_000
BILLION = 1_000_000_000

# A room's key, its endpoint (called with `slug`), its name, and the kinds of phase that give a project one.
ROOMS: tuple[tuple[str, str, Any, frozenset[PhaseKind] | None], ...] = (
    ("summary", "projects.show", _l("Ringkasan"), None),
    ("ideas", "ideas.index", _l("Gagasan"), frozenset({PhaseKind.COLLECT})),
    ("plan", "plans.show", _l("Denah"), frozenset({PhaseKind.ANNOTATE})),
    ("vote", "voting.show", _l("Pilih prioritas"), frozenset({PhaseKind.PRIORITISE})),
    ("meetings", "meetings.index", _l("Pertemuan"), None),
    ("building", "building.show", _l("Pembangunan"), frozenset({PhaseKind.BUILD, PhaseKind.EVALUATE})),
    ("documents", "documents.index", _l("Dokumen"), None),
)
# Pages of a project that are no room of their own.
OTHERS = {"changes": _l("Perubahan"), "manage": _l("Kelola")}


@dataclass(frozen=True, slots=True)
class Stop:
    """A phase on the line of time; `state` is "ahead", "open" or "over"."""

    name: Any
    when: str
    state: Standing
    state_name: Any


@dataclass(frozen=True, slots=True)
class Frame:
    """Values of templates/projects/_frame.html, which reads them as `frame`."""

    project: Project
    current: str
    trail: list[tuple[Any, str | None]]
    facts: list[str]
    stops: list[Stop]
    tabs: list[dict[str, Any]]

    def about(self, name: str) -> "Frame":
        """The same for a page about one thing of the room, which ends the trail by its name."""
        room = next(tab for tab in self.tabs if tab["current"])
        return replace(self, trail=[*self.trail[:-1], (room["label"], room["url"]), (name, None)])


def frame(project: Project, at: datetime, *, current: str = "summary") -> Frame:
    """The frame of a project's page; `current` is the key of the room that it stands in.

    Costs no statement of its own for a project that came from `queries.project_or_404`.
    """
    return Frame(
        project,
        current,
        _trail(project, current),
        facts(project),
        stops(project, at),
        _tabs(project, current),
    )


def stops(project: Project, at: datetime) -> list[Stop]:
    """The project's phases in the order of their dates."""
    today = rules.local_day(at, config.current().zone)
    found = []
    for phase in project.phases:
        state = rules.standing(phase, today)
        found.append(
            Stop(labels.name(phase), labels.when(phase, state, today), state, labels.STANDING[state])
        )
    return found


def facts(project: Project) -> list[str]:
    """One line: who builds it, who answers for it, for how much, who follows."""
    line = [project.agency.name, _("penanggung jawab %(name)s", name=project.official.name)]
    if project.budget is not None:
        line.append(rupiah(project.budget))
    if project.follower_count:
        line.append(
            ngettext(
                "%(count)s pengikut",
                "%(count)s pengikut",
                project.follower_count,
                count=format_number(project.follower_count),
            )
        )
    return line


def room_url(project: Project, phase: Phase) -> str:
    """Where in the project the phase takes place."""
    for _key, endpoint, _label, kinds in ROOMS:
        if kinds and phase.kind in kinds:
            return url_for(endpoint, slug=project.slug)
    return url_for("projects.show", slug=project.slug)


def rupiah(amount: int) -> str:
    """Rp 2,4 miliar, Rp 350 juta; smaller sums in full."""
    if amount >= BILLION:
        return _("Rp %(amount)s miliar", amount=format_number(round(amount / BILLION, 2)))
    if amount >= MILLION:
        return _("Rp %(amount)s juta", amount=format_number(round(amount / MILLION, 1)))
    return f"Rp {format_number(amount)}"


def _trail(project: Project, current: str) -> list[tuple[Any, str | None]]:
    names = {key: label for key, _endpoint, label, _kinds in ROOMS} | OTHERS
    start: list[tuple[Any, str | None]] = [(_("Rencana bersama"), url_for("projects.index"))]
    if current == "summary":
        return [*start, (project.title, None)]
    here = url_for("projects.show", slug=project.slug)
    return [*start, (project.title, here), (names[current], None)]


def _tabs(project: Project, current: str) -> list[dict[str, Any]]:
    kinds = {phase.kind for phase in project.phases}
    return [
        {"label": label, "url": url_for(endpoint, slug=project.slug), "current": key == current}
        for key, endpoint, label, wanted in ROOMS
        if wanted is None or wanted & kinds
    ]
