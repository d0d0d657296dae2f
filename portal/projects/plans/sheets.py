"""A version as a page draws it: the drawing, the marks on it, and the words that go with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from portal.i18n import _, format_number, ngettext
from portal.projects.plans import labels, queries, rules
from portal.projects.plans.models import PinPlace, PlanVersion
from portal.projects.plans.queries import Wanted
from portal.projects.plans.rules import ALL, Box, Fate


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the drawing: a pin, or the pins of a square. `x` and `y` are shares of the picture."""

    x: str
    y: str
    text: str
    label: str
    url: str
    css: str
    shape: str
    is_cluster: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Values of templates/projects/plan/_sheet.html, which reads them as `sheet`."""

    label: str
    href: str
    width: int
    height: int
    view_box: str
    box: Box = ALL
    marks: Sequence[Mark] = field(default_factory=list)
    note: str = ""  # what is not drawn, in a sentence

    @property
    def letters(self) -> list[tuple[str, str]]:
        """Names of the columns and where they stand; an enlarged square has its name elsewhere."""
        wide = len(rules.COLUMNS)
        return (
            [(share((at + 0.5) / wide), name) for at, name in enumerate(rules.COLUMNS)]
            if self.is_whole
            else []
        )

    @property
    def digits(self) -> list[tuple[str, str]]:
        high = len(rules.ROWS)
        return (
            [(share((at + 0.5) / high), str(name)) for at, name in enumerate(rules.ROWS)]
            if self.is_whole
            else []
        )

    @property
    def is_whole(self) -> bool:
        return self.box is ALL

    @property
    def lines(self) -> dict[str, list[str]]:
        """Where the lines between the squares run."""
        return {
            "down": [share(at / len(rules.COLUMNS)) for at in range(1, len(rules.COLUMNS))],
            "across": [share(at / len(rules.ROWS)) for at in range(1, len(rules.ROWS))],
        }


def sheet(version: PlanVersion, *, box: Box = ALL, marks: Sequence[Mark] = (), note: str = "") -> Sheet:
    drawing = version.drawing
    wide, high = drawing.width / rules.WHOLE, drawing.height / rules.WHOLE
    view = (box.left * wide, box.top * high, box.width * wide, box.height * high)
    return Sheet(
        label=_("Denah versi %(number)s", number=version.number),
        href=url_for("attachments.drawing", token=drawing.token),
        width=drawing.width,
        height=drawing.height,
        view_box=" ".join(f"{part:g}" for part in view),
        box=box,
        marks=marks,
        note=note,
    )


def table(version: PlanVersion, wanted: Wanted, counts: Mapping[int, int], address: Any) -> Sheet:
    """The drawing with what can be drawn of the wanted pins: pins, clusters, or one square enlarged.

    `address(square=...)` gives the page of one square. Two statements at most, and a hundred marks.
    """
    if wanted.square is not None:
        return _square(version, wanted, counts.get(wanted.square, 0))
    grouped = rules.clusters(counts)
    if grouped is None:
        return sheet(version, marks=[_pin(place, ALL) for place in queries.drawn(version, wanted, None)])
    marks = [_cluster(square, count, address) for square, count in grouped.counts.items()]
    marks += [_pin(place, ALL) for place in queries.drawn(version, wanted, grouped.alone)]
    note = _("Catatannya banyak: setiap lingkaran adalah satu kotak. Pilih lingkaran untuk melihat isinya.")
    return sheet(version, marks=marks, note=note)


def alone(place: PinPlace) -> Sheet:
    """One pin and what is drawn around it."""
    box = rules.around(place.x, place.y)
    return sheet(place.plan_version, box=box, marks=[_pin(place, box)])


def _square(version: PlanVersion, wanted: Wanted, count: int) -> Sheet:
    assert wanted.square is not None  # noqa: S101 - the caller asked
    box = rules.enlarged(wanted.square)
    marks = [_pin(place, box) for place in queries.drawn(version, wanted, None)]
    note = ""
    if count > len(marks):
        note = _(
            "Dari %(count)s catatan di kotak ini digambar %(drawn)s yang paling didukung.",
            drawn=format_number(len(marks)),
            count=format_number(count),
        )
    return sheet(version, box=box, marks=marks, note=note)


def share(value: float) -> str:
    """A share as SVG takes it: 31.2%."""
    return f"{round(value * 100, 2):g}%"


def _pin(place: PinPlace, box: Box) -> Mark:
    x, y = box.place_in(place.x, place.y)
    css = [f"mark--{place.kind}"]
    if place.fate != Fate.WAITING:
        css.append(f"mark--{place.fate.replace('_', '-')}")
    if place.position >= 1000:
        css.append("mark--long")
    return Mark(
        x=share(x),
        y=share(y),
        text=str(place.position),
        label=pin_label(place),
        url=url_for("pins.show", number=f"N-{place.pin_id}"),
        css=" ".join(css),
        shape=f"mark-{place.kind}",
    )


def pin_label(place: PinPlace) -> str:
    """Catatan 3, khawatir, 27 dukungan."""
    words = [_("Catatan %(position)s", position=place.position), str(labels.KIND[place.kind]).lower()]
    if place.fate != Fate.WAITING:
        words.append(str(labels.FATE[place.fate]).lower())
    if place.supporter_count:
        words.append(supporters(place.supporter_count))
    return ", ".join(words)


def supporters(count: int) -> str:
    return ngettext("%(count)s dukungan", "%(count)s dukungan", count, count=format_number(count))


def _cluster(square: int, count: int, address: Any) -> Mark:
    box, name = rules.box_of(square), rules.square_name(square)
    size = "large" if count >= 50 else "medium" if count >= 10 else "small"
    return Mark(
        x=share((box.left + box.width / 2) / rules.WHOLE),
        y=share((box.top + box.height / 2) / rules.WHOLE),
        text=str(count),
        label=ngettext(
            "%(count)s catatan di kotak %(square)s",
            "%(count)s catatan di kotak %(square)s",
            count,
            count=format_number(count),
            square=name,
        ),
        url=address(square=name),
        css=f"mark--cluster mark--{size}",
        shape=f"mark-cluster-{size}",
        is_cluster=True,
    )


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the grid as something to choose."""

    x: str
    y: str
    url: str
    is_chosen: bool


def squares(chosen: int | None, address: Any) -> list[Square]:
    """All squares, each with the address that chooses it."""
    found = []
    for square in range(rules.SQUARES):
        box = rules.box_of(square)
        url = address(rules.square_name(square))
        found.append(
            Square(share(box.left / rules.WHOLE), share(box.top / rules.WHOLE), url, square == chosen)
        )
    return found
