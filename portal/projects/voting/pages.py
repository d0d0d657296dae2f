"""What the pages of a vote show, made ready for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from portal import config
from portal.errors import DomainError
from portal.i18n import _, format_date, format_datetime, format_number, ngettext
from portal.places import rules as places
from portal.projects import rules as projects
from portal.projects.frame import rupiah
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind
from portal.projects.voting import policy, queries, rules
from portal.projects.voting.models import Vote, VoteChoice
from portal.projects.voting.rules import VoteState

INSTANT = timedelta(microseconds=1)  # before the midnight that ends it lies the last day


@dataclass(frozen=True, slots=True)
class Line:
    """A choice as it is read; with the result its dots, as a share of the most that one got."""

    choice: VoteChoice
    cost: str
    idea_url: str
    dots: str = ""
    people: str = ""
    share: float = 0.0
    rank: int = 0
    is_tied: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An accepted idea beside the vote."""

    title: str
    url: str
    supporters: str


def page(project: Project, at: datetime) -> dict[str, Any]:
    """Values of the vote's page; the same for everybody."""
    vote = queries.vote_of(project)
    wanted = [_wanted(idea) for idea in queries.wanted_ideas(project)]
    if vote is None:
        return {"vote": None, "wanted": wanted}
    turnout = rules.turnout((row[0], row[1]) for row in queries.voters_by_area(vote))
    state = policy.state(vote, at)
    is_shown = state is VoteState.COUNTED and rules.may_show_result(turnout.total)
    return {
        "vote": vote,
        "state": state,
        "wanted": wanted,
        "turnout": turnout,
        "turnout_text": ngettext(
            "%(count)s warga memilih",
            "%(count)s warga memilih",
            turnout.total,
            count=format_number(turnout.total),
        ),
        "closes": closing(vote),
        "is_shown": is_shown,
        "lines": results(vote) if is_shown else [_line(choice) for choice in vote.choices],
        "ties": _ties(vote) if is_shown else [],
        "eligible": ", ".join(area.name for area in vote.areas),
    }


def closing(vote: Vote) -> str:
    """When it closes; midnight is told as the end of its day, since "00.00" is read a day wrong."""
    zone = config.current().zone
    day = projects.local_day(vote.closes_at - INSTANT, zone)
    if vote.closes_at != projects.closing_instant(day, zone):
        return format_datetime(vote.closes_at)
    return _("%(day)s, 24.00 %(zone)s", day=format_date(day), zone=config.current().zone_name)


def results(vote: Vote) -> list[Line]:
    """The choices with what they got, most dots first."""
    scores = _scores(vote)
    most = max((score.dots for score in scores), default=0) or 1
    choices = {choice.position: choice for choice in vote.choices}
    return [_counted(choices[score.choice], score, most) for score in scores]


def _scores(vote: Vote) -> list[rules.Score]:
    """The stored result in its order; that it follows from the ballots anyone can check."""
    return rules.ranked(
        [(choice.position, choice.dot_count or 0, choice.people_count or 0) for choice in vote.choices]
    )


def _counted(choice: VoteChoice, score: rules.Score, most: int) -> Line:
    return Line(
        choice,
        _cost(choice),
        _idea_url(choice),
        dots=ngettext("%(count)s titik", "%(count)s titik", score.dots, count=format_number(score.dots)),
        people=ngettext(
            "dari %(count)s orang", "dari %(count)s orang", score.people, count=format_number(score.people)
        ),
        share=score.dots / most,
        rank=score.rank,
        is_tied=score.is_tied,
    )


def _line(choice: VoteChoice) -> Line:
    return Line(choice, _cost(choice), _idea_url(choice))


def _cost(choice: VoteChoice) -> str:
    return _("sekitar %(sum)s", sum=rupiah(choice.cost)) if choice.cost is not None else ""


def _idea_url(choice: VoteChoice) -> str:
    idea = choice.idea
    if idea is None or idea.hidden_at is not None:
        return ""
    return url_for("ideas.show", number=idea.number)


def _ties(vote: Vote) -> list[str]:
    """Which choices share a rank: said, since nothing may break it unseen."""
    ranks: dict[int, list[int]] = {}
    for score in _scores(vote):
        ranks.setdefault(score.rank, []).append(score.choice)
    return [
        _("Pilihan %(choices)s mendapat titik yang sama.", choices=_joined(tied))
        for tied in ranks.values()
        if len(tied) > 1
    ]


def _joined(numbers: Sequence[int]) -> str:
    *first, last = (str(number) for number in numbers)
    return _("%(first)s dan %(last)s", first=", ".join(first), last=last)


def _wanted(idea: Any) -> Wanted:
    return Wanted(
        idea.title,
        url_for("ideas.show", number=idea.number),
        ngettext(
            "%(count)s pendukung",
            "%(count)s pendukung",
            idea.supporter_count,
            count=format_number(idea.supporter_count),
        ),
    )


def phase_to_vote_in(project: Project, at: datetime) -> Phase:
    """The prioritising phase that is open or comes next."""
    found = projects.phase_for(PhaseKind.PRIORITISE, project.phases, at, config.current().zone)
    if found is None:
        raise DomainError(_("Tambahkan dahulu tahap prioritas pada rencana ini."))
    return found


def midnight(day: date, *, is_last: bool) -> datetime:
    """When a day begins in the city; for a last day when it is over."""
    zone = config.current().zone
    return projects.closing_instant(day, zone) if is_last else projects.opening_instant(day, zone)


def typed(project: Project, vote: Vote | None) -> dict[str, Any]:
    """What the form holds before anything is typed: the vote, or a first proposal."""
    if vote is None:
        district = places.district_of(project.area_code)
        return {"areas": [district] if district else []}
    zone = config.current().zone
    return {
        "question": vote.question,
        "dots": vote.dots,
        "most_on_one": vote.most_on_one,
        "opens_on": projects.local_day(vote.opens_at, zone),
        "closes_on": projects.local_day(vote.closes_at - INSTANT, zone),
        "areas": [area.code for area in vote.areas],
        "choices": [
            {
                "title": one.title,
                "description": one.description,
                "cost": one.cost,
                "idea": str(one.idea_id) if one.idea_id else "",
            }
            for one in vote.choices
        ],
    }


def typed_decision(vote: Vote) -> dict[str, Any]:
    """The decision as it stands, to be said anew."""
    rows: dict[str, Any] = {"decision": vote.decision}
    for one in vote.choices:
        rows[f"taken_{one.position}"] = None if one.is_taken is None else "yes" if one.is_taken else "no"
        rows[f"reason_{one.position}"] = one.reason
    return rows
