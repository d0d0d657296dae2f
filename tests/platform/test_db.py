"""Moments are stored the same on both engines, and a request is one transaction."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Response
from sqlalchemy.exc import StatementError

from portal.accounts.models import User
from portal.db import db
from tests.builders import make_user

WITA = timezone(timedelta(hours=8))


def test_moment_comes_back_aware_and_in_utc(session):
    user = make_user(created_at=datetime(2026, 11, 16, 9, 0, tzinfo=WITA))
    session.expire(user)

    assert user.created_at == datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    assert user.created_at.utcoffset() == timedelta(0)


def test_naive_moment_is_refused(session):
    with pytest.raises(StatementError, match="naive"):
        make_user(created_at=datetime(2026, 11, 16, 9, 0))  # noqa: DTZ001  # that is the point
    session.rollback()


@pytest.mark.parametrize(("status", "is_kept"), [(200, True), (422, True), (500, False)])
def test_request_commits_unless_the_answer_is_a_server_error(app, session, status, is_kept):
    user = make_user(name="Lama")
    session.commit()

    with app.test_request_context("/"):
        db.session.get(User, user.id).name = "Baru"
        app.process_response(Response(status=status))

    session.expire_all()
    assert (session.get(User, user.id).name == "Baru") is is_kept
