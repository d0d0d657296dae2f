"""An edition takes two people, is published once, and stays as it was."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.accounts.models import User
from portal.errors import Conflict, DomainError
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.statistics.editions import bundle, queries, services, verification
from portal.statistics.queries import agencies
from tests.builders import make_category
from tests.statistics.editions.conftest import CUTOFF, FIRST_ON, LAST_ON, RECEIVED
from tests.statistics.rows import make_case


def warnings(draft: Any) -> list[str]:
    return [caution["key"] for caution in draft.document["about"]["warnings"]]


def test_edition_is_published_by_a_second_person(prepare: Any, moderators: Any) -> None:
    edition = services.confirm(prepare(), by=moderators[1], at=CUTOFF)

    assert edition.number == 1
    assert edition.previous_root == bundle.GENESIS
    assert queries.drafts() == []


def test_nobody_confirms_what_they_prepared_themselves(prepare: Any, moderators: Any) -> None:
    with pytest.raises(DomainError, match="moderator lain"):
        services.confirm(prepare(), by=moderators[0], at=CUTOFF)


def test_database_too_wants_two_people(session: Any, publish: Any) -> None:
    publish()

    with pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO editions SELECT 2, first_on, last_on, cutoff, published_at, prepared_by_id,"
                " prepared_by_id, corrects_number, document, manifest, 'a', root FROM editions"
            )
        )


@pytest.mark.parametrize("change", ["UPDATE editions SET root = 'x'", "DELETE FROM edition_files"])
def test_published_edition_is_neither_changed_nor_deleted(session: Any, publish: Any, change: str) -> None:
    publish()
    session.flush()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(change))


def test_editions_are_numbered_without_gaps_and_chained(prepare: Any, moderators: Any) -> None:
    first = services.confirm(prepare(), by=moderators[1], at=CUTOFF)
    services.discard(prepare(corrects=first, reason="Salah baca"), by=moderators[0], at=CUTOFF)

    second = services.confirm(prepare(corrects=first, reason="Salah hitung"), by=moderators[1], at=CUTOFF)

    assert (second.number, second.previous_root, second.corrects_number) == (2, first.root, 1)
    assert queries.correction_of(1) == 2


def test_period_is_published_once_and_corrected_afterwards(publish: Any, prepare: Any) -> None:
    edition = publish()

    with pytest.raises(DomainError, match="sudah terbit"):
        prepare()
    with pytest.raises(DomainError, match="mengapa"):
        prepare(corrects=edition, reason=" ")


def test_period_must_have_ended(prepare: Any) -> None:
    with pytest.raises(DomainError, match="belum berakhir"):
        prepare(at=RECEIVED)


def test_fewer_than_ten_reports_are_not_published(app: Any, moderators: Any) -> None:
    with pytest.raises(DomainError, match="Kurang dari 10"):
        services.prepare(FIRST_ON, LAST_ON, by=moderators[0], at=CUTOFF)


def test_moderator_confirms_only_what_they_saw(prepare: Any, moderators: Any) -> None:
    draft = prepare()
    seen = draft.lock
    services.comment(draft, {"flow": "Banjir pada minggu kedua."}, by=moderators[0], expected_lock=seen)

    with pytest.raises(Conflict):
        services.confirm(draft, by=moderators[1], at=CUTOFF, expected_lock=seen)


def test_nobody_publishes_words_that_they_alone_have_read(prepare: Any, moderators: Any) -> None:
    draft = prepare()

    with pytest.raises(DomainError, match="yang menyiapkan"):
        services.comment(draft, {"flow": "Hebat."}, by=moderators[1], expected_lock=0)

    assert draft.comments == {}


def test_comments_are_published_with_the_figures(prepare: Any, moderators: Any) -> None:
    draft = prepare()
    comments = {"flow": "Banjir pada minggu kedua.", "stock": " "}
    services.comment(draft, comments, by=moderators[0], expected_lock=0)

    edition = services.confirm(draft, by=moderators[1], at=CUTOFF)

    assert edition.document["about"]["comments"] == {"flow": "Banjir pada minggu kedua."}


def test_other_moderators_are_told_that_a_draft_waits(session: Any, prepare: Any, moderators: Any) -> None:
    services.ask_for_confirmation(prepare(), at=CUTOFF)

    told = session.query(Notification).filter_by(kind="edition_waiting").all()
    assert [notification.user_id for notification in told] == [moderators[1].id]


def test_each_step_stands_in_the_record(publish: Any) -> None:
    edition = publish()

    [published] = ledger.events_of("edition:E-1")
    assert (published.kind, published.details["root"]) == ("edition_published", edition.root)
    assert ledger.events_of(f"edition-draft:{published.details['draft']}")[0].kind == "edition_prepared"


def test_draft_warns_of_what_weakens_its_figures(prepare: Any) -> None:
    early = LAST_ON + timedelta(days=3)

    found = warnings(prepare(at=CUTOFF.replace(month=early.month, day=early.day)))

    assert {"observed_shortly", "joined_agencies", "unsealed"} - {"unsealed"} <= set(found)


def test_overlapping_period_is_warned_of(publish: Any, moderators: Any) -> None:
    publish()

    draft = services.prepare(FIRST_ON, LAST_ON - timedelta(days=1), by=moderators[0], at=CUTOFF)

    assert "overlapping" in warnings(draft)


def test_every_edition_is_computed_anew_from_its_cases(publish: Any) -> None:
    publish()

    assert list(verification.faults()) == []


def test_changed_case_in_the_database_is_noticed(session: Any, publish: Any, engine_name: str) -> None:
    publish()
    session.flush()
    drop = {
        "sqlite": "DROP TRIGGER edition_files_no_update",
        "postgresql": "DROP TRIGGER edition_files_append_only ON edition_files",
    }[engine_name]
    session.execute(text(drop))
    changed = queries.files(1)["cases.csv"].replace(b",event,", b",waiting,", 1)
    session.execute(
        text("UPDATE edition_files SET content = :content WHERE name = 'cases.csv'"), {"content": changed}
    )

    assert list(verification.faults()) == [
        "edition 1: cases.csv is not as it was published",
        "edition 1: its figures do not follow from its cases",
    ]


def test_what_happened_after_the_cutoff_is_not_known(publish: Any, session: Any) -> None:
    before = publish()
    figures = before.document["figures"]["city"]["first_closure"]

    for report in session.execute(text("SELECT id FROM reports WHERE first_closed_at IS NULL")).scalars():
        session.execute(
            text("UPDATE reports SET first_closed_at = :at, closed_at = :at WHERE id = :id"),
            {"at": CUTOFF + timedelta(days=1), "id": report},
        )
    after = services.prepare(
        FIRST_ON, LAST_ON, by=preparer_of(session, before), at=CUTOFF, corrects=before, reason="Uji"
    )

    assert after.document["figures"]["city"]["first_closure"] == figures


def preparer_of(session: Any, edition: Any) -> Any:
    return session.get_one(User, edition.prepared_by_id)


def test_confidential_report_is_published_without_its_category(publish: Any) -> None:
    category = make_category(group="health")
    agency = agencies()[0]
    for _ in range(12):
        make_case(agency, category, RECEIVED, closed=3, is_confidential=True)

    publish()

    assert b"health" not in queries.files(1)["cases.csv"]
