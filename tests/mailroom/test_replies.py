"""A reply does what its sender could do on the page, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from portal import config
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import extensions
from portal.assignments import services as assignments
from portal.assignments.models import Response
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.forum import services as forum
from portal.forum.models import Post
from portal.forum.services import following
from portal.mailroom.rules.states import MailState, Reason
from portal.notifications import muting, replies
from portal.notifications.models import Notification
from portal.notifications.replies import VALID
from portal.organisation import queries as organisation
from portal.organisation.rules import Rank
from portal.reports.models import Message, Report
from tests.assignments.duties import officer, seed_calendars
from tests.builders import MONDAY, make_category, make_report, make_routing_rule, make_thread, make_user
from tests.mailroom.conftest import Deliver, letter_to, reply_to

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _monday(mailbox: None) -> Any:
    seed_calendars()
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def official() -> User:
    _boss, leader = officer(None, Role.SUPERVISOR, rank=Rank.SUPERVISOR)
    user, _official = officer(leader.agency, supervisor_id=leader.id)
    return user


@pytest.fixture
def report(official: User) -> Report:
    """A report on the official's desk, of somebody without an account."""
    category = make_category()
    make_routing_rule(category, organisation.official_of(official).agency)  # type: ignore[union-attr]  # has one
    return make_report(category, name="Rosmawati", email="rosmawati@contoh.id")


def ask(report: Report, official: User) -> Notification:
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=ResponseKind.QUESTION, body="Nomor tiang?", by=official, at=LATER
    )
    return letter_to("report_question")


def responses(report: Report) -> list[tuple[ResponseKind, str]]:
    query = db.select(Response).filter_by(assignment_id=report.assignment_id).order_by(Response.id)
    return [(one.kind, one.body) for one in db.session.scalars(query)]


def test_answer_to_a_question_resumes_the_clock(report: Report, official: User, deliver: Deliver) -> None:
    letter = ask(report, official)
    assert report.assignment is not None
    assert report.assignment.clock.paused_at

    mail = deliver(
        reply_to(letter, "Tiang 14B.\n\nPada Sen, 16 Nov 2026 pukul 11.00 X <a@b.id> menulis:\n> hai"), LATER
    )

    assert mail.state is MailState.TAKEN
    assert db.session.scalars(db.select(Message.body)).one() == "Tiang 14B."
    assert report.assignment.clock.paused_at is None


def test_administrator_reads_what_a_reply_became(
    report: Report, official: User, deliver: Deliver, login: Any
) -> None:
    mail = deliver(reply_to(ask(report, official), "Tiang 14B."), LATER)

    page = login(make_user(Role.ADMINISTRATOR)).get(f"/administration/mail/{mail.id}")

    assert "Keterangan dari pelapor" in page.text
    assert f'href="/reports/{report.number}"' in page.text


def test_reply_delivered_twice_counts_once(report: Report, official: User, deliver: Deliver) -> None:
    message = reply_to(ask(report, official), "Tiang 14B.")

    deliver(message, LATER)
    message["Received"] = "by the second server"
    deliver(message, LATER)

    assert len(db.session.scalars(db.select(Message)).all()) == 1


def test_official_s_reply_is_news_for_the_resident(report: Report, official: User, deliver: Deliver) -> None:
    deliver(reply_to(letter_to("duty_new"), "Petugas berangkat besok pagi."), LATER)

    assert responses(report) == [(ResponseKind.INTERIM, "Petugas berangkat besok pagi.")]
    assert letter_to("report_interim", "rosmawati@contoh.id").sent_at  # and its text is forgotten here


@pytest.mark.parametrize("word", ["SELESAI", "selesai.", "*Selesai*", "RESOLVED"])
def test_word_on_the_first_line_resolves(report: Report, official: User, deliver: Deliver, word: str) -> None:
    deliver(reply_to(letter_to("duty_new"), f"{word}\nLampunya sudah diganti."), LATER)

    assert responses(report) == [(ResponseKind.ANSWER, "Lampunya sudah diganti.")]


def test_word_inside_a_sentence_resolves_nothing(report: Report, official: User, deliver: Deliver) -> None:
    deliver(reply_to(letter_to("duty_new"), "Selesai minggu depan, kami menunggu tiang."), LATER)

    assert responses(report)[0][0] is ResponseKind.INTERIM


def test_note_stays_inside(report: Report, official: User, deliver: Deliver) -> None:
    deliver(reply_to(letter_to("duty_new"), "CATATAN\nCek gudang."), LATER)

    assert responses(report) == [(ResponseKind.NOTE, "Cek gudang.")]


def test_supervisor_decides_about_more_time(report: Report, official: User, deliver: Deliver) -> None:
    assert report.assignment is not None
    wish = extensions.ask(
        report.assignment, Stage.RESOLVE, days=3, reason="Tiang dipesan", by=official, at=LATER
    )

    first = deliver(reply_to(letter_to("extension_asked"), "Boleh saja"), LATER)
    deliver(reply_to(letter_to("extension_asked"), "SETUJU"), LATER)

    assert first.reason == Reason.UNDECIDED
    assert wish.is_granted is True


