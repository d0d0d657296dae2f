"""What the building pages show, made ready for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from portal import config
from portal.i18n import _, format_date, format_date_short, ngettext
from portal.projects import rules as projects
from portal.projects.building import listing, queries, rules, services
from portal.projects.building.drawing import Scale, Strip
from portal.projects.building.models import Milestone, Obstacle, SitePhoto
from portal.projects.models import Project
from portal.projects.rules import PhaseKind, Standing
from portal.surveys import queries as surveys

MANAGED_PHOTOS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone as it is read: its strip, and what the strip says in words."""

    milestone: Milestone
    strip: Strip
    dates: str
    state: str
    tone: str | None
    ideas: list[tuple[str, str]]
    photos: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Notice:
    """An obstacle with its photos."""

    obstacle: Obstacle
    when: str
    about: str
    photos: list[dict[str, Any]]


def site(project: Project, at: datetime) -> dict[str, Any]:
    """Values of the building page; the same for everybody."""
    today = projects.local_day(at, config.current().zone)
    milestones = queries.milestones_of(project)
    photos = queries.photos_of(project)
    scale = Scale(milestones, today)
    done = rules.progress(milestones, today)
    return {
        "progress": done,
        "sentence": sentence(done),
        "scale": scale,
        "ticks": scale.ticks(),
        "lines": [_line(one, scale, today, photos) for one in milestones],
        "slips": sorted((slip for one in milestones for slip in one.slips), key=lambda slip: slip.at),
        "obstacles": _notices(queries.obstacles_of(project), milestones, photos),
        "gallery": [picture(one) for one in photos if one.milestone_id is None and one.obstacle_id is None],
        "reports": [listing.report_row(one) for one in queries.reports_of(project, queries.SHOWN_REPORTS)],
        "evaluation": _evaluation(project, today),
    }


def sentence(done: rules.Progress) -> str:
    """How the building stands, in sentences that need no figure beside them."""
    if done.count == 0:
        return ""
    told = [
        ngettext(
            "%(done)s dari %(num)s pekerjaan selesai.",
            "%(done)s dari %(num)s pekerjaan selesai.",
            done.count,
            done=done.done_count,
        ),
        _slipped(done),
    ]
    if done.overdue_count:
        told.append(
            ngettext(
                "%(num)s lewat tanggal rencananya.",
                "%(num)s lewat tanggal rencananya.",
                done.overdue_count,
            )
        )
    return " ".join(told)


def _slipped(done: rules.Progress) -> str:
    if done.slipped_count == 0:
        return _("Belum ada yang mundur dari rencana semula.")
    return ngettext(
        "%(slipped)s dari %(num)s mundur dari rencana semula.",
        "%(slipped)s dari %(num)s mundur dari rencana semula.",
        done.count,
        slipped=done.slipped_count,
    )


def _line(milestone: Milestone, scale: Scale, today: date, photos: Sequence[SitePhoto]) -> Line:
    state, tone = _state(milestone, today)
    return Line(
        milestone,
        scale.strip(milestone),
        dates=_dates(milestone),
        state=state,
        tone=tone,
        ideas=[
            (idea.number, url_for("ideas.show", number=idea.number))
            for idea in sorted(services.ideas_of(milestone), key=lambda idea: idea.id)
            if idea.hidden_at is None
        ],
        photos=[picture(one) for one in photos if one.milestone_id == milestone.id],
    )


def _state(milestone: Milestone, today: date) -> tuple[str, str | None]:
    slip = rules.slip_days(milestone)
    late = ngettext("mundur %(num)s hari", "mundur %(num)s hari", slip)
    if milestone.actual_on is not None:
        return (_("selesai, %(late)s", late=late), "late") if slip > 0 else (_("selesai tepat waktu"), "met")
    if rules.is_overdue(milestone, today):
        over = (today - milestone.planned_on).days
        return ngettext("lewat %(num)s hari dari rencana", "lewat %(num)s hari dari rencana", over), "late"
    return (late, "late") if slip > 0 else (_("sesuai rencana"), None)


def _dates(milestone: Milestone) -> str:
    first, planned = milestone.first_planned_on, milestone.planned_on
    if milestone.actual_on is not None:
        return _(
            "Rencana semula %(first)s, selesai %(actual)s.",
            first=format_date_short(first),
            actual=format_date_short(milestone.actual_on),
        )
    if planned != first:
        return _(
            "Rencana semula %(first)s, sekarang %(planned)s.",
            first=format_date_short(first),
            planned=format_date_short(planned),
        )
    return _("Rencana %(planned)s.", planned=format_date_short(planned))


def _notices(
    obstacles: Sequence[Obstacle], milestones: Sequence[Milestone], photos: Sequence[SitePhoto]
) -> list[Notice]:
    numbers = {one.id: one.position for one in milestones}
    return [
        Notice(
            one,
            _lasting(one),
            _("Pekerjaan %(number)s", number=numbers[one.milestone_id]) if one.milestone_id else "",
            [picture(photo) for photo in photos if photo.obstacle_id == one.id],
        )
        for one in obstacles
    ]


def _lasting(obstacle: Obstacle) -> str:
    since = format_date(obstacle.since_on)
    if obstacle.resolved_on is None:
        return _("Sejak %(day)s, belum teratasi.", day=since)
    return _("%(since)s sampai %(until)s.", since=since, until=format_date(obstacle.resolved_on))


def picture(photo: SitePhoto) -> dict[str, Any]:
    """A photo with its caption; `url`, `thumb_url` and `alt` as `ui.photos` takes them."""
    attachment = photo.attachment
    return {
        "id": photo.id,
        "url": url_for("attachments.large", token=attachment.token),
        "thumb_url": url_for("attachments.small", token=attachment.token),
        "alt": photo.alt,
        "caption": photo.caption,
        "day": format_date_short(photo.taken_on),
        "width": attachment.width,
        "height": attachment.height,
    }


def own_photos(project: Project) -> list[dict[str, Any]]:
    """Photos of milestones and obstacles; those of a report belong to it."""
    return [picture(one) for one in queries.photos_of(project, MANAGED_PHOTOS) if one.report_id is None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The survey after completion, and what to do with it now."""

    url: str
    is_open: bool


def _evaluation(project: Project, today: date) -> Evaluation | None:
    """Asked only once the evaluating phase has begun: before, there is nothing to find."""
    phases = [one for one in project.phases if one.kind == PhaseKind.EVALUATE]
    begun = [one for one in phases if projects.standing(one, today) is not Standing.AHEAD]
    survey = surveys.of_subject(project.subject) if begun else None
    if survey is None:
        return None
    is_open = any(projects.standing(one, today) is Standing.OPEN for one in begun)
    return Evaluation(url_for("surveys.show", number=survey.number), is_open)


def typed(milestone: Milestone) -> dict[str, Any]:
    """What the form of a milestone holds before anything is typed."""
    return {
        "title": milestone.title,
        "description": milestone.description,
        "weight": milestone.weight,
        "choice": str(milestone.choice_id or ""),
        "ideas": [str(idea.id) for idea in milestone.ideas],
    }
