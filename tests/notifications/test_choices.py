"""Each person is told as they chose; what concerns rights and duties always goes out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import config
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db, transaction
from portal.jobs import runner
from portal.notifications import choices, mail, muting, services
from portal.notifications.labels import LABEL
from portal.notifications.models import Notification
from portal.notifications.replies import REPLYING
from portal.notifications.rules import GROUP_OF, KINDS, Channel, Group, Recipient, default
from tests.builders import MONDAY, make_user

LETTERS = {
    path.stem
    for path in (config.ROOT / "templates" / "letters").glob("*.txt")
    if not path.stem.startswith("_") and path.stem != "signature"
}


def tell(user: User, letter: str = "vote_counted", key: str = "k", **values: str) -> None:
    with transaction():
        services.tell(
            services.to_user(user), letter, key=key, at=MONDAY, path="/projects/x",
            **{"project": "Taman", "question": "Apa dahulu?", **values},
        )  # fmt: skip


def told() -> list[Notification]:
    return list(db.session.scalars(db.select(Notification).order_by(Notification.id)))


@pytest.mark.engine_free
def test_every_letter_has_a_group() -> None:
    assert LETTERS - GROUP_OF.keys() == set()
    assert GROUP_OF.keys() - LETTERS == set()
    assert REPLYING.keys() <= LETTERS


@pytest.mark.engine_free
def test_every_group_has_words_and_offers_its_own_default() -> None:
    assert set(LABEL) == set(KINDS) == set(Group)
    assert all(default(group, [role]) in KINDS[group].offered for group in Group for role in Role)


@pytest.mark.parametrize(
    ("choice", "is_told", "is_written"),
    [("letter", True, True), ("portal", True, False), ("summary", True, False), ("none", False, False)],
)
def test_choice_decides_the_way(app: Flask, inbox: Any, choice: str, is_told: bool, is_written: bool) -> None:
    user = make_user()
    services.choose(user, {"projects": choice})

    tell(user)
    runner.drain_outbox()

    assert bool(told()) is is_told
    assert bool(inbox.letters) is is_written
    assert user.unread_count == int(is_told)
    assert [one.awaits_summary for one in told()] == [choice == "summary"] * is_told


def test_what_must_arrive_arrives_whatever_was_chosen(app: Flask, inbox: Any) -> None:
    user = make_user()
    user.letter_choices = dict.fromkeys(Group, "none")

    with transaction():
        services.tell(
            services.to_user(user), "report_question", key="q", at=MONDAY, path="/x", number="N", question="?"
        )
    runner.drain_outbox()

    (letter,) = inbox.letters
    assert letter["List-Unsubscribe"] is None


def test_page_saves_all_choices_at_once(login: Callable[[User], Any]) -> None:
    user = make_user()
    client = login(user)

    answer = client.submit(
        client.get("/account/notifications"), "/account/notifications", forum="none", meetings="summary"
    )

    assert answer.status_code == 303
    db.session.refresh(user)
    assert user.letter_choices == {"forum": "none", "meetings": "summary"}
    assert choices.chosen(user, Group.PROJECTS) is Channel.LETTER


def test_page_shows_each_role_its_own_groups(login: Callable[[User], Any]) -> None:
    resident = login(make_user()).get("/account/notifications").text
    official = login(make_user(Role.OFFICIAL)).get("/account/notifications").text

    assert "Tugas saya" not in resident
    assert "Tugas saya" in official
    assert "Pertanyaan kepada Anda" in resident  # always


def test_choice_that_is_not_offered_is_refused(login: Callable[[User], Any]) -> None:
    client = login(make_user())

    answer = client.submit(client.get("/account/notifications"), "/account/notifications", own_report="none")

    assert answer.status_code == 422


def test_link_in_a_letter_ends_its_group_without_signing_in(app: Flask, inbox: Any, client: Any) -> None:
    user = make_user()
    tell(user)
    runner.drain_outbox()
    path = _muting_path(inbox.letters[0])

    answer = client.submit(client.get(path), "/mute")
    tell(user, key="k2")
    runner.drain_outbox()

    assert answer.status_code == 303
    assert "Surat dihentikan" in client.get(path).text
    assert len(inbox.letters) == 1
    assert len(told()) == 2  # it stands in the portal all the same


def test_mail_program_ends_a_group_by_one_click(app: Flask, inbox: Any, client: Any) -> None:
    """RFC 8058: a POST of one field, without cookies or a token of ours, and no redirect."""
    with transaction():
        _tell_address("sari@contoh.id", "k")
    runner.drain_outbox()
    (letter,) = inbox.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"\r\nList-Unsubscribe: <http://" in mail.pack(told()[0], config.current()).message.as_bytes()

    answer = client.post(_muting_path(letter), data={"List-Unsubscribe": "One-Click"})
    with transaction():
        _tell_address("Sari@contoh.id", "k2")
    runner.drain_outbox()

    assert answer.status_code == 200
    assert len(inbox.letters) == 1
    assert told()[-1].held_at


def test_letters_come_again_after_the_button(app: Flask, inbox: Any, client: Any) -> None:
    with transaction():
        _tell_address("sari@contoh.id", "k")
    runner.drain_outbox()
    path = _muting_path(inbox.letters[0])
    client.submit(client.get(path), "/mute")

    client.submit(client.get(path), "/unmute")
    with transaction():
        _tell_address("sari@contoh.id", "k2")
    runner.drain_outbox()

    assert len(inbox.letters) == 2


@pytest.mark.parametrize("token", ["x", "eyJsZXR0ZXIiOjF9.AAAA"])
def test_forged_link_ends_nothing(client: Any, token: str) -> None:
    assert client.get(f"/letters/{token}/mute").status_code == 404
    assert client.post(f"/letters/{token}/mute").status_code == 404


def test_refused_address_counts_and_its_owner_reads_it(
    app: Flask, inbox: Any, login: Callable[[User], Any]
) -> None:
    user = make_user(email="unknown@contoh.id")
    for number in range(3):
        tell(user, key=f"k{number}")
        runner.drain_outbox()
    client = login(user)

    page = client.get("/account/notifications")
    assert "berhenti mengirim surat ke sana" in page.text
    client.submit(page, "/account/notifications/address")

    assert not muting.is_failing(user.email)


def test_letter_says_what_a_reply_becomes_only_where_replies_are_read(app: Flask, tmp_path: Path) -> None:
    with transaction():
        services.tell(
            Recipient(None, "sari@contoh.id", "id"), "report_question", key="q", at=MONDAY,
            path="/x", about="report:MDN-26-000001", number="MDN-26-000001", question="Nomor tiang?",
        )  # fmt: skip
    (letter,) = told()
    off = app.extensions["settings"]
    on = replace(off, reply_address="balas@kota.go.id")

    silent = mail.pack(letter, off).message
    app.extensions["settings"] = on
    try:
        open_ = mail.pack(letter, on).message
    finally:
        app.extensions["settings"] = off

    assert silent["Reply-To"] is None
    assert "balasan tidak terbaca" in silent.get_content()
    local, _, domain = str(open_["Reply-To"]).partition("@")
    assert domain == "kota.go.id"
    assert len(local) <= 64
    assert "Anda dapat membalas surat ini" in open_.get_content()


def _tell_address(address: str, key: str) -> None:
    services.write_to(
        address, "id", "vote_counted", key=key, at=MONDAY, path="/projects/x", project="Taman", question="?"
    )


def _muting_path(letter: Any) -> str:
    return str(letter["List-Unsubscribe"]).strip("<>").removeprefix("http://127.0.0.1:8000")
