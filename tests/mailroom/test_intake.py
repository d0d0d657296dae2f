"""Mail to the intake address: a draft for its sender, and nothing about them for us."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.attachments.models import Attachment
from portal.db import db
from portal.mailroom import intake, intake_senders
from portal.mailroom.models import InboundMail, IntakeSalt
from portal.mailroom.rules import pictures, reading, stories
from portal.mailroom.rules.states import MailState, Reason
from portal.notifications import mail as post
from portal.notifications import services as notifications
from portal.notifications.models import FailingAddress, Notification
from portal.reports.filing import queries as drafts
from portal.reports.filing import services as filing
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft
from portal.reports.rules import Channel
from tests.assignments.duties import seed_calendars
from tests.builders import MONDAY, make_area, make_category, make_user
from tests.mailroom.conftest import Deliver

ADDRESS = "lapor@kota.go.id"
SENDER = "rosmawati.ginting@contoh.id"
STORY = "Sudah empat malam lampu di depan mushala padam."


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def take(app, mailbox, deliver: Deliver, monkeypatch) -> Deliver:
    """A portal that takes reports by mail."""
    seed_calendars()
    settings = replace(app.extensions["settings"], intake_address=ADDRESS)
    monkeypatch.setitem(app.extensions, "settings", settings)
    return deliver


def written(text: str = STORY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {
        "From": f"Rosmawati Ginting <{SENDER}>",
        "To": ADDRESS,
        "Subject": "Lampu jalan mati",
        "Message-ID": f"<{abs(hash((text, *headers.values())))}@contoh.id>",
    }
    for name, value in {**given, **{key.replace("_", "-"): one for key, one in headers.items()}}.items():
        message[name] = value
    message.set_content(text)
    return message


def photo(edge: int = 400) -> bytes:
    out = BytesIO()
    Image.effect_noise((edge, edge), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


LEFT: list[EmailMessage] = []


@pytest.fixture(autouse=True)
def _outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    LEFT.clear()
    monkeypatch.setattr(post, "send", lambda parcel, settings: LEFT.append(parcel.message))


def sent() -> list[EmailMessage]:
    """The letters that left, the newest last."""
    return LEFT


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/reports/new/\S+)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


def draft_of(letter: EmailMessage) -> ReportDraft:
    token = link_in(letter).split("/")[3]
    found = drafts.draft(token, MONDAY)
    assert found is not None
    return found


def test_a_mail_becomes_a_draft_and_nothing_is_received(take, client):
    mail = take(written())

    assert (mail.state, mail.became) == (MailState.TAKEN, "draft")
    answers = Answers.read(draft_of(sent()[-1]).data)
    assert (answers.title, answers.body, answers.channel) == ("Lampu jalan mati", STORY, "email")
    assert db.session.scalar(select(Report)) is None
    page = client.get(link_in(sent()[-1]))
    assert STORY in page.get_data(as_text=True)


def test_opening_the_link_changes_nothing(take, client):
    take(written())
    letter = sent()[-1]
    before = dict(draft_of(letter).data)
    for _ in range(3):
        client.get(link_in(letter))
    db.session.expire_all()

    assert draft_of(letter).data == before
    assert db.session.scalar(select(Report)) is None


def test_nothing_of_the_sender_stays_once_the_answer_left(take, app):
    message = written(STORY + "\n\n-- \nRosmawati Ginting\n0812 6000 1111")
    take(message)

    assert sent()[-1]["To"].addresses[0].addr_spec == SENDER
    rows = [
        repr(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table)).all()
    ]
    assert not [row for row in rows if "osmawati" in row or "inting" in row or "6000" in row]
    token = link_in(sent()[-1]).split("/")[3]
    assert not [row for row in rows if token in row]


def test_a_day_later_not_even_a_digest_is_left(take):
    mail = take(written())
    assert mail.sender_digest == intake_senders.digest(SENDER, MONDAY)
    intake_senders.forget(MONDAY + timedelta(days=2))
    db.session.expire_all()

    assert mail.sender_digest is None
    assert db.session.scalar(select(IntakeSalt)) is None


def test_an_answer_that_never_leaves_forgets_its_reader(take, monkeypatch):
    monkeypatch.setattr(post, "send", _refuse)
    take(written())
    assert db.session.scalar(select(FailingAddress)) is None
    notifications.forget_readers(MONDAY + timedelta(days=3))
    db.session.expire_all()

    assert {(one.address, one.body) for one in db.session.scalars(select(Notification))} == {(None, "")}


def _refuse(*_args: object) -> None:
    raise post.AddressRefused("the mail server refused the address with code 550")


def test_photos_come_along_redrawn_and_other_attachments_do_not(take):
    message = written()
    message.add_attachment(photo(), maintype="image", subtype="jpeg", filename="rumah rosmawati.jpg")
    message.add_attachment(b"MZ" * 4000, maintype="application", subtype="x-dosexec", filename="a.exe")
    message.add_attachment(b"<svg>" * 2000, maintype="image", subtype="svg+xml", filename="a.svg")
    take(message)

    answers = Answers.read(draft_of(sent()[-1]).data)
    assert len(answers.photos) == 1
    assert db.session.get(Attachment, answers.photos[0].id)
    assert "Lampiran yang tidak ikut" in sent()[-1].get_content()
    assert ": 2" in sent()[-1].get_content()


def test_a_mail_that_is_too_large_still_tells_its_story(take):
    message = written()
    message.add_attachment(b"\0" * (reading.LARGEST + 1), maintype="image", subtype="jpeg", filename="a.jpg")
    mail = take(message)

    assert mail.state is MailState.TAKEN
    assert mail.raw is None
    assert "terlalu besar" in sent()[-1].get_content()


def test_what_is_sent_without_a_name_came_by_mail_and_names_nobody(take):
    category, area = make_category(), make_area()
    take(written())
    letter = sent()[-1]
    draft = draft_of(letter)
    filing.keep(draft, at=MONDAY, category=category.code, area=area.code, is_anonymous=True)
    report = filing.send(draft, link_in(letter).split("/")[3], by=None, at=MONDAY)

    assert (report.channel, report.received_at) == (Channel.EMAIL, MONDAY)
    assert (report.reporter.user_id, report.reporter.name, report.reporter.email) == (None, "", None)
    assert SENDER not in repr([tuple(row) for row in db.session.execute(select(Notification.__table__))])


@pytest.mark.parametrize(
    ("headers", "state"),
    [
        ({"Auto_Submitted": "auto-replied"}, MailState.AUTOMATIC),
        ({"List_Id": "<warga.contoh.id>"}, MailState.AUTOMATIC),
        ({"From": ADDRESS}, MailState.AUTOMATIC),
        ({"From": "balas@kota.go.id"}, MailState.AUTOMATIC),
        ({"From": "mailer-daemon@contoh.id"}, MailState.BOUNCE),
        ({"From": "tanpa alamat"}, MailState.REFUSED),
    ],
    ids=str,
)
def test_machines_and_loops_are_listed_and_get_no_answer(take, headers, state):
    mail = take(written(**headers))

    assert mail.state is state
    assert mail.raw is None
    assert sent() == []
    assert db.session.scalar(select(ReportDraft)) is None


def test_who_writes_too_often_is_told_once(take):
    mails = [take(written(f"{STORY} {number}")) for number in range(intake.DRAFTS_PER_HOUR + 3)]

    refused = [mail for mail in mails if mail.state is MailState.REFUSED]
    assert [mail.reason for mail in refused] == [Reason.INTAKE_MANY] * 3
    assert len([letter for letter in sent() if "tidak kami terima" in letter["Subject"]]) == 1


def test_a_flood_waits_and_is_listed_after_a_day(take, monkeypatch):
    monkeypatch.setattr(intake, "ALL_PER_HOUR", 0)
    mail = take(written())
    assert mail.state is MailState.WAITING
    assert mail.raw
    intake.handle(mail, at=MONDAY + timedelta(days=1, hours=1))

    assert (mail.state, mail.reason, mail.raw) == (MailState.REFUSED, Reason.FLOOD, None)


def test_the_same_mail_twice_is_one_draft(take):
    take(written())
    take(written())

    assert len(db.session.scalars(select(InboundMail)).all()) == len(sent()) == 1


def test_administrators_see_what_was_refused_and_nothing_of_it(take, login):
    take(written(" ", Subject=""))
    admin = login(make_user(Role.ADMINISTRATOR))
    listed = admin.get("/administration/mail").get_data(as_text=True)
    mail = db.session.scalars(select(InboundMail)).one()
    page = admin.get(f"/administration/mail/{mail.id}").get_data(as_text=True)

    assert "tidak menemukan tulisan" in listed
    assert "tidak menemukan tulisan" in page
    assert SENDER not in listed + page


HTML = "<html><body><p>Lampu jalan <b>padam</b> sejak Senin.</p><script>x()</script></body></html>"


def html_only() -> bytes:
    message = written()
    message.set_content(HTML, subtype="html")
    return message.as_bytes(policy=SMTP)


def wrong_charset() -> bytes:
    kind = "Content-Type: text/plain; charset=klingon"
    head = f"From: {SENDER}\r\nTo: {ADDRESS}\r\nSubject: Lampu\r\n{kind}\r\n\r\n"
    return head.encode() + b"Lampu jalan padam \xe9\xff sejak Senin."


def forwarded() -> bytes:
    message = written(
        "---------- Forwarded message ---------\nDari: Budi <budi@contoh.id>\nDate: Sen, 16 Nov 2026\n"
        "Subject: Lampu\nTo: Rosmawati <r@contoh.id>\n\nLampu jalan padam sejak Senin.",
        Subject="Fwd: Lampu jalan",
    )
    return message.as_bytes(policy=SMTP)


@pytest.mark.parametrize(
    "raw", [html_only(), wrong_charset(), forwarded()], ids=["html", "charset", "forwarded"]
)
def test_every_shape_of_mail_tells_its_story(raw):
    story = stories.of(reading.read(raw), mark="##--")

    assert story is not None
    assert "padam" in story.body
    assert "sejak Senin" in story.body
    assert "contoh.id" not in story.body
    assert "<" not in story.body
    assert not story.title.startswith("Fwd")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: Lampu mati", "Lampu mati"),
        ("", "Sudah empat malam lampu di depan mushala padam"),
        ("Lampu " * 40, "Lampu " * 18 + "Lampu…"),
    ],
)
def test_titles_are_short_and_plain(subject, title):
    story = stories.of(reading.read(written(Subject=subject).as_bytes(policy=SMTP)), mark="##--")

    assert story is not None
    assert story.title == title


def test_a_signature_s_logo_is_no_photo():
    message = written()
    message.add_attachment(b"\x89PNG" + b"1" * 500, maintype="image", subtype="png", filename="logo.png")

    assert pictures.of(message.as_bytes(policy=SMTP), limit=5) == pictures.Pictures([], 0)
