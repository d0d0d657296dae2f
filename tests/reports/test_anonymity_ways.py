"""The way back without an account, and the one way to a name: each proves what it asks for."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from portal import config
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.errors import DomainError
from portal.ledger.models import Event
from portal.notifications import jobs, mail, sealed
from portal.notifications import services as post_office
from portal.notifications.models import Notification
from portal.notifications.rules import Channel, Group
from portal.reports import policy, services, tracking
from portal.reports.filing import keeping
from portal.reports.identity import entry, openings, recipients, rotation, sealing, visibility
from portal.reports.identity.models import GuessBrake, IdentityOpening, SealedIdentity
from portal.reports.identity.sealing import Identity
from portal.reports.identity.visibility import Choice
from portal.reports.models import Report, ReportDraft, Supporter
from portal.reports.rules import ReportKind
from portal.reports.services.splitting import Part
from tests.builders import MONDAY, make_official, make_report, make_user
from tests.reports.conftest import City
from tests.reports.test_filing import onward, to_check
from tests.support.client import CheckingClient

CODE, WORDS = "7K3M-9QXP-T2AB", "pintu hujan kelapa sore"
REASON = "Pelapor terancam dan perlu dilindungi."
Login = Callable[[User], CheckingClient]
KEYS = ("a2tr" * 10 + "a2s=", "eHh4" * 10 + "eHg=")


@pytest.fixture
def guests(city: City) -> Report:
    return make_report(city.roads, tracking_code=CODE, passphrase=WORDS, is_anonymous=True)


@pytest.fixture
def resident() -> User:
    return make_user(name="Baharuddin")


@pytest.fixture
def hidden(city: City, resident: User) -> Report:
    return make_report(city.roads, area_code=city.area.code, by=resident, is_anonymous=True)


def test_words_are_many_short_and_never_a_slip_apart() -> None:
    known = tracking.words()

    assert len(set(known)) == len(known) >= 1024
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in known)
    assert not {slip for word in known for slip in _slips(word)} & set(known)
    blots = [f"{word[:n]}?{word[n + 1 :]}" for word in known for n in range(len(word))]
    assert len(blots) == len(set(blots))  # nor one that cannot be read


def _slips(word: str) -> set[str]:
    """The word with a letter left out, or two of them swapped."""
    left_out = {word[:n] + word[n + 1 :] for n in range(len(word))}
    swapped = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    return (left_out | swapped) - {word}


def test_a_form_gives_the_same_code_and_words_each_time() -> None:
    assert tracking.passphrase("s", "t") == tracking.passphrase("s", "t") != tracking.passphrase("s", "u")
    assert len(tracking.passphrase("s", "t").split()) == 4


@pytest.mark.parametrize(
    ("code", "words"),
    [(CODE, WORDS), ("7k3m 9qxp t2ab", "PINTU, hujan - kelapa  Sore"), ("7K3M9QXPT2AB", WORDS)],
)
def test_code_and_words_open_however_they_are_typed(
    client: CheckingClient, guests: Report, code: str, words: str
) -> None:
    answer = client.submit(client.get("/track"), action="/track", code=code, words=words)

    assert answer.location.endswith(f"/reports/{guests.number}/private")
    assert client.get(answer.location).status_code == 200


def test_a_wrong_word_and_an_unknown_code_are_answered_alike(client: CheckingClient, guests: Report) -> None:
    answers = [
        client.submit(client.get("/track"), action="/track", code=code, words="satu dua tiga empat")
        for code in (CODE, "AAAA-BBBB-CCCC")
    ]

    told = [re.sub(r'value="[^"]*"', "", one.text.split("<main")[1]) for one in answers]
    assert told[0] == told[1]
    assert {one.status_code for one in answers} == {422}


@pytest.mark.parametrize("number", ["", "wrong"])
def test_neither_number_nor_code_alone_opens_it(client: CheckingClient, guests: Report, number: str) -> None:
    answer = client.submit(client.get("/track"), action="/track", code=CODE, number=number and guests.number)

    assert answer.status_code == 422


@pytest.mark.parametrize("code", [CODE, "AAAA-BBBB-CCCC"])
def test_guesses_at_one_code_must_wait_whether_a_report_has_it_or_not(guests: Report, code: str) -> None:
    for _ in range(entry.TRIES):
        assert entry.opened(code, "salah", at=MONDAY) is None

    with pytest.raises(DomainError, match="Terlalu banyak percobaan"):
        entry.opened(code, WORDS, at=MONDAY)
    entry.forget_old_brakes(MONDAY + timedelta(days=2))
    assert db.session.scalar(db.select(GuessBrake)) is None


def test_the_right_words_end_the_count(guests: Report) -> None:
    entry.opened(CODE, "salah", at=MONDAY)

    assert entry.opened(CODE, WORDS, at=MONDAY) == guests
    assert db.session.scalar(db.select(GuessBrake)) is None


def test_a_receipt_shows_code_and_words_until_they_are_noted(client: CheckingClient, city: City) -> None:
    receipt = onward(client, to_check(client, city, is_anonymous="y"))
    shown = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", receipt.text)
    words = re.findall(r">([a-z]+(?: [a-z]+){3})<", receipt.text)
    assert shown[0] in client.get(receipt.request.path).text

    closed = onward(client, receipt, action="/closing")

    assert shown[0] not in closed.text
    assert words[0] not in closed.text
    assert db.session.scalars(db.select(Report)).one().number in closed.text


def test_a_receipt_is_shut_after_a_day(client: CheckingClient, city: City) -> None:
    receipt = onward(client, to_check(client, city))

    with time_machine.travel(timedelta(hours=25) + _now(), tick=False):
        assert "/track" in client.get(receipt.request.path).location


def _now() -> object:
    return db.session.scalars(db.select(Report.received_at)).one()


def test_a_name_typed_before_it_was_hidden_is_forgotten_in_the_draft(
    client: CheckingClient, city: City
) -> None:
    page = to_check(client, city, name="Sari", email="sari@contoh.id")
    person = client.get(page.request.path.replace("/check", "/person"))

    onward(client, person, is_anonymous="y")

    draft = db.session.scalars(db.select(ReportDraft)).one()
    assert "sari" not in repr({c.name: getattr(draft, c.name) for c in ReportDraft.__table__.columns}).lower()


def test_what_another_page_had_put_there_loses_the_name_too() -> None:
    pages = keeping.sent({}, "person", {"name": ["Sari"]}, "0.a")

    pages = keeping.sent(pages, "person", {"is_anonymous": ["y"]}, "0.b")

    assert "Sari" not in repr(pages)


def test_the_own_account_knows_a_sealed_report_and_no_other_does(
    hidden: Report, resident: User, login: Login
) -> None:
    assert policy.is_reporter(resident, hidden)
    assert not policy.is_reporter(make_user(), hidden)
    assert hidden.number in login(resident).get("/account/reports").text
    assert not policy.may_support(resident, hidden)


def test_a_letter_finds_its_reader_when_it_goes_out(hidden: Report, resident: User) -> None:
    resident.language = "en"
    row = db.session.scalars(db.select(Notification).filter_by(sealed_for=hidden.number)).one()
    assert (row.user_id, row.address, row.subject, row.body, row.about) == (None, None, "", "", None)

    letter = sealed.addressed(row)
    assert letter is not None
    parcel = mail.pack(letter, config.current())
    post_office.note_sent(row, at=MONDAY)

    assert parcel.message["To"] == resident.email
    assert parcel.message["Content-Language"] == "en"
    assert parcel.returns_to is None
    assert row.texts is None


def test_a_letter_that_cannot_be_delivered_comes_back_to_no_mailbox_of_ours(hidden: Report) -> None:
    row = db.session.scalars(db.select(Notification).filter_by(sealed_for=hidden.number)).one()
    letter = sealed.addressed(row)
    assert letter is not None

    parcel = mail.pack(letter, replace(config.current(), reply_address="balas@kota.example"))

    assert parcel.returns_to == ""
    assert "Reply-To" not in parcel.message


def test_what_the_reader_chose_does_not_show_in_the_row(hidden: Report, resident: User) -> None:
    post_office.choose(resident, {Group.OWN_REPORT: Channel.PORTAL})
    row = db.session.scalars(db.select(Notification).filter_by(sealed_for=hidden.number)).one()

    jobs.carry({"notification_id": row.id}, MONDAY)
    jobs.note_sent({"notification_id": row.id}, MONDAY)

    assert (row.sent_at, row.held_at) == (MONDAY, None)


def test_a_part_of_a_sealed_report_is_sealed_for_itself(hidden: Report, resident: User, city: City) -> None:
    part = services.split(
        hidden,
        Part(
            title="Pohon tumbang",
            body="Satu pohon tumbang.",
            kind=ReportKind.COMPLAINT,
            category=city.roads,
            area=None,
        ),
        by=make_user(Role.MODERATOR),
        at=MONDAY,
    )

    assert policy.is_reporter(resident, part)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(part.reporter.sealed.sealed, hidden.number)


def test_merging_does_not_tell_whether_two_are_of_one_hand(
    hidden: Report, resident: User, city: City
) -> None:
    hands = [resident, make_user()]
    parts = [
        make_report(city.lights, by=one, is_anonymous=True, at=MONDAY + timedelta(hours=1)) for one in hands
    ]
    counts = []
    for part in parts:
        before = hidden.supporter_count
        services.merge(part, into=hidden, by=make_user(Role.MODERATOR), at=MONDAY + timedelta(hours=2))
        counts.append(hidden.supporter_count - before)

    assert counts == [1, 1]


def test_merging_writes_no_sealed_person_among_the_followers(
    hidden: Report, resident: User, city: City
) -> None:
    earlier = MONDAY - timedelta(hours=1)
    other = make_report(city.roads, at=earlier, by=resident, area_code=city.area.code)

    services.merge(hidden, into=other, by=make_user(Role.MODERATOR), at=MONDAY)

    assert db.session.scalar(db.select(Supporter).filter_by(user_id=resident.id)) is None
    assert other.supporter_count == 1  # counting nobody would say that it is the same person


def test_opening_is_written_down_and_told(hidden: Report, resident: User) -> None:
    moderator = make_user(Role.MODERATOR, name="Dewi")

    opened = openings.open_identity(hidden, reason=REASON, by=moderator, at=MONDAY)

    assert (opened.name, opened.email) == (resident.name, resident.email)
    event = db.session.scalars(db.select(Event).filter_by(kind="identity_opened")).one()
    assert REASON not in str(event.details)
    row = db.session.scalars(db.select(Notification).filter_by(kind="report_identity_opened")).one()
    letter = sealed.addressed(row)
    assert letter is not None
    assert letter.address == resident.email
    assert REASON in letter.body
    assert "Dewi" in letter.body


@pytest.mark.parametrize(
    ("roles", "reason"),
    [
        ((Role.RESIDENT,), REASON),
        ((Role.OFFICIAL,), REASON),
        ((Role.HEAD,), REASON),
        ((Role.INSPECTORATE,), REASON),
        ((Role.ADMINISTRATOR,), REASON),
        ((Role.MODERATOR, Role.OFFICIAL), REASON),
        ((Role.MODERATOR,), "perlu"),
        ((Role.MODERATOR,), " " * 40),
    ],
)
def test_nobody_else_opens_it_and_nobody_without_a_reason(
    hidden: Report, roles: tuple[Role, ...], reason: str
) -> None:
    with pytest.raises(DomainError):
        openings.open_identity(hidden, reason=reason, by=make_user(*roles), at=MONDAY)

    assert db.session.scalar(db.select(IdentityOpening)) is None


def test_a_moderator_of_the_unit_concerned_neither_opens_nor_reads_of_it(city: City, resident: User) -> None:
    concerned = make_user(Role.MODERATOR)
    make_official(city.agency, user_id=concerned.id)
    report = make_report(city.conduct, by=resident, is_anonymous=True, concerned_agency_id=city.agency.id)
    other = make_user(Role.MODERATOR)
    openings.open_identity(report, reason=REASON, by=other, at=MONDAY)

    with pytest.raises(DomainError):
        openings.open_identity(report, reason=REASON, by=concerned, at=MONDAY)
    assert openings.log(concerned) == []
    assert len(openings.log(make_user(Role.INSPECTORATE))) == 1


def test_the_name_is_the_answer_to_a_post_and_stands_at_no_address(
    hidden: Report, resident: User, login: Login
) -> None:
    moderator = login(make_user(Role.MODERATOR))
    address = f"/triage/{hidden.number}/identity"
    assert address in moderator.get(f"/triage/{hidden.number}").text

    answer = moderator.submit(moderator.get(address), action="/identity", reason=REASON)

    assert answer.status_code == 200
    assert resident.email in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    for path in (address, f"/triage/{hidden.number}", "/triage/identities", f"/reports/{hidden.number}"):
        assert resident.email not in moderator.get(path).text
    assert REASON in moderator.get("/triage/identities").text
    assert REASON in login(resident).get(f"/reports/{hidden.number}/private").text


def test_what_was_sealed_with_the_old_key_is_found_and_renewed(
    hidden: Report, resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, both, new = (
        replace(config.current(), identity_key=keys) for keys in (KEYS[0], f"{KEYS[1]},{KEYS[0]}", KEYS[1])
    )
    in_use = [old]
    monkeypatch.setattr(config, "current", lambda: in_use[0])
    fresh = sealing.row(Identity(user_id=resident.id), hidden.number)
    hidden.reporter.sealed.sealed, hidden.reporter.sealed.lookup = fresh.sealed, fresh.lookup
    db.session.flush()

    in_use[0] = both
    assert policy.is_reporter(resident, hidden)
    assert rotation.rotate() == (1, [])

    in_use[0] = new
    assert policy.is_reporter(resident, hidden)
    assert recipients.reporter_of(hidden.number).user_id == resident.id
    in_use[0] = old
    assert rotation.rotate() == (0, [hidden.number])


def test_seals_are_of_one_length_and_no_two_alike(hidden: Report) -> None:
    seals = [
        sealing.seal(identity, hidden.number)
        for identity in (
            Identity(user_id=7),
            Identity(user_id=7_000_000),
            Identity(email="a" * 180 + "@contoh.id"),
        )
    ]

    assert len({len(one) for one in seals}) == 1
    assert sealing.seal(Identity(user_id=7), hidden.number) not in seals
    assert db.session.scalars(db.select(SealedIdentity)).one().lookup is not None


@pytest.mark.parametrize("is_anonymous", [True, False])
@pytest.mark.parametrize("is_confidential", [True, False])
@pytest.mark.parametrize("has_account", [True, False])
def test_what_is_promised_of_each_choice(
    is_anonymous: bool, is_confidential: bool, has_account: bool
) -> None:
    choice = Choice(
        is_anonymous=is_anonymous, is_confidential=is_confidential, has_account=has_account, has_name=True
    )

    name, story, photos, contact = visibility.seen(choice)

    assert name.official.startswith("Tidak") == is_anonymous
    assert name.public.startswith("Tidak") == (is_anonymous or is_confidential)
    assert ("alasan" in name.moderator) == (is_anonymous and has_account)
    assert story.public.startswith("Tidak") == photos.public.startswith("Tidak") == is_confidential
    assert story.official.startswith("Ya")
    assert contact.public == contact.official == "Tidak"
