"""Leave in the demo city: some is over, some runs, some waits; and a word between two people."""

from datetime import date, datetime, timedelta

from portal.accounts.models import User
from portal.assignments import feedback
from portal.assignments.models import Assignment
from portal.db import db
from portal.demo.city import HERO
from portal.i18n import local
from portal.organisation import leave
from portal.organisation import services as organisation
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveKind, LeaveState, Rank

PAST = (  # days ago, how many days, why
    (200, 5, LeaveKind.ANNUAL),
    (120, 3, LeaveKind.TRAINING),
    (75, 2, LeaveKind.SICK),
    (40, 4, LeaveKind.DUTY_TRAVEL),
    (24, 3, LeaveKind.ANNUAL),
)


def happen(at: datetime) -> None:
    """The team of the demo's official, as its supervisor finds it."""
    hero = db.session.scalars(db.select(Official).filter_by(name=HERO)).one()
    boss = hero.supervisor
    if boss is None or boss.user_id is None or hero.user_id is None:
        return
    team = [
        one
        for one in db.session.scalars(
            db.select(Official)
            .where(Official.supervisor_id == boss.id, Official.rank == Rank.OFFICIAL)
            .order_by(Official.open_count.desc(), Official.id)
        )
        if one.id != hero.id
    ]
    leader = db.session.get_one(User, boss.user_id)
    _name_substitutes(hero, team)
    _past([hero, *team], leader, local(at).date(), at)
    _running(team, leader, at)
    _waiting(hero, team, at)
    _feedback(hero, leader, at)


def _name_substitutes(hero: Official, team: list[Official]) -> None:
    everybody = [hero, *team]
    for place, one in enumerate(everybody):
        others = [*everybody[place + 1 :], *everybody[:place]]
        organisation.name_substitutes(one, others[:2])


def _past(people: list[Official], leader: User, today: date, at: datetime) -> None:
    for place, (days_ago, length, kind) in enumerate(PAST):
        official, substitute = people[place % len(people)], people[(place + 1) % len(people)]
        first = today - timedelta(days=days_ago)
        decided_at = at - timedelta(days=days_ago + 7)
        db.session.add(
            Absence(
                official_id=official.id,
                substitute_id=substitute.id,
                kind=kind,
                state=LeaveState.APPROVED,
                from_on=first,
                to_on=first + timedelta(days=length - 1),
                created_at=decided_at - timedelta(days=1),
                created_by_id=official.user_id,
                decided_at=decided_at,
                decided_by_id=leader.id,
                decision_note="Disetujui, penggantinya sudah tahu." if place % 2 else "",
            )
        )
    db.session.flush()


def _running(team: list[Official], leader: User, at: datetime) -> None:
    """Somebody with open duties began today: they are with the substitute already."""
    if len(team) < 2:
        return
    leave.enter(
        team[0],
        kind=LeaveKind.DUTY_TRAVEL,
        from_on=local(at).date(),
        to_on=local(at).date() + timedelta(days=3),
        substitute=team[1],
        note="Suku cadang lampu sudah dipesan, barangnya tiba hari Kamis. Nomor gudang ada di grup kantor.",
        by=leader,
        at=at,
    )


def _waiting(hero: Official, team: list[Official], at: datetime) -> None:
    """The demo's official asks, and the supervisor has not decided yet."""
    leave.ask(
        hero,
        kind=LeaveKind.ANNUAL,
        from_on=local(at).date() + timedelta(days=14),
        to_on=local(at).date() + timedelta(days=18),
        substitute=team[1] if len(team) > 1 else None,
        note="Semua laporan Jalan Bajak menunggu kabel dari gudang provinsi.",
        by=db.session.get_one(User, hero.user_id),
        at=at - timedelta(hours=3),
    )


def _feedback(hero: Official, leader: User, at: datetime) -> None:
    answered = db.session.scalars(
        db.select(Assignment)
        .where(Assignment.official_id == hero.id, Assignment.responded_at.is_not(None))
        .order_by(Assignment.responded_at.desc())
        .limit(2)
    ).all()
    words = (
        "Jawabannya jelas dan warga tahu kapan petugas datang. Teruskan seperti ini.",
        "Sebutkan nomor tiang dan harinya sejak kabar pertama, supaya warga tidak perlu bertanya lagi.",
    )
    for assignment, body in zip(answered, words, strict=False):
        feedback.give(assignment, body=body, by=leader, at=at - timedelta(hours=5))
