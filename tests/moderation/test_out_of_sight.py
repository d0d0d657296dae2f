"""What nobody can read any more is not read on the pages of moderation either, and becomes nothing else."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.deadlines import importers
from portal.forum import services as forum
from portal.projects.ideas import services as ideas
from tests.builders import MONDAY, make_idea, make_post, make_thread, make_user
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("monday")
Login = Callable[[User], CheckingClient]


@pytest.fixture(autouse=True)
def calendars(app: Flask) -> None:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)


def test_a_post_in_a_hidden_thread_is_not_read_by_flagging_it(login: Login) -> None:
    post = make_post(make_thread())
    forum.hide(post.thread, at=MONDAY)

    assert login(make_user()).get(f"/flags/new/{post.subject}").status_code == 404


def test_an_idea_that_was_taken_back_is_not_read_by_flagging_it(login: Login) -> None:
    idea = make_idea()
    ideas.withdraw(idea, at=MONDAY)

    assert login(make_user()).get(f"/flags/new/{idea.subject}").status_code == 404


def test_a_post_in_a_hidden_thread_becomes_nothing_else(login: Login) -> None:
    post = make_post(make_thread())
    forum.hide(post.thread, at=MONDAY)

    page = login(make_user(Role.MODERATOR)).get(f"/moderation/conversions/{post.subject}")

    assert page.status_code == 404
