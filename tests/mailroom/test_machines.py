"""What no person wrote never counts as an answer, and nothing that comes in is lost or breaks anything."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import config
from portal.db import db, transaction
from portal.jobs import runner
from portal.mailroom import services
from portal.mailroom.models import InboundMail
from portal.mailroom.rules import markup, quoting, reading
from portal.mailroom.rules.states import MailState, Reason
from portal.notifications import muting, replies
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from portal.reports.models import Message
from tests.assignments.duties import seed_calendars
from tests.builders import MONDAY, make_report, make_user
from tests.mailroom.conftest import Deliver, letter_to, reply_to


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def letter(mailbox: None) -> Notification:
    seed_calendars()
    make_report(name="Rosmawati", email="rosmawati@contoh.id")
    return letter_to("report_received")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": ""},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "<warga.contoh.id>"},
        {"From": "no-reply@contoh.id"},
        {"Subject": "Out of Office: Re: Laporan"},
        {"Subject": "Automatic reply: Laporan"},
        {"Subject": "Balasan otomatis: Laporan MDN-26-000001"},
        {"Subject": "Jawaban Otomatis"},
        {"Subject": "Re: Sedang cuti sampai 20 November"},
        {"Subject": "Di luar kantor"},
        {"Subject": "Vacation reply"},
    ],
    ids=str,
)
def test_automatic_reply_is_kept_and_never_counts(
    letter: Notification, deliver: Deliver, headers: dict[str, str]
) -> None:
    mail = deliver(reply_to(letter, "Saya sedang cuti.", **headers))

    assert mail.state is MailState.AUTOMATIC
    assert mail.raw
    assert db.session.scalars(db.select(Message)).all() == []
    assert _told() == []


@pytest.mark.parametrize(
    "subject", ["Re: Laporan", "Balasan saya", "Cuti bersama tetap buka? Ini fotonya ya"]
)
def test_person_s_subject_is_no_machine_s(letter: Notification, deliver: Deliver, subject: str) -> None:
    assert deliver(reply_to(letter, "Halo.", Subject=subject)).state is MailState.TAKEN


def bounce(letter: Notification, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    address = replies.address(letter, config.current())
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.contoh.id\r\n"
        f"To: {address}\r\nSubject: Undelivered Mail\r\nMessage-ID: <{letter.id}{action}{status}@mail>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail\r\n\r\n"
        f"Final-Recipient: rfc822; x@contoh.id\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b--\r\n"
    ).encode()


def test_letters_pause_after_an_address_returned_three(deliver: Deliver) -> None:
    user = make_user()
    for number in (1, 2, 3):
        assert not muting.is_failing(user.email)
        notifications.tell(
            notifications.to_user(user),
            "forum_asked",
            key=f"k{number}",
            at=MONDAY,
            path="/",
            title="x",
            agency="y",
            is_by_supporters=False,
        )
        assert deliver(bounce(letter_to("forum_asked"))).state is MailState.BOUNCE

    assert muting.is_failing(user.email)
    assert _told() == []


def test_delay_is_no_bounce(letter: Notification, deliver: Deliver) -> None:
    deliver(bounce(letter, action="delayed", status="4.4.1"))

    assert muting.failure("rosmawati@contoh.id") is None


def test_forged_bounce_stops_nobody_s_letters(letter: Notification, deliver: Deliver) -> None:
    address = replies.address(letter, config.current())
    forged = bounce(letter).replace(address.encode(), f"balas+{letter.id:x}-{'b' * 16}@kota.go.id".encode())

    deliver(forged)

    assert muting.failure("rosmawati@contoh.id") is None


def test_letter_of_our_own_makes_no_loop(letter: Notification, deliver: Deliver) -> None:
    own = EmailMessage(policy=SMTP)
    own["From"] = own["To"] = replies.address(letter, config.current())
    own["Message-ID"] = "<loop@kota>"
    own.set_content("Halo")

    deliver(own)

    assert _told() == []


def test_mail_that_is_too_large_is_kept_by_its_head(letter: Notification, deliver: Deliver) -> None:
    mail = deliver(reply_to(letter, "x").as_bytes() + b"x" * (reading.LARGEST + 1))

    assert (mail.state, mail.reason) == (MailState.UNREADABLE, Reason.TOO_LARGE)
    assert mail.raw is not None
    assert len(mail.raw) == services.TRUNCATED


def test_mail_that_breaks_us_waits_for_the_administrator(
    letter: Notification, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken_day:
        broken_day.setattr("portal.mailroom.taking.take", broken)
        mail = deliver(reply_to(letter, "Halo."))
    assert (mail.state, mail.reason) == (MailState.UNREADABLE, Reason.FAILED)

    with transaction():
        services.try_again(mail, at=MONDAY)
    runner.drain_outbox()
    db.session.refresh(mail)

    assert mail.state is MailState.TAKEN


def test_bytes_are_forgotten_after_a_month(letter: Notification, deliver: Deliver) -> None:
    mail = deliver(reply_to(letter, "Halo."))

    with transaction():
        services.forget_raw(MONDAY + timedelta(days=29))
    assert mail.raw
    with transaction():
        services.forget_raw(MONDAY + timedelta(days=31))
    db.session.refresh(mail)

    assert mail.raw is None
    assert not mail.sender + mail.subject


PIECES = st.sampled_from(
    [
        *(
            b"From: a@b.id\r\n",
            b"To: balas+1f-abcdefghijklmnop@kota.go.id\r\n",
            b"Subject: =?utf-8?b?!!!?=\r\n",
        ),
        *(
            b"Subject: =?x-no?q?=ff?=\r\n",
            b"Content-Type: multipart/mixed; boundary=b\r\n",
            b"\r\n--b\r\n",
            b"\r\n\r\n",
        ),
        *(
            b"Content-Type: text/html; charset=\xff\r\n",
            b"Content-Transfer-Encoding: base64\r\n",
            b"--b--",
            b"\xff\xfe",
        ),
        *(
            b"Content-Type: message/rfc822\r\n",
            b"Content-Type: multipart/report\r\n",
            b"<div><blockquote>",
            b"\x00",
        ),
        *(
            b"Content-Transfer-Encoding: x-uuencode\r\n",
            b"Content-Disposition: attachment; filename*=x''%zz\r\n",
        ),
        *(
            b"Content-Type: text/plain; charset*0=utf; format=flowed\r\n",
            b"From: =?utf-8?q?<>?=@, <<>\r\n",
            b"begin 6",
        ),
    ]
)


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=12).map(b"".join)))
@settings(max_examples=500, deadline=None)
@pytest.mark.engine_free
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    incoming = reading.read(raw)

    assert isinstance(quoting.written(incoming.text, mark="##--"), str)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"From: " + b"<" * 1900 + b"\n\nHalo", id="brackets"),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)),
            id="nested parts",
        ),
    ],
)
def test_mail_that_is_too_deep_to_read_is_put_aside(raw: bytes, deliver: Deliver) -> None:
    assert deliver(raw).state is MailState.REFUSED


@pytest.mark.parametrize("opening", ["<a ", "<!--", "<!--x>", "<?", "<![x>", "</", "<blockquote>x"])
@pytest.mark.engine_free
def test_openings_without_end_are_read_in_one_pass(opening: str) -> None:
    """Each of these took up to minutes when the parser looked for its end anew."""
    assert isinstance(markup.to_text(opening * (reading.LONGEST_TEXT // len(opening))), str)


def test_rubbish_is_kept_and_answered_to_nobody(deliver: Deliver) -> None:
    mail = deliver(b"\xff\x00\x01 rubbish without any header")

    assert mail.state is MailState.REFUSED
    assert mail.answered_at is None


def test_command_puts_a_message_from_standard_input_aside(app: Any, letter: Notification) -> None:
    raw = reply_to(letter, "Lewat pipa.").as_bytes(policy=SMTP)

    done = app.test_cli_runner().invoke(args=["mail", "receive"], input=raw)

    assert done.exit_code == 0
    kept = db.session.scalars(db.select(InboundMail)).one()
    assert message_from_bytes(kept.raw or b"")["To"] == replies.address(letter, config.current())


def test_command_asks_the_mail_server_to_try_again_when_it_cannot(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr(services, "keep", down)

    assert app.test_cli_runner().invoke(args=["mail", "receive"], input=b"x").exit_code == 75


def _told() -> list[Notification]:
    return list(db.session.scalars(db.select(Notification).filter_by(kind="reply_not_taken")))
