"""Examples for the rooms in which residents vote and read how the building goes."""

from datetime import date, timedelta
from typing import Any

from portal.organisation.models import Official
from portal.projects.building import monthly
from portal.projects.building import services as building
from portal.projects.building.services import Work
from portal.projects.rules import PhaseKind
from portal.projects.voting import services as voting
from tests.builders import MONDAY, make_area, make_phase, make_project, make_user, make_vote
from tests.projects.pictures import jpeg

LATER = date(2029, 12, 31)  # the tests that walk the routes have the clock of the day on which they run
TO_PREPARE = ("edit", "prepare")
OF_RESULT = ("edit_decision", "decide", "ballots_csv", "ballots_json", "show")


def parts(official: Official) -> dict[str, dict[str, Any]]:
    """Parts of addresses by endpoint, of projects for which the official answers."""
    opening, counted = _project(official), _project(official)
    make_vote(opening, closes_at=None)
    _count(counted)
    site = make_project(PhaseKind.BUILD, official=official)
    milestone = building.plan_milestone(site, Work(title="Kolam"), planned_on=MONDAY.date(), at=MONDAY)
    obstacle = building.name_obstacle(site, body="Hujan", since_on=MONDAY.date(), at=MONDAY)
    photo = building.show_photo(milestone, jpeg(), caption="", alt="Kolam", taken_on=MONDAY.date(), at=MONDAY)
    report = monthly.owe(site, date(2026, 11, 1))
    reported = building.show_photo(
        report, jpeg("red"), caption="", alt="Kolam", taken_on=MONDAY.date(), at=MONDAY
    )
    return {
        "voting": {"slug": opening.slug},
        **{f"voting.{name}": {"slug": _project(official).slug} for name in TO_PREPARE},
        **{f"voting.{name}": {"slug": counted.slug} for name in OF_RESULT},
        "building": {
            "slug": site.slug,
            "milestone_id": milestone.id,
            "obstacle_id": obstacle.id,
            "photo_id": photo.id,
        },
        "building_reports": {"slug": site.slug, "number": report.number, "photo_id": reported.id},
    }


def _project(official: Official) -> Any:
    project = make_project(PhaseKind.INFORM, official=official)
    make_phase(project, PhaseKind.PRIORITISE, closes_on=LATER)
    return project


def _count(project: Any) -> None:
    area = make_area()
    vote = make_vote(project, area=area, closes_at=MONDAY + timedelta(hours=1))
    for _ in range(5):
        voting.cast(vote, by=make_user(), area_code=area.code, dots={1: 1}, at=MONDAY)
    voting.publish(vote.id, at=MONDAY + timedelta(hours=2))
