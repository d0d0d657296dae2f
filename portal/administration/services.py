"""What administrators do; each verb leaves a line in the history of changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from portal.accounts.models import User
from portal.administration import history, office_hours, snapshots
from portal.administration.labels import WEEKDAY
from portal.categories import services as categories
from portal.categories.models import Category
from portal.categories.questions import services as questions
from portal.categories.questions.models import CategoryQuestion
from portal.deadlines import services as deadlines
from portal.deadlines.models import Calendar, CalendarVersion, PolicyApplication, PolicyVersion
from portal.deadlines.rules.policy import matters
from portal.jobs import services as jobs
from portal.jobs.models import Job
from portal.open311 import services as open311
from portal.open311.models import Open311Client
from portal.organisation import services as organisation
from portal.organisation.models import Agency
from portal.organisation.outside import services as outside
from portal.routing import services as routing
from portal.routing.learning import queries as learned
from portal.routing.learning import services as suggestions
from portal.routing.learning.models import RoutingModel
from portal.routing.models import RoutingRule


def save_agency(agency: Agency | None, values: Mapping[str, Any], *, by: User, at: datetime) -> Agency:
    before = snapshots.agency(agency) if agency else None
    agency = organisation.save_agency(agency, **values)
    if before is not None and before["calendar"] != agency.calendar_key:
        deadlines.follow_agency_calendar(agency.id, at=at)
    history.note(
        "agency", agency.id, agency.name, before=before, after=snapshots.agency(agency), by=by, at=at
    )
    return agency


def describe_outside_body(
    body: Agency,
    *,
    covers: str,
    neighbouring_region: str,
    category_codes: Sequence[str],
    channels: Sequence[outside.ChannelValues],
    checked_on: date | None,
    by: User,
    at: datetime,
) -> None:
    """Say in the directory what an outside body answers for and how it is reached."""
    before = snapshots.outside_body(body)
    outside.describe(
        body,
        covers=covers,
        neighbouring_region=neighbouring_region,
        category_codes=category_codes,
        channels=channels,
        checked_on=checked_on,
        at=at,
    )
    after = snapshots.outside_body(body)
    history.note("outside_body", body.id, body.name, before=before, after=after, by=by, at=at)


def save_category(
    category: Category | None, values: Mapping[str, Any], *, by: User, at: datetime
) -> Category:
    before = snapshots.category(category) if category else None
    category = categories.save_category(category, **values)
    after = snapshots.category(category)
    history.note("category", category.code, category.name_id, before=before, after=after, by=by, at=at)
    return category


def save_question(
    category: Category,
    question: CategoryQuestion | None,
    values: questions.QuestionValues,
    *,
    by: User,
    at: datetime,
) -> CategoryQuestion:
    before = snapshots.question(question) if question else None
    question = questions.save(category, question, values)
    _note_question(question, before, by=by, at=at)
    return question


def move_question(question: CategoryQuestion, step: int, *, by: User, at: datetime) -> None:
    """Ask it one place earlier (-1) or later (+1)."""
    before = snapshots.question(question)
    questions.move(question, step)
    _note_question(question, before, by=by, at=at)


def retire_question(question: CategoryQuestion, *, by: User, at: datetime) -> None:
    before = snapshots.question(question)
    questions.retire(question, at=at)
    _note_question(question, before, by=by, at=at)


def revive_question(question: CategoryQuestion, *, by: User, at: datetime) -> None:
    before = snapshots.question(question)
    questions.revive(question)
    _note_question(question, before, by=by, at=at)


def _note_question(
    question: CategoryQuestion, before: dict[str, Any] | None, *, by: User, at: datetime
) -> None:
    """Kept under its category, whose page shows what became of each of its questions."""
    after = snapshots.question(question)
    history.note(
        "question", question.category_code, question.label_id, before=before, after=after, by=by, at=at
    )


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
    valid_from: date,
    by: User,
    at: datetime,
) -> PolicyVersion:
    """The next version of the limits, for what begins on its first day or later."""
    version = deadlines.import_policy_version(document, at=at, note=note, valid_from=valid_from)
    history.note(
        "policy",
        "policy",
        "",
        before={"version": previous.number, **_limits(previous.document)},
        after={
            "version": version.number,
            "note": note,
            "valid_from": valid_from.isoformat(),
            **_limits(document),
        },
        by=by,
        at=at,
    )
    return version


def apply_policy(version: PolicyVersion, *, reason: str, by: User, at: datetime) -> PolicyApplication:
    """Let open matters that began under an earlier policy follow this one."""
    application = deadlines.apply_policy(version, reason=reason, at=at)
    after = {"applied_version": version.number, "reason": application.reason}
    history.note("policy", "policy", "", before={}, after=after, by=by, at=at)
    return application


def retry_job(job: Job, *, by: User, at: datetime) -> None:
    """Begin again with work that was given up."""
    before = {"state": job.state.value}
    jobs.retry(job, at=at)
    history.note("job", job.id, job.name, before=before, after={"state": job.state.value}, by=by, at=at)


def save_open311_client(
    client: Open311Client | None, values: Mapping[str, Any], *, by: User, at: datetime
) -> Open311Client:
    before = snapshots.open311_client(client) if client else None
    client = open311.save_client(client, **values, at=at)
    _note_client(client, before, by=by, at=at)
    return client


def renew_open311_key(client: Open311Client, *, by: User, at: datetime) -> str:
    """The key, to be shown this once."""
    before = snapshots.open311_client(client)
    key = open311.renew_key(client, at=at)
    _note_client(client, before, by=by, at=at)
    return key


def revoke_open311_key(client: Open311Client, *, by: User, at: datetime) -> None:
    before = snapshots.open311_client(client)
    open311.revoke_key(client)
    _note_client(client, before, by=by, at=at)


def _note_client(client: Open311Client, before: dict[str, Any] | None, *, by: User, at: datetime) -> None:
    after = snapshots.open311_client(client)
    history.note("open311_client", client.id, client.name, before=before, after=after, by=by, at=at)


def choose_suggestions(model: RoutingModel | None, *, by: User, at: datetime) -> None:
    """Let suggestions follow a version, or the keywords alone."""
    before = {"in_use": _told(learned.in_use())}
    suggestions.choose(model, by=by, at=at)
    after = {"in_use": _told(model.id if model else None)}
    history.note("routing_model", "in_use", "", before=before, after=after, by=by, at=at)


def _told(model_id: int | None) -> str:
    return f"Kata kunci dan versi {model_id}" if model_id else "Kata kunci"


def _calendar_words(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "covered_to": document["covered_to"],
        "week": [f"{WEEKDAY[day]} {office_hours.day_text(row)}" for day, row in document["week"].items()],
        "holidays": [f"{row['on']} {row['name']}" for row in document["holidays"]],
        "regimes": office_hours.period_lines(document).splitlines(),
    }


def _limits(document: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{matter}.{stage}.{name}": row.get(name, 0)
        for matter, stages in matters(document).items()
        for stage, row in stages.items()
        for name in ("limit", "extension")
    } | {
        name: document[name]
        for name in document
        if isinstance(document[name], int) and not isinstance(document[name], bool)
    }