def test_reply_to_a_thread_is_a_post(deliver: Deliver) -> None:
    thread, reader = make_thread(), make_user()
    forum.follow(thread, by=reader, at=MONDAY)
    post = forum.reply(thread, body="Angkot lewat pukul enam.", by=make_user(), at=MONDAY)
    following.tell_followers(post, at=LATER)

    mail = deliver(reply_to(letter_to("forum_new_posts", reader.email), "Betul."), LATER)

    posts = db.session.scalars(db.select(Post).filter_by(author_id=reader.id)).all()
    assert [(one.body, one.subject) for one in posts] == [("Betul.", mail.became)]


def test_official_who_lost_the_role_says_nothing(report: Report, official: User, deliver: Deliver) -> None:
    letter = letter_to("duty_new")
    desk = report.assignment.official  # type: ignore[union-attr]  # disposed at once
    desk.user_id = None  # type: ignore[union-attr]  # disposed to somebody

    mail = deliver(reply_to(letter, "Sudah."), LATER)

    assert (mail.state, mail.reason) == (MailState.REFUSED, Reason.NOT_ALLOWED)
    assert responses(report) == []


def test_disabled_account_says_nothing(report: Report, official: User, deliver: Deliver) -> None:
    official.disabled_at = LATER

    assert deliver(reply_to(letter_to("duty_new"), "Sudah."), LATER).reason == Reason.NOT_ALLOWED


def test_somebody_who_was_forwarded_the_letter_is_told_and_not_heard(
    report: Report, official: User, deliver: Deliver
) -> None:
    letter = ask(report, official)

    mail = deliver(reply_to(letter, "Saya tetangganya.", From="tetangga@contoh.id"), LATER)

    assert mail.reason == Reason.OTHER_SENDER
    told = letter_to("reply_not_taken", "tetangga@contoh.id")
    assert told.path == "/"  # not to the private page of somebody else
    assert db.session.scalars(db.select(Message)).all() == []


def test_forged_address_opens_nothing(report: Report, official: User, deliver: Deliver) -> None:
    letter = ask(report, official)
    forged = reply_to(letter, "Tiang 14B.", To=f"balas+{letter.id:x}-aaaaaaaaaaaaaaaa@kota.go.id")

    assert deliver(forged, LATER).reason == Reason.UNKNOWN_ADDRESS


def test_old_letter_can_no_longer_be_answered(report: Report, official: User, deliver: Deliver) -> None:
    letter = ask(report, official)
    afterwards = LATER + VALID + timedelta(minutes=1)

    with time_machine.travel(afterwards, tick=False):
        mail = deliver(reply_to(letter, "Tiang 14B."), afterwards)

    assert mail.reason == Reason.EXPIRED


def test_refused_sender_is_told_once_a_day(report: Report, official: User, deliver: Deliver) -> None:
    letter = ask(report, official)
    for text in ("satu", "dua", "tiga"):
        deliver(reply_to(letter, text, From="tetangga@contoh.id"), LATER)

    told = db.session.scalars(db.select(Notification).filter_by(kind="reply_not_taken")).all()
    assert len(told) == 1


def test_rule_of_the_matter_is_told_in_its_own_words(
    report: Report, official: User, deliver: Deliver
) -> None:
    letter = letter_to("report_received")
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=ResponseKind.ANSWER, body="Sudah diganti.", by=official, at=LATER
    )

    mail = deliver(reply_to(letter, "Satu lagi."), LATER)

    assert mail.reason == Reason.REFUSED
    assert letter_to("reply_not_taken", "rosmawati@contoh.id").path == letter.path


def test_quote_alone_is_no_answer(report: Report, official: User, deliver: Deliver) -> None:
    assert deliver(reply_to(ask(report, official), "> hanya kutipan"), LATER).reason == Reason.EMPTY


def test_quote_that_stays_gives_no_secret_away(report: Report, official: User, deliver: Deliver) -> None:
    letter = ask(report, official)
    secret = replies.address(letter, config.current())
    link = f"{config.current().public_url}{muting.path(letter_to('report_received'))}"

    deliver(reply_to(letter, f"Tiang 14.\nVon: Balai Warga ({secret})\nBerhenti: {link}"), LATER)

    said = db.session.scalars(db.select(Message.body)).one()
    assert said == "Tiang 14.\nVon: Balai Warga (balas@kota.go.id)\nBerhenti:"


def test_administrators_read_no_mail_that_belongs_to_a_matter(
    report: Report, official: User, deliver: Deliver, login: Any
) -> None:
    mail = deliver(reply_to(ask(report, official), "Hanya untuk petugas.", From="lain@contoh.id"), LATER)

    page = login(make_user(Role.ADMINISTRATOR)).get(f"/administration/mail/{mail.id}").text

    assert mail.state is MailState.REFUSED
    assert "Hanya untuk petugas" not in page


def test_attachment_is_mentioned(report: Report, official: User, deliver: Deliver) -> None:
    message = reply_to(ask(report, official), "Ini fotonya.")
    message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="tiang.jpg")

    deliver(message, LATER)

    said = db.session.scalars(db.select(Message.body)).one()
    assert said == "Ini fotonya.\n\n(1 lampiran surel tidak ikut dimuat.)"


def test_confidential_report_cannot_be_answered_by_mail(deliver: Deliver) -> None:
    make_report(is_confidential=True, name="Budi", email="budi@contoh.id")
    letter = letter_to("report_received")

    assert letter.about is None
    assert deliver(reply_to(letter, "Halo"), LATER).reason == Reason.NO_REPLY
