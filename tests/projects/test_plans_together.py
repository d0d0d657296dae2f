"""Several people write on one plan at the same moment: no note is lost between two versions."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest

from portal import migrations
from portal.accounts.models import User
from portal.app import create_app
from portal.db import db, transaction
from portal.errors import DomainError
from portal.projects.plans import queries, rules, services
from portal.projects.plans.models import PinPlace, PlanVersion
from portal.projects.plans.rules import Fate, PinKind
from tests.builders import DRAWING, MONDAY, make_plan, make_user
from tests.conftest import settings_for

ROUNDS = 8
NOTE = services.Note(kind=PinKind.WORRY, body="Panggung terlalu dekat ke rumah.", x=400, y=500)


@pytest.fixture
def shared_app(new_database, tmp_path):
    """A portal whose database several threads use at once."""
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        migrations.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def side_by_side(app, *acts):
    """Do these at once, each in a transaction of its own; what each raised or gave."""
    barrier = Barrier(len(acts))

    def run(act):
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    return act()
            except DomainError as refused:
                return refused

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


def plan_with_a_draft():
    """A version on the table without a note, and its successor in the making."""
    with transaction():
        first = make_plan()
        sheet = services.Sheet(change_note="Panggung dipindah.")
        newer = services.draft(first.project, sheet, drawing=BytesIO(DRAWING), by=None, at=MONDAY)
        author = make_user()
        return first.id, newer.id, author.id


def version(row_id):
    return db.session.get_one(PlanVersion, row_id)


def pin_while_publishing(app):
    """Is the next version published, and how many notes of the former one wait for a verdict?"""
    with app.app_context():
        first, newer, author = plan_with_a_draft()
    side_by_side(
        app,
        lambda: services.place(version(first), NOTE, by=db.session.get_one(User, author), at=MONDAY),
        lambda: services.publish(version(newer), at=MONDAY),
    )
    with app.app_context():
        waiting = db.session.query(PinPlace).filter_by(version_id=first, fate=Fate.WAITING).count()
        return version(newer).published_at is not None, waiting


def test_note_that_comes_while_the_next_version_is_published_is_judged_or_refused(shared_app):
    ends = {pin_while_publishing(shared_app) for _ in range(ROUNDS)}

    assert ends <= {(True, 0), (False, 1)}


def test_version_that_two_publish_at_once_is_published_once(shared_app):
    with shared_app.app_context():
        first, newer, author = plan_with_a_draft()
        with transaction():
            pin = services.place(version(first), NOTE, by=db.session.get_one(User, author), at=MONDAY)
            said = services.Verdict(fate=Fate.STILL_OPEN, reason="Dibahas lagi.")
            services.judge(version(newer), [(queries.places_of(pin)[0], said)], by=None, at=MONDAY)

    told = side_by_side(shared_app, *[lambda: services.publish(version(newer), at=MONDAY)] * 2)

    assert told == [None, None]
    with shared_app.app_context():
        assert db.session.query(PinPlace).filter_by(version_id=newer).count() == 1


def test_note_that_two_take_back_at_once_leaves_the_count_once(shared_app):
    with shared_app.app_context():
        first, _newer, author = plan_with_a_draft()
        with transaction():
            number = services.place(
                version(first), NOTE, by=db.session.get_one(User, author), at=MONDAY
            ).number

    told = side_by_side(shared_app, *[lambda: services.withdraw(queries.pin_or_404(number), at=MONDAY)] * 2)

    assert told == [None, None]
    with shared_app.app_context():
        square = rules.square_at(NOTE.x, NOTE.y)
        assert queries.counts_by_square(version(first), queries.Wanted()).get(square, 0) == 0


def test_two_who_begin_the_next_version_at_once_get_one_draft(shared_app):
    with shared_app.app_context(), transaction():
        first = make_plan().id

    def begin():
        sheet = services.Sheet(change_note="Jalur baru.")
        services.draft(version(first).project, sheet, drawing=BytesIO(DRAWING), by=None, at=MONDAY)

    told = side_by_side(shared_app, begin, begin)

    assert sorted(type(one).__name__ for one in told) == ["DomainError", "NoneType"]
