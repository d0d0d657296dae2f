"""What the pages of plans show, made ready for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.i18n import _, format_number, ngettext
from portal.projects import keys
from portal.projects.comments import queries as comments
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.plans import labels, policy, queries, rules, sheets
from portal.projects.plans.models import Pin, PinPlace, PlanVersion
from portal.projects.plans.queries import Wanted
from portal.projects.plans.rules import ANSWERED, Fate, PinKind

EXCERPT = 140  # letters of a note in the list


@dataclass(frozen=True, slots=True)
class Line:
    """A pin in the list."""

    title: str
    url: str
    label: str
    kind: PinKind
    meta: list[str]
    tags: list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Step:
    """A pin on one version, and what the next one did with it."""

    title: str
    at: datetime
    tone: str | None
    reason: str
    url: str


def wanted_from(args: MultiDict[str, str]) -> Wanted:
    """What stands in the address; anything else is left out."""
    return Wanted(
        kind=_member(PinKind, args.get("kind")),
        fate=_member(Fate, args.get("fate")),
        square=rules.square_named(args.get("square", "")),
    )


def stated(wanted: Wanted) -> dict[str, str]:
    """The same as it stands in an address."""
    found = {"kind": wanted.kind, "fate": wanted.fate}
    if wanted.square is not None:
        found["square"] = rules.square_name(wanted.square)  # type: ignore[assignment]  # all are texts
    return {name: str(value) for name, value in found.items() if value is not None}


def plan(
    project: Project, version: PlanVersion, versions: Sequence[PlanVersion], args: Any, at: datetime
) -> dict[str, Any]:
    """The page of one version: its drawing, its pins, and the way to the others."""
    wanted, before = wanted_from(args), keys.read(args.get("before"))
    tallies = queries.tallies(project)
    counts = queries.counts_by_square(version, wanted)
    here = _address(project, version)
    parts = stated(wanted)
    found = queries.listed(version, wanted, before)
    without_square = {name: value for name, value in parts.items() if name != "square"}
    return {
        "frame": frame(project, at, current="plan"),
        "project": project,
        "version": version,
        "versions": _choices(project, version, versions),
        "sheet": sheets.table(
            version, wanted, counts, lambda **square: here(**{**without_square, **square}) + "#plan-table"
        ),
        "wanted": parts,
        "active_count": len(parts),
        "square_options": [(name, f"{name} ({count})") for name, count in _named(counts)],
        "kinds": list(labels.KIND.items()),
        "fates": [(fate, labels.FATE[fate]) for fate in _fates(tallies.get(version.id, {}))],
        "lines": [line(place) for place in found.places],
        "total": sum(counts.values()) if wanted.square is None else counts.get(wanted.square, 0),
        "here": here(),
        "whole_url": here(**without_square),
        "older_url": here(**parts, before=keys.write(found.older)) if found.older else None,
        "newer_url": here(**parts) if before else None,
        "progress": _progress(version, versions, tallies),
        "compare_url": _compare_url(project, version),
        "ideas": queries.ideas_on(version),
        "may_pin_here": version is versions[0] and policy.is_open(project, at),
    }


def line(place: PinPlace) -> Line:
    """A pin in a list: its text, who says so, how many agree."""
    pin = place.pin
    meta = [str(labels.KIND[place.kind]), pin.author.name]
    if place.supporter_count:
        meta.append(sheets.supporters(place.supporter_count))
    if pin.comment_count:
        meta.append(ngettext("%(num)s komentar", "%(num)s komentar", pin.comment_count))
    tags = [] if place.fate == Fate.WAITING else [(str(labels.FATE[place.fate]), labels.TONE[place.fate])]
    return Line(
        title=excerpt(pin.body),
        url=url_for("pins.show", number=pin.number),
        label=str(place.position),
        kind=place.kind,
        meta=meta,
        tags=tags,
    )


def excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def pin(pin: Pin, places: Sequence[PinPlace], at: datetime, *, after: int = 0) -> dict[str, Any]:
    """The page of one pin: its text, its place, what became of it, and what was said after a comment."""
    last, talk = places[-1], comments.of(pin.subject, after=after)
    return {
        "frame": replace(frame(pin.project, at, current="plan"), trail=_trail(pin, last)),
        "project": pin.project,
        "pin": pin,
        "place": last,
        "kind": labels.KIND[pin.kind],
        "supporters": sheets.supporters(pin.supporter_count) if pin.supporter_count else "",
        "photo": _photo(pin),
        "talk": talk,
        "more_url": url_for("pins.show", number=pin.number, after=talk.after) if talk.after else None,
        "steps": [step for place in places for step in _steps(pin.project, place, places)],
        "sheet": sheets.alone(last),
        "plan_url": url_for("plans.version", slug=pin.project.slug, number=last.plan_version.number),
        "square": rules.square_name(last.square),
        "former_texts": queries.former_texts(pin) if pin.edited_at and pin.is_shown else [],
        "is_open": policy.is_open(pin.project, at),
    }


def _photo(pin: Pin) -> dict[str, Any] | None:
    if pin.photo is None:
        return None
    return {
        "url": url_for("attachments.large", token=pin.photo.token),
        "thumb_url": url_for("attachments.small", token=pin.photo.token),
        "alt": _("Foto dari penulis catatan"),
        "width": pin.photo.width,
        "height": pin.photo.height,
    }


def _trail(pin: Pin, last: PinPlace) -> list[tuple[Any, str | None]]:
    project = pin.project
    return [
        (_("Rencana bersama"), url_for("projects.index")),
        (project.title, url_for("projects.show", slug=project.slug)),
        (_("Denah"), url_for("plans.version", slug=project.slug, number=last.plan_version.number)),
        (pin.number, None),
    ]


def comparison(project: Project, former: PlanVersion, version: PlanVersion, at: datetime) -> dict[str, Any]:
    """Two versions beside each other, each with its pins."""
    tallies = queries.tallies(project)
    return {
        "frame": frame(project, at, current="plan"),
        "project": project,
        "sides": [
            {
                "version": one,
                "sheet": sheets.table(
                    one, Wanted(), queries.counts_by_square(one, Wanted()), _address(project, one)
                ),
                "legend": legend(tallies.get(one.id, {})),
                "url": _address(project, one)(),
            }
            for one in (former, version)
        ],
        "progress": _progress(version, [version, former], tallies),
    }


def legend(tally: Any) -> list[tuple[Any, int]]:
    """How many pins, by what became of them; only what there is."""
    return [(labels.FATE[fate], tally[fate]) for fate in Fate if tally.get(fate)]


def _steps(project: Project, place: PinPlace, places: Sequence[PinPlace]) -> list[Step]:
    number = place.plan_version.number
    url = url_for("plans.version", slug=project.slug, number=number)
    steps = []
    if place is places[0]:
        title = _(
            "Ditaruh di denah versi %(number)s sebagai catatan %(position)s",
            number=number,
            position=place.position,
        )
        steps.append(Step(title, place.pin.given_at, None, "", url))
    if place.judged_at is not None:
        title = _(
            "Denah versi %(number)s: %(fate)s", number=number + 1, fate=str(labels.FATE[place.fate]).lower()
        )
        url = url_for("plans.version", slug=project.slug, number=number + 1)
        steps.append(Step(title, place.judged_at, labels.TONE[place.fate] or "quiet", place.fate_reason, url))
    return steps


def _progress(version: PlanVersion, versions: Sequence[PlanVersion], tallies: Any) -> str:
    """38 dari 52 catatan versi 1 sudah terjawab; empty for the first version."""
    former = next((one for one in versions if one.number == version.number - 1), None)
    tally = tallies.get(former.id) if former else None
    if not former or not tally:
        return ""
    answered, total = sum(tally[fate] for fate in ANSWERED), sum(tally.values())
    return ngettext(
        "%(answered)s dari %(total)s catatan versi %(number)s sudah terjawab",
        "%(answered)s dari %(total)s catatan versi %(number)s sudah terjawab",
        total,
        answered=format_number(answered),
        total=format_number(total),
        number=former.number,
    )


def _choices(project: Project, version: PlanVersion, versions: Sequence[PlanVersion]) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Versi %(number)s", number=one.number),
            "url": _address(project, one)(),
            "current": one is version,
        }
        for one in versions
    ]


def _compare_url(project: Project, version: PlanVersion) -> str | None:
    if version.number == 1:
        return None
    return url_for("plans.compare", slug=project.slug, number=version.number)


def _address(project: Project, version: PlanVersion) -> Any:
    def address(**parts: Any) -> str:
        return url_for("plans.version", slug=project.slug, number=version.number, **parts)

    return address


def _named(counts: dict[int, int]) -> list[tuple[str, int]]:
    return [(rules.square_name(square), count) for square, count in counts.items()]


def _fates(tally: Any) -> list[Fate]:
    """What there is to choose from; of a version whose pins all wait there is nothing."""
    found = [fate for fate in Fate if tally.get(fate)]
    return found if found != [Fate.WAITING] else []


def _member(kind: Any, value: str | None) -> Any:
    return kind(value) if value in {member.value for member in kind} else None
