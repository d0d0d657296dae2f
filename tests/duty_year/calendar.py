"""What is decreed in the year, by day: two decrees, another policy, and the leave of officials."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from portal.db import db
from portal.deadlines import defaults, services
from portal.deadlines.models import Calendar, PolicyVersion
from portal.organisation import leave
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveKind
from tests.assignments import duties
from tests.duty_year.town import Town

FLOOD, SHIFT = date(2026, 3, 2), date(2026, 8, 3)
NEW_POLICY, APPLIED = date(2026, 6, 1), date(2026, 6, 15)
CLOSED = ("2026-03-09", "2026-03-10", "2026-03-11")
MOVED_FROM, MOVED_TO = "2026-08-17", "2026-08-18"
LEAVES = 2  # a year, for each official

Act = Callable[[datetime], None]


@dataclass
class Diary:
    """What is done at eight o'clock of a day, and the days at whose turn somebody comes or goes."""

    acts: dict[date, list[Act]]
    turns: set[date]


def written(town: Town) -> Diary:
    diary = Diary(defaultdict(list), {FLOOD, SHIFT, APPLIED})
    diary.acts[FLOOD].append(lambda at: _decree("SK Banjir", at, add=CLOSED))
    diary.acts[SHIFT].append(lambda at: _decree("SK Geser", at, add=(*CLOSED, MOVED_TO), drop=MOVED_FROM))
    diary.acts[NEW_POLICY].append(_shorten)
    diary.acts[APPLIED].append(_apply)
    for agency_id, officials in town.officials.items():
        for official_id in officials:
            _plan_leave(diary, town, agency_id, official_id)
    return diary


def _decree(name: str, at: datetime, *, add: tuple[str, ...], drop: str = "") -> None:
    """The next version of each calendar."""
    for calendar in db.session.scalars(db.select(Calendar).order_by(Calendar.id)).all():
        document = defaults.calendar_document(calendar.key, duties.ZONE)
        kept = [row for row in document["holidays"] if row["on"] != drop]
        document["holidays"] = [*kept, *({"on": day, "kind": "closure", "name": name} for day in add)]
        services.import_calendar_version(calendar, document, at=at, decree=name, decree_on=at.date())


def _shorten(at: datetime) -> None:
    """Complaints are to be resolved in ten days instead of fourteen."""
    document = defaults.policy_document()
    document["matters"]["complaint"]["resolve"]["limit"] = 10
    services.import_policy_version(document, at=at)


def _apply(at: datetime) -> None:
    newest = db.session.scalars(db.select(PolicyVersion).order_by(PolicyVersion.number.desc())).first()
    services.apply_policy(newest, reason="Warga tidak perlu menunggu lebih lama.", at=at)


def _plan_leave(diary: Diary, town: Town, agency_id: int, official_id: int) -> None:
    """Asked for on a Thursday, approved on the Friday, from the Monday after the next on."""
    chance = Random(f"leave {official_id}")
    for half in range(LEAVES):
        monday = date(2026, 1, 19) + timedelta(weeks=26 * half + chance.randrange(24))
        last = monday + timedelta(days=chance.choice((2, 4, 11)))
        team = [one for one in town.officials[agency_id] if one != official_id]
        substitute_id = chance.choice([*team, None])
        asked: list[int] = []
        diary.acts[monday - timedelta(days=11)].append(
            _asking(town, official_id, substitute_id, monday, last, asked)
        )
        diary.acts[monday - timedelta(days=10)].append(_approving(town, agency_id, asked))
        diary.turns |= {monday, last + timedelta(days=1)}


def _asking(
    town: Town, official_id: int, substitute_id: int | None, first: date, last: date, asked: list[int]
) -> Act:
    def ask(at: datetime) -> None:
        substitute = db.session.get_one(Official, substitute_id) if substitute_id else None
        made = leave.ask(
            db.session.get_one(Official, official_id),
            kind=LeaveKind.ANNUAL,
            from_on=first,
            to_on=last,
            substitute=substitute,
            note="Berkas ada di map biru.",
            by=town.account(official_id),
            at=at,
        )
        asked.append(made.id)

    return ask


def _approving(town: Town, agency_id: int, asked: list[int]) -> Act:
    def approve(at: datetime) -> None:
        absence = db.session.get_one(Absence, asked[0])
        leave.approve(absence, by=town.account(town.supervisors[agency_id]), at=at)

    return approve
