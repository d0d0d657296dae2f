"""A report written without a line: what its page offers, and taking it in when the line is back."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import aliased, selectinload

from portal.accounts.models import User
from portal.attachments import images
from portal.attachments.images import Picture
from portal.categories import queries as categories_of
from portal.categories.rules import OTHER, CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.jobs.services import insert
from portal.organisation.models import Agency, AgencyCategory
from portal.organisation.outside import labels as outside_labels
from portal.organisation.outside.queries import outside
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import labels, tracking
from portal.reports import queries as reports
from portal.reports.filing import drafts, photos, queries, rules, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft
from portal.reports.rules import MAX_PHOTOS
from portal.routing import queries as routing


class Upload(Protocol):
    """A file that came with a form."""

    @property
    def stream(self) -> Any:
        """Its bytes, to be read once."""


@dataclass(frozen=True)
class Choice:
    """A category or a kelurahan. `outside` says who else answers for it, and how to reach them."""

    code: str
    name: str
    outside: str = ""
    is_emergency: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of it: sent, or a draft that still has a question open."""

    open_step: Step | None = None


@dataclass(frozen=True)
class Pictures:
    """The photos that came along; not all when something was no photo, or one too many: its writer looks at
    them again."""

    drawn: Sequence[Picture]
    are_all: bool


@dataclass(frozen=True)
class Group:
    name: str
    choices: list[Choice] = field(default_factory=list)


def categories(at: datetime) -> list[Group]:
    """All that the city offers, under their headings, with what must be said before filing. Three
    statements, however many there are."""
    elsewhere = _outside_bodies(at)
    groups: dict[str, Group] = {}
    for one in sorted(routing.offered_categories(at), key=lambda one: one.code == OTHER):
        code = "other" if one.code == OTHER else one.group
        choice = Choice(
            one.code,
            labels.category_name(one),
            "; ".join(elsewhere.get(one.code, [])),
            one.category_class is CategoryClass.EMERGENCY,
        )
        groups.setdefault(code, Group(categories_of.group_name(code))).choices.append(choice)
    return list(groups.values())


def districts() -> list[Group]:
    """Every kelurahan under its kecamatan. One statement."""
    district = aliased(Area)
    rows = db.session.execute(
        select(Area.code, Area.name, district.name.label("district"))
        .join(district, district.code == Area.parent_code)
        .where(Area.level == Level.VILLAGE)
        .order_by(district.name, district.code, Area.name)
    )
    return [
        Group(name, [Choice(row.code, row.name) for row in own])
        for name, own in groupby(rows, key=lambda row: row.district)
    ]


def draw(uploads: Sequence[Upload]) -> Pictures:
    """To be called before the database is asked for anything: whoever else writes does not wait for it."""
    drawn = []
    for upload in uploads[:MAX_PHOTOS]:
        with suppress(DomainError):
            drawn.append(images.reencode(upload.stream))
    return Pictures(drawn, are_all=len(drawn) == len(uploads))


def take(answers: Answers, token: str, *, pictures: Pictures, by: User | None, at: datetime) -> Outcome:
    """File the report, or keep it as a draft where a question is still open. The same token files once:
    whoever sends it again is led to the same report or draft."""
    draft, is_new = _claimed(answers, token, at)
    if reports.by_form_token(tracking.token_digest(token)) is not None:
        db.session.delete(draft)
        return Outcome()
    if is_new:
        for picture in pictures.drawn:
            photos.add(draft, picture, at=at)
        if by is not None:
            drafts.give(draft, token, by, at=at)
        if not pictures.are_all:
            return Outcome(Step.PHOTOS)
    answers = Answers.read(draft.data)
    missing = rules.missing(answers, queries.extra_steps(answers, at))
    if missing is not None or not is_new:
        return Outcome(missing or Step.CHECK)
    try:
        services.send(draft, token, by=by, at=at)
    except DomainError:
        return Outcome(Step.CHECK)
    return Outcome()


def _claimed(answers: Answers, token: str, at: datetime) -> tuple[ReportDraft, bool]:
    """The draft of this token, locked, and whether it was begun just now. Two that send it at once wait
    for each other here."""
    digest = tracking.token_digest(token)
    begun = db.session.scalar(
        insert(ReportDraft)
        .values(
            token_digest=digest,
            data=answers.stored(),
            pages={},
            created_at=at,
            changed_at=at,
            expires_at=at + rules.DRAFT_LIFETIME,
        )
        .on_conflict_do_nothing(index_elements=[ReportDraft.token_digest])
        .returning(ReportDraft.id)
    )
    query = select(ReportDraft).where(ReportDraft.token_digest == digest).with_for_update()
    return db.session.scalars(query).one(), begun is not None


def _outside_bodies(at: datetime) -> dict[str, list[str]]:
    """Who answers in place of the city, with the first channel, by category."""
    rows: Iterable[Any] = db.session.execute(
        select(AgencyCategory.category_code, Agency)
        .join(Agency, Agency.id == AgencyCategory.agency_id)
        .where(outside(routing.city_day(at)))
        .options(selectinload(Agency.channels))
        .order_by(Agency.name)
    )
    found: dict[str, list[str]] = {}
    for code, body in rows:
        channels = outside_labels.told(body).channels[:1]
        told = [body.name, *(f"{one.label} {one.value}" for one in channels)]
        found.setdefault(code, []).append(", ".join(told))
    return found
