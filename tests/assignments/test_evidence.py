"""Evidence of what was done: kept as it came, shown without what a camera tells, open to dispute."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, update

from portal.accounts.rules import Role
from portal.assignments import approvals, evidence
from portal.assignments.models import ResponsePhoto
from portal.assignments.rules import ResponseKind
from portal.attachments import files, originals
from portal.attachments.queries import file_name
from portal.errors import DomainError
from portal.ledger.models import Event
from portal.notifications.models import Notification
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars
from tests.assignments.photos import photo

NOW = at("2026-11-17 15:00")


@pytest.fixture
def desk(session):
    """A holder with an account, whose supervisor has one too."""
    seed_calendars()
    remember()
    _boss, leader = officer(None, Role.SUPERVISOR)
    return officer(leader.agency, supervisor_id=leader.id)


def answered(desk, *photos):
    """A duty that its holder answered with these photos."""
    user, official = desk
    duty = make_duty(official)
    for one in photos:
        evidence.add(duty, one, by=user, at=NOW)
    return duty, say(duty, "answer", user, "2026-11-17 15:10")


def test_original_is_kept_unchanged_and_the_shown_copy_tells_nothing(desk):
    sent = photo(taken="2026:11:17 14:05:33")
    content = sent.getvalue()
    _duty, response = answered(desk, sent)

    kept = response.photos[0]
    assert kept.original_sha256 == hashlib.sha256(content).hexdigest()
    assert files.path_of(originals.file_name(kept.original_sha256)).read_bytes() == content
    with Image.open(files.path_of(file_name(kept.attachment.sha256))) as shown:
        assert not shown.getexif()


@pytest.mark.parametrize(
    ("taken", "offset", "captured"),
    [
        ("2026:11:17 14:05:33", None, "2026-11-17T14:05:33"),
        ("2026:11:17 14:05:33", "+07:00", "2026-11-17T14:05:33+07:00"),
        ("2026:11:17 14:05:33", "kira-kira", "2026-11-17T14:05:33"),
        ("0000:00:00 00:00:00", None, None),
        ("kemarin", None, None),
        (None, None, None),
    ],
)
def test_time_of_the_camera_is_kept_apart_as_it_was_written(desk, taken, offset, captured):
    _duty, response = answered(desk, photo(taken, offset))

    assert response.photos[0].captured == captured
    assert response.at == at("2026-11-17 15:10")


def test_public_record_holds_the_digest_of_the_original(desk, session):
    _duty, response = answered(desk, photo(), photo(colour="red"))

    event = session.scalar(select(Event).where(Event.kind == "answered"))
    assert event.details["photos"] == [one.original_sha256 for one in response.photos]


def test_photos_wait_for_the_answer_and_belong_to_their_writer(desk):
    user, official = desk
    duty = make_duty(official)
    colleague, _other = officer(official.agency)
    evidence.add(duty, photo(), by=colleague, at=NOW)
    note = say(duty, "note", user, "2026-11-17 15:05")
    mine = evidence.add(duty, photo(colour="red"), by=user, at=NOW)
    interim = say(duty, "interim", user, "2026-11-17 15:10")

    assert note.photos == []
    assert interim.photos == [mine]
    assert len(evidence.unsent(duty, colleague)) == 1


@pytest.mark.parametrize("broken", [b"bukan foto", b"\xff\xd8\xff\xe0 rusak"])
def test_what_is_no_photo_is_refused_beside_the_field(desk, broken):
    user, official = desk

    with pytest.raises(DomainError) as refused:
        evidence.add(make_duty(official), BytesIO(broken), by=user, at=NOW)

    assert refused.value.field == "photos"


def test_sixth_photo_is_one_too_many(desk):
    user, official = desk
    duty = make_duty(official)
    for _each in range(evidence.AT_MOST):
        evidence.add(duty, photo(), by=user, at=NOW)

    with pytest.raises(DomainError, match="Paling banyak lima"):
        evidence.add(duty, photo(), by=user, at=NOW)


def test_photo_can_be_taken_back_only_until_it_is_sent(desk):
    user, official = desk
    duty = make_duty(official)
    gone = evidence.add(duty, photo(), by=user, at=NOW)
    digest = gone.original_sha256
    evidence.remove(gone, by=user)
    stays = evidence.add(duty, photo(), by=user, at=NOW)
    say(duty, "answer", user, "2026-11-17 15:10")

    with pytest.raises(DomainError):
        evidence.remove(stays, by=user)
    assert originals.is_whole(digest)  # the same bytes were sent later


def test_housekeeping_forgets_only_what_was_never_sent(desk, session):
    user, official = desk
    _duty, response = answered(desk, photo())
    unsent = evidence.add(make_duty(official, serial=2), photo(colour="red"), by=user, at=NOW)
    digest = unsent.original_sha256

    evidence.forget_unsent(NOW + evidence.KEPT_UNSENT)
    assert len(session.scalars(select(ResponsePhoto)).all()) == 2
    evidence.forget_unsent(NOW + 2 * evidence.KEPT_UNSENT)

    assert session.scalars(select(ResponsePhoto)).all() == response.photos
    assert not files.path_of(originals.file_name(digest)).exists()


def test_exchanged_original_is_found(desk):
    _duty, response = answered(desk, photo(), photo(colour="red"))
    first, second = (one.original_sha256 for one in response.photos)
    assert list(evidence.damaged_originals()) == []

    files.path_of(originals.file_name(first)).write_bytes(photo(colour="blue").getvalue())
    files.path_of(originals.file_name(second)).unlink()

    assert sorted(evidence.damaged_originals()) == sorted([first, second])


def test_dispute_is_public_and_reaches_the_official_and_the_supervisor(desk, session):
    duty, response = answered(desk, photo())

    evidence.dispute(response.photos[0], reason="Ini bukan jalan kami.", at=at("2026-11-18 08:00"))

    event = session.scalar(select(Event).where(Event.kind == "evidence_disputed"))
    assert event.details["original"] == response.photos[0].original_sha256
    assert "jalan kami" not in str(event.details)
    told = session.scalars(select(Notification).where(Notification.kind == "evidence_disputed")).all()
    assert {one.user_id for one in told} == {duty.official.user_id, duty.official.supervisor.user_id}


def test_photo_is_disputed_once_and_explained_once(desk):
    _duty, response = answered(desk, photo())
    shown = response.photos[0]
    with pytest.raises(DomainError):
        evidence.reply(shown, words="Ini sisi utara jalan.", at=NOW)

    evidence.dispute(shown, reason="Ini bukan jalan kami.", at=NOW)
    evidence.reply(shown, words="Ini sisi utara jalan.", at=NOW)

    assert shown.reply == "Ini sisi utara jalan."
    with pytest.raises(DomainError):
        evidence.dispute(shown, reason="Tetap bukan.", at=NOW)
    with pytest.raises(DomainError):
        evidence.reply(shown, words="Sekali lagi.", at=NOW)


def test_photo_is_disputed_once_when_the_button_is_pressed_twice(desk, session):
    _duty, response = answered(desk, photo())
    shown = response.photos[0]
    faster = (
        update(ResponsePhoto).where(ResponsePhoto.id == shown.id).values(disputed_at=NOW, dispute="Bukan.")
    )
    session.execute(faster, execution_options={"synchronize_session": False})

    with pytest.raises(DomainError, match="sudah Anda persoalkan"):
        evidence.dispute(shown, reason="Bukan tempatnya.", at=NOW)


def test_words_under_a_photo_wait_with_the_answer_for_approval(desk):
    user, official = desk
    official.agency.needs_approval = True
    duty = make_duty(official)
    waiting = evidence.add(duty, photo(), by=user, at=NOW, alt="Lampu menyala.")
    approvals.say(duty, kind=ResponseKind.ANSWER, body="Sudah diganti.", by=user, at=NOW)

    with pytest.raises(DomainError, match="menunggu persetujuan"):
        evidence.describe(waiting, "Lampu menyala sejak kemarin.", by=user)

    assert waiting.alt == "Lampu menyala."
