"""The forum of the demo city: what residents said in the last months, and what the city answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import RefusalBasis, ResponseKind, Verdict
from portal.categories.models import Category
from portal.db import db
from portal.demo import forum_texts
from portal.demo.forum_texts import MODERATOR, OFFICER, AnswerText, CategoryText, ThreadText
from portal.demo.world import World
from portal.forum import importers
from portal.forum import services as forum
from portal.forum.importers import PastPost, PastThread
from portal.forum.models import ForumCategory, Thread
from portal.forum.services import asking
from portal.organisation.models import Agency, Official
from portal.places.models import Area

SEED = 1509
SINCE = timedelta(days=500)
LATEST = 0.3  # of the threads began in the last tenth of the time, so that there is something to read
# How long people wait before they say something, in hours: from, to.
RHYTHM = {"hours": (0.2, 9.0), "days": (5.0, 60.0), "weeks": (48.0, 260.0)}
KINDS = {
    "answer": ResponseKind.ANSWER,
    "interim": ResponseKind.INTERIM,
    "refusal": ResponseKind.REFUSAL,
}


@dataclass(frozen=True)
class Told:
    """A thread's text with what became of it."""

    text: ThreadText
    past: PastThread
    supporters: list[User]


def happen(world: World) -> None:
    """Open the categories, let everybody talk, and let the city answer what it was asked."""
    chance = Random(SEED)
    people = _People(world)
    told = sorted(_conversations(world, people, chance), key=lambda one: one.past.posts[0].at)
    threads = importers.bring_in(one.past for one in told)
    for one, thread in zip(told, threads, strict=True):
        if one.text.asks:
            _ask(world, thread, one, people.moderator, chance)


class _People:
    """Accounts by who they are."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.residents = [db.session.get_one(User, one.id) for one in world.residents]
        self.moderator = db.session.get_one(User, world.moderators[0])

    def cast(self, text: ThreadText, category: str | None, chance: Random) -> dict[str, User]:
        """Who speaks for each letter of a thread."""
        letters = sorted({post.by for post in text.posts} - {OFFICER, MODERATOR})
        speakers = dict(zip(letters, chance.sample(self.residents, len(letters)), strict=True))
        return speakers | {MODERATOR: self.moderator, OFFICER: self._official(category)}

    @cache  # noqa: B019  # lives as long as the seeding
    def _official(self, category: str | None) -> User:
        """Somebody of the agency that answers for the category."""
        found = self.world.route(
            category or "pju", self.world.villages[0]["code"], self.world.at, is_supervisory=False
        )
        holder = db.select(Official).where(Official.user_id.is_not(None)).order_by(Official.id)
        if found.agency_id is not None:
            holder = holder.where(Official.agency_id == found.agency_id)
        official = db.session.scalars(holder.limit(1)).one()
        return db.session.get_one(User, official.user_id)


def _conversations(world: World, people: _People, chance: Random) -> Iterator[Told]:
    areas = _areas()
    for position, text in enumerate(forum_texts.categories()):
        category = _category(text, position)
        for thread in text.threads:
            speakers = people.cast(thread, text.category, chance)
            supporters = chance.sample(people.residents, thread.supporters)
            yield Told(
                thread,
                PastThread(
                    category=category,
                    title=thread.title,
                    posts=_posts(world, thread, speakers, supporters, chance),
                    area_code=areas.get(thread.area or ""),
                    followers=chance.sample(supporters, min(len(supporters), 3)),
                ),
                supporters,
            )


def _category(text: CategoryText, position: int) -> ForumCategory:
    known = db.session.get(Category, text.category) if text.category else None
    category = ForumCategory(
        slug=text.slug,
        name_id=text.name_id,
        name_en=text.name_en,
        description_id=text.description_id,
        description_en=text.description_en,
        category_code=known.code if known else None,
        position=position,
    )
    db.session.add(category)
    return category


def _posts(
    world: World, thread: ThreadText, speakers: dict[str, User], supporters: list[User], chance: Random
) -> list[PastPost]:
    posts: list[PastPost] = []
    for text, at in zip(thread.posts, _moments(world, thread, chance), strict=True):
        quoted = thread.posts[text.quotes] if text.quotes is not None else None
        body = f"{_quote(speakers[quoted.by].name, quoted.text)}\n\n{text.text}" if quoted else text.text
        likes = min(chance.choice((0, 0, 0, 1, 2, 4)), len(speakers))
        liked_by = chance.sample(list(speakers.values()), likes) if posts else supporters
        posts.append(PastPost(author=speakers[text.by], body=body, at=at, supporters=liked_by))
    return posts


def _moments(world: World, thread: ThreadText, chance: Random) -> list[datetime]:
    """When each post was written: begun on some day, more often a late one, and done by now."""
    gaps = [timedelta(hours=chance.uniform(*RHYTHM[thread.gap])) for _text in thread.posts]
    share = chance.uniform(0, 0.1) if chance.random() < LATEST else chance.random()
    latest = world.at - sum(gaps, timedelta())
    day = min(world.at - SINCE * share, latest).astimezone(world.zone)
    moments = [day.replace(hour=chance.randint(6, min(day.hour, 21)) if day.hour > 6 else day.hour)]
    for gap in gaps[1:]:
        moments.append(moments[-1] + gap)
    return moments


def _quote(name: str, text: str) -> str:
    lines = "\n".join(f"> {line}" for line in text.splitlines())
    return f"> **{name}:**\n>\n{lines}"


def _ask(world: World, thread: Thread, told: Told, moderator: User, chance: Random) -> None:
    """At the last supporter, or when a moderator read it; the answer comes days later, or not yet."""
    at = min(told.past.posts[-1].at + timedelta(hours=chance.uniform(2, 30)), world.at - timedelta(hours=3))
    if told.text.asks == MODERATOR:
        forum.ask(thread, reason="Banyak yang bertanya dan jawabannya ada pada dinas.", by=moderator, at=at)
    else:
        asking.ask_when_supported(thread, at=at)
    if thread.assignment is not None and told.text.answer is not None:
        _answer(world, thread, thread.assignment, told.text.answer, chance)


def _answer(world: World, thread: Thread, duty: Assignment, answer: AnswerText, chance: Random) -> None:
    at = world.in_office(duty.disposed_at, chance.randint(1, 9))
    if at >= world.at or duty.official is None or duty.official.user_id is None:
        return
    by = db.session.get_one(User, duty.official.user_id)
    kind = KINDS[answer.kind]
    body = db.session.get_one(Agency, world.by_code["DISPORA-SUMUT"].id)
    is_refused = kind is ResponseKind.REFUSAL
    assignments.respond(
        duty,
        kind=kind,
        body=answer.text,
        by=by,
        at=at,
        basis=RefusalBasis.NOT_COMPETENT if is_refused else None,
        outside_body=body if is_refused else None,
    )
    judged_at = at + timedelta(hours=chance.uniform(3, 60))
    if kind is ResponseKind.ANSWER and judged_at < world.at and chance.random() < 0.6:
        forum.judge(
            thread, verdict=Verdict.SOLVED, stars=chance.choice((3, 4, 4, 5, 5)), comment="", at=judged_at
        )


def _areas() -> dict[str, str]:
    """Codes by name; of two kelurahan with one name the first."""
    areas = db.session.execute(db.select(Area.name, Area.code).order_by(Area.code.desc()))
    return {row.name: row.code for row in areas}
