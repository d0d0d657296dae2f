"""What the triage tells of a report before there is a duty."""

from dataclasses import dataclass
from typing import Any

from portal.assignments.steps import Step
from portal.desk import board
from portal.i18n import _, format_datetime, format_number
from portal.reports import answers, arrivals, listing, timeline
from portal.reports import queries as reports
from portal.reports.labels import KIND, PERSONAL_DATA, category_name
from portal.reports.masking import passages
from portal.reports.models import Report


def exchange(report: Report) -> list[Step]:
    """What moderators and the reporter wrote to each other."""
    return timeline.exchange(report.messages, reports.moderator_questions_of(report), is_private=True)


def marks(report: Report) -> list[tuple[str, str | None]]:
    """What the moderator must know before deciding, as tags."""
    found: list[tuple[str, str | None]] = [(category_name(report.category), None)]
    if report.area:
        found.append((report.area.name, None))
    return found + board.care_tags(
        is_supervisory=report.is_supervisory,
        is_confidential=report.is_confidential,
        is_anonymous=report.is_anonymous,
    )


def facts(report: Report, *, sees_reporter: bool) -> list[tuple[str, Any]]:
    """Where it is and who brought it, as far as the reader may know."""
    name = report.reporter.name if sees_reporter else _("Pelapor meminta namanya disembunyikan")
    return [
        *answers.facts(report.content.answers),
        *_area(report),
        (_("Tempat"), report.content.place or _("Tidak disebutkan")),
        (_("Pelapor"), name or _("Tidak menyebut nama")),
        *arrivals.facts(report),
    ]


def _area(report: Report) -> list[tuple[str, Any]]:
    """What a moderator must know of its area: that nobody knows it, or that the map says another one."""
    if report.area_code is None:
        told = _(
            "Pelapor tidak tahu wilayahnya. Carikan dari tempat yang ditulisnya, lalu betulkan wilayahnya."
        )
        return [(_("Wilayah"), told)]
    found = report.content.found_area
    if found is None or found.code == report.area_code:
        return []
    told = _("Titik di peta: %(area)s menurut garis batas; pelapor memilih wilayah lain.", area=found.name)
    return [(_("Wilayah"), told)]


def marked(report: Report) -> list[str]:
    """Which kinds of personal data its text holds, each once."""
    said = "\n".join(answer.answer_id for answer in report.content.answers)
    text = f"{report.content.title}\n{report.content.body}\n{report.content.place}\n{said}"
    kinds = dict.fromkeys(one.kind for one in passages(text) if one.kind)
    return [str(PERSONAL_DATA[kind]) for kind in kinds]


@dataclass(frozen=True)
class PhotoCard:
    """A photo as its moderator sees it: the one that was handed in, and what the public sees of it."""

    id: int
    shown: dict[str, Any]
    masked: dict[str, Any] | None
    is_held: bool


def photo_cards(report: Report) -> list[PhotoCard]:
    return [
        PhotoCard(
            id=photo.id,
            shown=listing.photo(photo.attachment, place, caption=photo.caption, alt=photo.alt),
            masked=listing.photo(photo.masked, place) if photo.masked else None,
            is_held=photo.held_at is not None,
        )
        for place, photo in enumerate(report.photos, start=1)
    ]


@dataclass(frozen=True)
class Side:
    """One of two reports that are looked at side by side."""

    report: Report
    kind: str
    state: str
    marks: list[tuple[str, str | None]]
    facts: list[tuple[str, Any]]
    photos: list[dict[str, Any]]


def side(report: Report) -> Side:
    return Side(
        report=report,
        kind=str(KIND[report.kind]),
        state=listing.state(report),
        marks=marks(report),
        facts=[
            (_("Diterima"), format_datetime(report.received_at)),
            (_("Tempat"), report.content.place or _("Tidak disebutkan")),
            *answers.facts(report.content.answers),
            (_("Mengalami hal yang sama"), format_number(report.supporter_count)),
        ],
        photos=photos(report),
    )


def photos(report: Report) -> list[dict[str, Any]]:
    """The photos as `ui.photos` takes them."""
    return listing.handed_in(report.photos)
