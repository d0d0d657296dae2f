"""Who came and what was chosen can be counted, and cannot be brought together."""

import csv
import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import Date, DateTime, inspect, text

from portal.db import UTCDateTime, db
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.projects.voting import queries, rules, services
from portal.projects.voting.models import Ballot, Voter
from portal.projects.voting.services import casting
from tests.builders import MONDAY, make_area, make_user, make_vote

AFTER = MONDAY + timedelta(days=8)
BALLOTS = [{1: 5}, {2: 5}, {3: 5}, {1: 1, 2: 4}, {1: 2, 3: 3}, {2: 1}, {3: 2, 2: 2}, {1: 4}]


def cast_all(vote, area, ballots=BALLOTS):
    for dots in ballots:
        services.cast(vote, by=make_user(), area_code=area.code, dots=dots, at=MONDAY)


@pytest.fixture
def area(session):
    return make_area()


@pytest.fixture
def vote(area):
    return make_vote(area=area)


def test_neither_table_holds_a_time_and_they_share_only_the_vote(session):
    columns = {table: table.__table__.columns for table in (Voter, Ballot)}

    assert set(columns[Voter].keys()) & set(columns[Ballot].keys()) == {"vote_id"}
    assert not [
        column
        for table in columns.values()
        for column in table
        if isinstance(column.type, (DateTime, Date, UTCDateTime))
    ]


@pytest.mark.only_on("sqlite")
def test_sqlite_keeps_no_row_number_that_would_tell_the_order(session):
    for table in ("voters", "ballots"):
        with pytest.raises(Exception, match="no such column"), session.begin_nested():
            session.execute(text(f"SELECT rowid FROM {table}"))


@pytest.mark.only_on("postgresql")
def test_postgresql_tells_no_pair_by_its_transaction_after_the_count(session, vote, area):
    for dots in BALLOTS:
        with session.begin_nested():
            services.cast(vote, by=make_user(), area_code=area.code, dots=dots, at=MONDAY)
    services.publish(vote.id, at=AFTER)

    assert len(session.execute(text("SELECT DISTINCT xmin::text FROM ballots")).all()) == 1
    assert len(session.execute(text("SELECT DISTINCT xmin::text FROM voters")).all()) == 1


def test_ballots_come_in_the_order_of_their_lots_whatever_the_order_of_arrival(session, vote, area):
    cast_all(vote, area)

    sheets = queries.ballots_of(vote)

    assert [number for number, _dots in sheets] == sorted(number for number, _dots in sheets)
    assert [dots for _number, dots in sheets] != [
        {str(choice): count for choice, count in one.items()} for one in BALLOTS
    ]


def test_lots_are_drawn_so_that_no_order_can_be_told(session, vote, area, monkeypatch):
    monkeypatch.setattr(casting.secrets, "randbits", _lots())

    cast_all(vote, area, BALLOTS[:5])

    assert [dots for _number, dots in queries.ballots_of(vote)] == [
        {"1": 1, "2": 4},
        {"2": 5},
        {"1": 5},
        {"1": 2, "3": 3},
        {"3": 5},
    ]


def test_the_record_is_silent_while_people_vote(session, vote, area):
    before = len(ledger.events_of(vote.project.subject))

    cast_all(vote, area)

    assert len(ledger.events_of(vote.project.subject)) == before


def test_the_result_can_be_counted_again_from_the_published_ballots(client, vote, area):
    cast_all(vote, area)
    services.publish(vote.id, at=AFTER)

    answer = client.get(f"/projects/{vote.project.slug}/vote/ballots.csv")

    rows = list(csv.DictReader(answer.get_data(as_text=True).splitlines()))
    counted = [sum(int(row[f"choice_{choice.position}"]) for row in rows) for choice in vote.choices]
    assert counted == [choice.dot_count for choice in vote.choices] == [12, 12, 10]
    counted_event = ledger.events_of(vote.project.subject)[-1]
    assert counted_event.details["ballots_sha256"] == hashlib.sha256(answer.data).hexdigest()
    document = json.loads(client.get(f"/projects/{vote.project.slug}/vote/ballots.json").data)
    dots = [{int(key): count for key, count in one["dots"].items()} for one in document["ballots"]]
    assert {s.choice: s.dots for s in rules.tally([1, 2, 3], dots)} == {1: 12, 2: 12, 3: 10}


def test_ballots_stay_closed_until_the_vote_is_counted(client, vote, area):
    cast_all(vote, area)

    assert client.get(f"/projects/{vote.project.slug}/vote/ballots.csv").status_code == 404


def test_a_result_of_four_people_is_not_shown(client, vote, area):
    cast_all(vote, area, BALLOTS[:4])
    services.publish(vote.id, at=AFTER)

    assert [choice.dot_count for choice in vote.choices] == [None, None, None]
    assert client.get(f"/projects/{vote.project.slug}/vote/ballots.csv").status_code == 404
    assert client.get(f"/projects/{vote.project.slug}/vote/ballots.json").status_code == 404


def test_a_vote_is_counted_once(session, vote, area):
    cast_all(vote, area)

    services.publish(vote.id, at=AFTER)
    services.publish(vote.id, at=AFTER + timedelta(days=1))

    assert vote.published_at == AFTER
    events = [one.kind for one in ledger.events_of(vote.project.subject)]
    assert events.count("vote_counted") == 1


def test_no_ballot_comes_after_the_count(session, vote, area):
    cast_all(vote, area)
    services.publish(vote.id, at=AFTER)

    with pytest.raises(DomainError):
        services.cast(vote, by=make_user(), area_code=area.code, dots={1: 1}, at=MONDAY)


def test_a_person_votes_once(session, vote, area):
    person = make_user()
    services.cast(vote, by=person, area_code=area.code, dots={1: 1}, at=MONDAY)

    with pytest.raises(DomainError, match="sudah memilih"):
        services.cast(vote, by=person, area_code=area.code, dots={2: 1}, at=MONDAY)

    assert len(queries.ballots_of(vote)) == 1


def test_an_area_outside_has_no_vote(session, vote):
    with pytest.raises(DomainError) as refused:
        services.cast(vote, by=make_user(), area_code=make_area().code, dots={1: 1}, at=MONDAY)

    assert refused.value.field == "area"


def test_nobody_changes_a_vote_that_is_open(session, vote, area):
    plan = services.Plan(
        question="Lain?", choices=[services.Proposal(title=title) for title in "ab"], areas=[area]
    )

    with pytest.raises(DomainError, match="sudah dibuka"):
        services.prepare(vote.project, vote.phase, vote, plan, at=MONDAY + timedelta(hours=1))


def _lots():
    lots = iter([7, 3, 9, 1, 8])
    return lambda bits: next(lots)


def test_foreign_keys_of_ballots_lead_only_to_the_vote(session):
    keys = inspect(db.engine).get_foreign_keys("ballots")

    assert [key["referred_table"] for key in keys] == ["votes"]
