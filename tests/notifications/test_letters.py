"""A letter arrives once, whole, in the reader's language, and at nobody else's."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
import time_machine
from flask import Flask

from portal import clock
from portal.db import db, transaction
from portal.jobs import queries as jobs
from portal.jobs import runner
from portal.jobs.models import Job
from portal.notifications import mail, services
from portal.notifications.models import Notification
from portal.notifications.rules import Recipient
from tests.builders import MONDAY, make_user

SARI = Recipient(None, "sari@contoh.id", "id")


def tell(recipient: Recipient = SARI, key: str = "report:1:received", title: str = "Lampu padam") -> None:
    with transaction():
        services.tell(recipient, "hello", key=key, at=clock.now(), path="/reports/MDN-26-000001", title=title)


def test_letter_arrives_with_the_page_that_it_is_about(app: Flask, inbox: Any) -> None:
    tell()
    runner.drain_outbox()

    (letter,) = inbox.letters
    assert letter["Subject"] == "Kabar: Lampu padam"
    assert letter["To"] == "sari@contoh.id"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "http://127.0.0.1:8000/reports/MDN-26-000001\r\n" in letter.get_content()


def test_text_beyond_ascii_arrives_unharmed(app: Flask, inbox: Any) -> None:
    tell(title="Jalan “rusak” – tolong 🙏")
    runner.drain_outbox()

    assert "Isi: Jalan “rusak” – tolong 🙏\r\n" in inbox.letters[0].get_content()
    assert inbox.letters[0]["Subject"].endswith("Jalan “rusak” – tolong 🙏")


def test_english_reader_is_led_to_the_english_page(app: Flask, inbox: Any) -> None:
    tell(replace(SARI, language="en"))
    runner.drain_outbox()

    assert "/en/reports/MDN-26-000001" in inbox.letters[0].get_content()
    assert inbox.letters[0]["Content-Language"] == "en"


def test_same_news_is_told_once(app: Flask, inbox: Any) -> None:
    tell()
    tell()
    runner.drain_outbox()
    tell()
    runner.drain_outbox()

    assert len(inbox.letters) == 1


def test_line_breaks_in_a_value_add_no_header(app: Flask, inbox: Any) -> None:
    tell(title="Lampu\r\nBcc: semua@contoh.id")
    runner.drain_outbox()

    assert inbox.letters[0]["Bcc"] is None
    assert inbox.letters[0]["Subject"].endswith("Lampu")


@pytest.mark.parametrize("address", ["a@contoh.id, b@contoh.id", "a@contoh.id\nBcc: b@contoh.id", "sari", ""])
def test_address_that_would_reach_others_is_given_up(app: Flask, inbox: Any, address: str) -> None:
    tell(replace(SARI, address=address))
    runner.drain_outbox()

    assert inbox.letters == []
    assert jobs.dead_count() == 1


def test_refused_address_is_given_up_and_named_nowhere(app: Flask, inbox: Any) -> None:
    tell(replace(SARI, address="unknown@contoh.id"))
    runner.drain_outbox()

    (job,) = jobs.dead()
    assert job.last_error == "AddressRefused: the mail server refused the address with code 550"


def test_busy_mail_server_is_asked_again(app: Flask, inbox: Any) -> None:
    tell(replace(SARI, address="busy@contoh.id"))
    runner.drain_outbox()

    job = db.session.scalars(db.select(Job)).one()
    assert (job.try_count, job.done_at) == (1, None)
    assert job.run_at > clock.now()


def test_letter_sent_again_after_a_kill_keeps_its_message_id(
    app: Flask, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell()
    with monkeypatch.context() as killed:
        killed.setattr("portal.jobs.services.finish", lambda claim, at: False)
        runner.drain_outbox()

    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        runner.drain_outbox()

    first, second = inbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_secret_of_a_letter_is_forgotten_once_it_is_sent(app: Flask, inbox: Any) -> None:
    tell(title="kode rahasia")
    runner.drain_outbox()

    assert db.session.scalars(db.select(Notification.body)).one() == ""


def test_without_a_mail_server_letters_become_files_once(app: Flask, tmp_path: Any) -> None:
    settings = replace(app.extensions["settings"], data_dir=tmp_path)
    tell()
    parcel = mail.pack(db.session.scalars(db.select(Notification)).one(), settings)

    mail.send(parcel, settings)
    mail.send(parcel, settings)

    (path,) = (tmp_path / "letters").iterdir()
    assert message_from_bytes(path.read_bytes(), policy=default)["To"] == "sari@contoh.id"


def test_person_without_an_address_is_told_in_the_portal_only(app: Flask, inbox: Any) -> None:
    user = make_user()

    tell(Recipient(user.id, None, "id"))
    runner.drain_outbox()

    db.session.refresh(user)
    assert user.unread_count == 1
    assert inbox.letters == []


def test_nobody_is_told_nothing(app: Flask) -> None:
    with transaction():
        services.tell(Recipient(None, None, "id"), "hello", key="k", at=MONDAY, path="/", title="")

    assert db.session.scalars(db.select(Notification)).all() == []
