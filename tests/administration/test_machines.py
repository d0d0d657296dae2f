"""What administrators decide about suggestions and about programs that file."""

import re

import pytest

from portal.administration.models import AdministrationChange
from portal.db import db
from portal.deadlines import importers
from portal.jobs import registry
from portal.jobs.models import Job
from portal.open311.models import Open311Client
from portal.open311.rules import key_digest
from portal.reports import lessons, queries
from portal.routing.learning import queries as learning
from tests.builders import MONDAY
from tests.open311.conftest import make_program
from tests.routing.learning.making import make_cases, make_model

CLIENTS = "/administration/open311"
SUGGESTIONS = "/administration/suggestions"


def test_a_program_gets_a_key_that_is_shown_once(admin):
    admin.submit(
        admin.get(f"{CLIENTS}/new"),
        name="Aplikasi RT",
        contact="a@rt.example",
        hourly_limit="5",
        daily_limit="9",
    )
    program = db.session.query(Open311Client).one()

    shown = admin.submit(admin.get(f"{CLIENTS}/{program.id}"), "/key").get_data(as_text=True)
    later = admin.get(f"{CLIENTS}/{program.id}").get_data(as_text=True)

    (key,) = set(re.findall(r"bw_[\w-]{40,}", shown))
    assert program.key_digest == key_digest(key)
    assert key not in later
    assert not [row for row in db.session.query(AdministrationChange) if key in str(row.after)]


def test_a_revoked_key_and_every_change_stand_in_the_history(admin):
    program = make_program()
    admin.submit(admin.get(f"{CLIENTS}/{program.id}"), "/key")
    admin.submit(admin.get(f"{CLIENTS}/{program.id}"), "/key/revocation")

    page = admin.get(f"{CLIENTS}/{program.id}").get_data(as_text=True)

    assert program.key_digest is None
    assert "Belum ada kunci" in page
    assert db.session.query(AdministrationChange).filter_by(kind="open311_client").count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "Sudah ada"}, "sudah dipakai"),
        ({"name": ""}, "Tulis nama"),
        ({"hourly_limit": "0"}, "dari 1 sampai"),
        ({"daily_limit": "banyak"}, ""),
    ],
)
def test_what_is_wrong_with_a_program_is_said_beside_the_field(admin, changes, says):
    make_program(name="Sudah ada")
    typed = {"name": "Baru", "contact": "a@rt.example", "hourly_limit": "5", "daily_limit": "9", **changes}

    answer = admin.submit(admin.get(f"{CLIENTS}/new"), **typed)

    assert answer.status_code == 422
    assert says in answer.get_data(as_text=True)


def test_a_version_is_put_in_use_and_taken_back(admin):
    model = make_model()

    admin.submit(admin.get(SUGGESTIONS), "/choice")
    assert learning.in_use() == model.id
    admin.submit(admin.get(SUGGESTIONS), "/keywords")

    assert learning.in_use() is None
    assert "Kata kunci dan versi" in admin.get(SUGGESTIONS).get_data(as_text=True)


def test_the_page_of_a_version_tells_its_words_and_its_figures(admin):
    page = admin.get(f"{SUGGESTIONS}/{make_model().id}").get_data(as_text=True)

    assert "sampah" in page
    assert "50,0\xa0% (9,5\xa0% sampai 90,5\xa0%)" in page  # one of two groups, Wilson
    assert "Selalu dinas dengan laporan terbanyak" in page


def test_learning_is_asked_for_and_done_in_the_background(admin):
    admin.submit(admin.get(SUGGESTIONS), "/learning")
    admin.submit(admin.get(SUGGESTIONS), "/learning")

    (job,) = db.session.query(Job).filter_by(name=lessons.ASKED)
    assert set(job.payload) == {"by_id", "asked_at"}


def test_what_was_asked_for_is_learned_once(administrator, monkeypatch):
    monkeypatch.setattr(queries, "lessons", make_cases)
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    work = registry.handlers[lessons.ASKED].first
    asked = {"by_id": administrator.id, "asked_at": MONDAY.isoformat()}

    work(asked, MONDAY)
    work(asked, MONDAY)  # the runner was killed right after the first

    (model,) = learning.versions()
    assert (model.trained_by_id, model.report_count) == (administrator.id, len(make_cases()))


def test_a_city_without_history_goes_on_with_the_keywords(app):
    assert lessons.learn_weekly(MONDAY) is False
    assert learning.newest() is None
