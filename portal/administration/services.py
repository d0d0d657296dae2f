"""What administrators do; each verb leaves a line in the history of changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.accounts.models import User
from portal.administration import history, snapshots
from portal.categories import services as categories
from portal.categories.models import Category
from portal.deadlines import services as deadlines
from portal.deadlines.models import Calendar, CalendarVersion, PolicyVersion
from portal.jobs import services as jobs
from portal.jobs.models import Job
from portal.organisation import services as organisation
from portal.organisation.models import Agency
from portal.routing import services as routing
from portal.routing.models import RoutingRule


def save_agency(agency: Agency | None, values: Mapping[str, Any], *, by: User, at: datetime) -> Agency:
    before = snapshots.agency(agency) if agency else None
    agency = organisation.save_agency(agency, **values)
    history.note(
        "agency", agency.id, agency.name, before=before, after=snapshots.agency(agency), by=by, at=at
    )
    return agency


def save_category(
    category: Category | None, values: Mapping[str, Any], *, by: User, at: datetime
) -> Category:
    before = snapshots.category(category) if category else None
    category = categories.save_category(category, **values)
    after = snapshots.category(category)
    history.note("category", category.code, category.name_id, before=before, after=after, by=by, at=at)
    return category


def save_rule(rule: RoutingRule | None, values: Mapping[str, Any], *, by: User, at: datetime) -> RoutingRule:
    before = snapshots.rule(rule) if rule else None
    rule = routing.save_rule(rule, **values)
    after = snapshots.rule(rule)
    title = " · ".join(filter(None, (after["category"], after["area"], after["agency"])))
    history.note("rule", rule.id, title, before=before, after=after, by=by, at=at)
    return rule


def save_calendar(
    calendar: Calendar,
    document: dict[str, Any],
    *,
    decree: str,
    decree_on: date | None,
    note: str,
    by: User,
    at: datetime,
) -> CalendarVersion:
    """A decree arrived: the next version of a calendar. Open matters follow it in the background."""
    previous = calendar.versions[-1].document
    version = deadlines.import_calendar_version(
        calendar, document, at=at, decree=decree, decree_on=decree_on, note=note
    )
    history.note(
        "calendar",
        calendar.key,
        calendar.name,
        before={"version": version.number - 1, **_calendar_words(previous)},
        after={"version": version.number, "decree": decree, **_calendar_words(document)},
        by=by,
        at=at,
    )
    return version


def save_policy(
    document: dict[str, Any],
    previous: PolicyVersion,
    *,
    note: str,
    for_open_matters: bool,
    by: User,
    at: datetime,
) -> PolicyVersion:
    """The next version of the limits; matters that are open keep theirs unless asked otherwise."""
    version = deadlines.import_policy_version(document, at=at, note=note, for_open_matters=for_open_matters)
    history.note(
        "policy",
        "policy",
        "",
        before={"version": previous.number, **_limits(previous.document)},
        after={"version": version.number, "note": note, **_limits(document)},
        by=by,
        at=at,
    )
    return version


def retry_job(job: Job, *, by: User, at: datetime) -> None:
    """Begin again with work that was given up."""
    before = {"state": job.state.value}
    jobs.retry(job, at=at)
    history.note("job", job.id, job.name, before=before, after={"state": job.state.value}, by=by, at=at)


def _calendar_words(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "covered_to": document["covered_to"],
        "holidays": [f"{row['on']} {row['name']}" for row in document["holidays"]],
        "regimes": [f"{row['name']} {row['from']} - {row['to']}" for row in document["regimes"]],
    }


def _limits(document: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{matter}.{stage}.{name}": row.get(name, 0)
        for matter, stages in document["matters"].items()
        for stage, row in stages.items()
        for name in ("limit", "extension")
    } | {
        name: document[name]
        for name in document
        if isinstance(document[name], int) and not isinstance(document[name], bool)
    }
