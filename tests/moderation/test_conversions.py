"""What was said in the forum becomes a report or an idea: supporters come along, everybody is told."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import importers
from portal.forum import queries as forum_queries
from portal.forum import services as forum
from portal.forum.models import Post, Thread
from portal.notifications.models import Notification
from portal.projects.ideas.models import Idea, IdeaSupporter
from portal.reports.models import Report, Supporter
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_project,
    make_routing_rule,
    make_thread,
    make_user,
)
from tests.support.client import CheckingClient

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def category(app: Flask) -> Category:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    category = make_category()
    make_routing_rule(category, make_agency())
    return category


@pytest.fixture
def thread(category: Category) -> Thread:
    thread = make_thread(title="Lampu padam di gang kami")
    for _one in range(3):
        forum.support(forum_queries.opening_of(thread), by=make_user(), at=MONDAY)
    return thread


def test_a_thread_becomes_a_report_of_its_writer(
    login: Callable[[User], CheckingClient], category: Category, thread: Thread
) -> None:
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/moderation/conversions/{thread.subject}")

    client.submit(page, "/report", title="Lampu gang padam", kind="complaint", category=category.code)

    report = db.session.scalars(db.select(Report)).one()
    assert report.reporter.user_id == thread.author_id
    assert report.content.title == "Lampu gang padam"
    assert report.supporter_count == len(db.session.scalars(db.select(Supporter)).all()) == 3
    assert thread.became == f"report:{report.number}"
    assert thread.locked_at is not None
    told = db.session.scalars(db.select(Notification.user_id).filter_by(kind="forum_became")).all()
    assert len(told) == 4


def test_a_thread_becomes_an_idea_for_a_project_that_collects(
    login: Callable[[User], CheckingClient], thread: Thread
) -> None:
    project = make_project()
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/moderation/conversions/{thread.subject}")

    client.submit(page, "/idea", idea_title="Lampu di gang", project=str(project.id))

    idea = db.session.scalars(db.select(Idea)).one()
    assert (idea.author_id, idea.origin) == (thread.author_id, thread.subject)
    assert idea.supporter_count == len(db.session.scalars(db.select(IdeaSupporter)).all()) == 3
    assert thread.became == idea.subject


def test_without_an_open_project_only_a_report_is_offered(
    login: Callable[[User], CheckingClient], thread: Thread
) -> None:
    page = login(make_user(Role.MODERATOR)).get(f"/moderation/conversions/{thread.subject}")

    assert "tidak ada rencana bersama yang mengumpulkan gagasan" in page.text


def test_an_empty_title_is_refused_and_what_was_chosen_is_kept(
    login: Callable[[User], CheckingClient], category: Category, thread: Thread
) -> None:
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/moderation/conversions/{thread.subject}")

    answer = client.submit(page, "/report", title="", kind="suggestion", category=category.code)

    assert answer.status_code == 422
    assert "Tulis judulnya." in answer.text
    assert 'value="suggestion" checked' in answer.text or "checked" in answer.text


def test_residents_turn_nothing_into_anything(
    login: Callable[[User], CheckingClient], thread: Thread
) -> None:
    assert login(make_user()).get(f"/moderation/conversions/{thread.subject}").status_code == 403


def test_two_moderators_make_one_report_of_a_thread(
    login: Callable[[User], CheckingClient], category: Category, thread: Thread
) -> None:
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/moderation/conversions/{thread.subject}")
    chosen = {"title": "Lampu gang padam", "kind": "complaint", "category": category.code}
    client.submit(page, "/report", **chosen)

    answer = client.submit(page, "/report", **chosen)

    assert answer.status_code == 422
    assert "sudah dilanjutkan di tempat lain" in answer.text
    assert db.session.query(Report).count() == 1


def test_what_the_city_answered_becomes_no_report(
    login: Callable[[User], CheckingClient], category: Category, thread: Thread
) -> None:
    officer = make_user(Role.OFFICIAL)
    forum.ask(thread, reason="Banyak yang bertanya.", agency_id=make_agency().id, by=make_user(), at=MONDAY)
    assert thread.assignment is not None
    assignments.respond(
        thread.assignment, kind=ResponseKind.ANSWER, body="Sudah diperbaiki.", by=officer, at=MONDAY
    )
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/moderation/conversions/{posts_of(thread)[-1].subject}")

    answer = client.submit(page, "/report", title="Lampu", kind="complaint", category=category.code)

    assert answer.status_code == 422
    assert db.session.query(Report).count() == 0


def posts_of(thread: Thread) -> Sequence[Post]:
    return db.session.scalars(db.select(Post).filter_by(thread_id=thread.id).order_by(Post.position)).all()
