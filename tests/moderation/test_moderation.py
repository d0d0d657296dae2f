"""Flags, decisions and appeals: one item for each thing, by another moderator, in public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.deadlines import importers
from portal.errors import Conflict, DomainError
from portal.forum import services as forum
from portal.forum.models import Post
from portal.ledger import queries as ledger
from portal.moderation import queries, services, targets
from portal.moderation.models import Appeal, Decision, Flag, ReviewItem
from portal.moderation.rules import Action, ItemState, Reason
from portal.notifications.models import Notification
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_post,
    make_report,
    make_routing_rule,
    make_thread,
    make_user,
)
from tests.support.client import CheckingClient

OLD = MONDAY - timedelta(days=90)


@pytest.fixture
def post(app: Flask) -> Post:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    return make_post(make_thread(), by=make_user(created_at=OLD), body="Kalian semua bodoh.")


@pytest.fixture
def moderator(app: Flask) -> User:
    return make_user(Role.MODERATOR)


def flag(post: Post, *, by: User | None = None, reason: Reason = Reason.ABUSE) -> ReviewItem:
    target = targets.find_or_404(post.subject)
    return services.flag(target, reason=reason, note="", by=by or make_user(created_at=OLD), at=MONDAY)


def decide(item: ReviewItem, action: Action, by: User, **changes: Any) -> Decision:
    target = targets.find_or_404(item.subject)
    values = {
        "reason": Reason.ABUSE,
        "note": "Tolong tanpa makian.",
        "at": MONDAY,
        "expected_lock": item.lock,
        "seen": target.seen,
    }
    return services.decide(item, target, action=action, by=by, **{**values, **changes})


def test_three_ordinary_flags_hide_until_a_moderator_looks(post: Post) -> None:
    items = {flag(post).id for _one in range(2)}
    assert post.hidden_at is None

    item = flag(post)

    assert items == {item.id}
    assert post.hidden_at == MONDAY
    assert item.state is ItemState.OPEN
    assert item.decisions[-1].action is Action.HIDDEN_BY_FLAGS
    assert item.decisions[-1].by_id is None


def test_new_accounts_do_not_hide_alone(post: Post) -> None:
    for _one in range(9):
        flag(post, by=make_user(created_at=MONDAY))

    assert post.hidden_at is None


def test_who_was_wrong_weighs_less(post: Post, moderator: User) -> None:
    crier = make_user(created_at=OLD)
    decide(flag(make_post(post.thread), by=crier), Action.KEPT, moderator)

    item = flag(post, by=crier)

    assert item.weight == 50
    assert queries.record_of(crier) == (0, 1)


def test_one_person_flags_a_text_once(post: Post) -> None:
    user = make_user(created_at=OLD)

    flag(post, by=user)
    item = flag(post, by=user)

    assert item.flag_count == 1


def test_nobody_flags_their_own_words(post: Post) -> None:
    assert post.author is not None

    with pytest.raises(DomainError):
        flag(post, by=post.author)


def test_what_was_decided_is_not_asked_again_until_the_text_changes(post: Post, moderator: User) -> None:
    decide(flag(post), Action.KEPT, moderator)

    with pytest.raises(DomainError, match="sudah memeriksa"):
        flag(post)
    forum.edit(post, body="Kalian semua bodoh sekali.", at=MONDAY)
    item = flag(post)

    assert item.state is ItemState.OPEN
    assert item.weight == 100


def test_a_decision_is_about_the_text_that_was_read(post: Post, moderator: User) -> None:
    item = flag(post)
    seen = targets.find_or_404(post.subject).seen
    forum.edit(post, body="Maaf, saya terbawa emosi.", at=MONDAY)

    with pytest.raises(Conflict):
        decide(item, Action.HIDDEN, moderator, seen=seen)

    assert post.hidden_at is None


def test_two_moderators_decide_once(post: Post, moderator: User) -> None:
    item = flag(post)
    lock = item.lock
    decide(item, Action.KEPT, moderator)

    with pytest.raises(Conflict):
        decide(item, Action.HIDDEN, make_user(Role.MODERATOR), expected_lock=lock)


def test_the_author_is_told_with_the_rule(post: Post, moderator: User) -> None:
    decide(flag(post), Action.HIDDEN, moderator)

    letter = db.session.scalars(db.select(Notification).filter_by(kind="moderation_hidden")).one()

    assert letter.user_id == post.author_id
    assert "Kritik pekerjaannya" in letter.body
    assert "Tolong tanpa makian." in letter.body


def test_whoever_reported_without_an_account_is_told_and_shows_the_code(
    client: CheckingClient, post: Post, moderator: User
) -> None:
    category = make_category()
    make_routing_rule(category, make_agency())
    report = make_report(category, email="ani@contoh.id")
    target = targets.find_or_404(f"report:{report.number}")
    item = services.flag(target, reason=Reason.ABUSE, note="", by=moderator, at=MONDAY)

    decision = decide(item, Action.HIDDEN, moderator)

    letter = db.session.scalars(db.select(Notification).filter_by(kind="moderation_hidden")).one()
    assert letter.address == "ani@contoh.id"
    answer = client.get(f"/moderation/decisions/{decision.id}")
    assert answer.location == f"/track?number={report.number}"


def test_another_moderator_decides_the_appeal(post: Post, moderator: User) -> None:
    decision = decide(flag(post), Action.HIDDEN, moderator)
    assert post.author is not None
    appeal = services.appeal(decision, body="Saya hanya bercanda.", by=post.author, at=MONDAY)
    target = targets.find_or_404(post.subject)

    with pytest.raises(DomainError, match="moderator lain"):
        services.decide_appeal(appeal, target, is_granted=False, note="Tidak.", by=moderator, at=MONDAY)
    services.decide_appeal(
        appeal, target, is_granted=True, note="Benar.", by=make_user(Role.MODERATOR), at=MONDAY
    )

    assert post.hidden_at is None
    assert decision.item.decisions[-1].action is Action.RESTORED
    assert db.session.scalars(db.select(Flag)).one().is_upheld is False


def test_nobody_decides_an_appeal_about_what_they_had_hidden_since(post: Post, moderator: User) -> None:
    for _one in range(3):
        item = flag(post)
    assert post.author is not None
    appeal = services.appeal(item.decisions[-1], body="Keliru.", by=post.author, at=MONDAY)
    decide(item, Action.HIDDEN, moderator)
    target = targets.find_or_404(post.subject)

    with pytest.raises(DomainError, match="moderator lain"):
        services.decide_appeal(appeal, target, is_granted=False, note="Tidak.", by=moderator, at=MONDAY)

    assert queries.undecided_appeals(moderator) == []
    assert queries.undecided_appeals(make_user(Role.MODERATOR)) == [appeal]


def test_what_stays_hidden_after_an_appeal_is_hidden(post: Post, moderator: User) -> None:
    item = flag(post)
    hidden = decide(item, Action.HIDDEN, moderator)
    assert post.author is not None
    appeal = services.appeal(hidden, body="Keliru.", by=post.author, at=MONDAY)
    decide(item, Action.RESTORED, moderator)
    other, target = make_user(Role.MODERATOR), targets.find_or_404(post.subject)

    services.decide_appeal(appeal, target, is_granted=False, note="Tidak.", by=other, at=MONDAY)

    assert post.hidden_at == MONDAY


def test_a_thread_is_locked_for_a_reason_that_its_author_reads(post: Post, moderator: User) -> None:
    target = targets.find_or_404(post.thread.subject)
    item = services.flag(target, reason=Reason.OFF_TOPIC, note="", by=moderator, at=MONDAY)

    with pytest.raises(DomainError, match="aturan yang dilanggar"):
        decide(item, Action.LOCKED, moderator, reason=None)
    decide(item, Action.LOCKED, moderator, reason=Reason.OFF_TOPIC)

    letter = db.session.scalars(db.select(Notification).filter_by(kind="moderation_locked")).one()
    assert "Bicarakan satu pokok di satu tempat" in letter.body


@pytest.mark.parametrize("is_granted", [True, False])
def test_another_moderator_decides_whether_a_thread_stays_locked(
    post: Post, moderator: User, is_granted: bool
) -> None:
    target = targets.find_or_404(post.thread.subject)
    item = services.flag(target, reason=Reason.OFF_TOPIC, note="", by=moderator, at=MONDAY)
    locked = decide(item, Action.LOCKED, moderator, reason=Reason.OFF_TOPIC)
    appeal = services.appeal(locked, body="Masih dibahas.", by=post.thread.author, at=MONDAY)
    target, other = targets.find_or_404(post.thread.subject), make_user(Role.MODERATOR)

    services.decide_appeal(appeal, target, is_granted=is_granted, note="", by=other, at=MONDAY)

    assert (post.thread.locked_at is None) is is_granted
    assert post.thread.hidden_at is None
    told = "moderation_unlocked" if is_granted else "moderation_lock_upheld"
    assert db.session.scalars(db.select(Notification).filter_by(kind=told)).one()


def test_the_database_refuses_the_same_moderator_twice(post: Post, moderator: User) -> None:
    decision = decide(flag(post), Action.HIDDEN, moderator)
    db.session.add(
        Appeal(
            decision_id=decision.id,
            against_id=moderator.id,
            body="x",
            at=MONDAY,
            is_granted=False,
            decided_at=MONDAY,
            decided_by_id=moderator.id,
        )
    )

    with pytest.raises(DatabaseError, match="by_another"):
        db.session.flush()


def test_an_appeal_is_made_once_and_in_time(post: Post, moderator: User) -> None:
    decision = decide(flag(post), Action.HIDDEN, moderator)
    assert post.author is not None

    with pytest.raises(DomainError):
        services.appeal(decision, body="Terlambat.", by=post.author, at=MONDAY + timedelta(days=15))
    services.appeal(decision, body="Tepat waktu.", by=post.author, at=MONDAY + timedelta(days=14))
    db.session.refresh(decision)
    with pytest.raises(DomainError):
        services.appeal(decision, body="Sekali lagi.", by=post.author, at=MONDAY + timedelta(days=14))


def test_decisions_stand_in_the_record_without_a_person(post: Post, moderator: User) -> None:
    decision = decide(flag(post), Action.HIDDEN, moderator)

    lines = {event.kind: event.details for event in ledger.events_of(post.subject)}

    assert lines["moderation_hidden"] == {"decision": decision.id, "reason": "abuse"}


@pytest.mark.parametrize(
    "change", ["UPDATE moderation_decisions SET note = ''", "DELETE FROM moderation_decisions"]
)
def test_the_log_only_grows(post: Post, moderator: User, change: str) -> None:
    decide(flag(post), Action.HIDDEN, moderator)

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(change))


def test_flag_to_appeal_through_the_pages(
    login: Callable[[User], CheckingClient], post: Post, moderator: User
) -> None:
    client = login(make_user(created_at=OLD))
    page = client.get(f"/flags/new/{post.subject}")
    client.submit(page, f"/flags/{post.subject}", reason="abuse", note="Kasar.")

    client = login(moderator)
    item = client.get("/moderation")
    assert post.number in item.text
    page = client.get(f"/moderation/items/{db.session.scalars(db.select(ReviewItem.id)).one()}")
    client.submit(page, "/decisions", decision="hidden", reason="abuse", note="Tanpa makian.")
    log = login(make_user()).get("/moderation/log").text

    assert "Disembunyikan moderator" in log
    assert post.number in log
    assert "Kalian semua bodoh" not in log
    assert moderator.name not in log
    assert "Kalian semua bodoh" not in client.get(f"/forum/{post.thread.number}").text

    assert post.author is not None
    client = login(post.author)
    decision = db.session.scalars(db.select(Decision)).one()
    page = client.get(f"/moderation/decisions/{decision.id}")
    client.submit(page, "/appeal", body="Saya minta maaf, tetapi ini bercanda.")

    client = login(make_user(Role.MODERATOR))
    appeal = db.session.scalars(db.select(Appeal)).one()
    page = client.get(f"/moderation/appeals/{appeal.id}")
    client.submit(page, "/decision", outcome="granted", note="Boleh tampil.")
    db.session.refresh(post)

    assert post.hidden_at is None


def test_an_empty_flag_is_refused_beside_its_field_and_keeps_the_note(
    login: Callable[[User], CheckingClient], post: Post
) -> None:
    client = login(make_user(created_at=OLD))

    answer = client.submit(
        client.get(f"/flags/new/{post.subject}"), f"/flags/{post.subject}", note="Kasar kali."
    )

    assert answer.status_code == 422
    assert "Pilih satu aturan." in answer.text
    assert "Kasar kali." in answer.text


def test_a_decision_is_shown_to_its_author_and_to_moderators_only(
    login: Callable[[User], CheckingClient], post: Post, moderator: User
) -> None:
    decision = decide(flag(post), Action.HIDDEN, moderator)

    client = login(make_user())

    assert client.get(f"/moderation/decisions/{decision.id}").status_code == 404


def test_the_log_costs_the_same_for_few_and_many_lines(
    client: CheckingClient, count_sql: Callable[[], Any], post: Post, moderator: User
) -> None:
    item = flag(post)
    decide(item, Action.KEPT, moderator)
    db.session.flush()
    with count_sql() as few:
        client.get("/moderation/log")
    db.session.add_all(
        Decision(item=item, action=Action.KEPT, by_id=moderator.id, at=MONDAY, note="") for _one in range(60)
    )
    db.session.flush()
    with count_sql() as many:
        client.get("/moderation/log")

    assert len(many) == len(few) <= 8
