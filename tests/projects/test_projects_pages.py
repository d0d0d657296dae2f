"""What everybody reads of projects, and how it is followed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from portal.projects import jobs, queries, services
from portal.projects.rules import PhaseKind
from tests.builders import MONDAY, make_phase, make_project, make_user
from tests.projects.outbox import letters_to

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def test_visitor_reads_what_is_open_now(client):
    project = make_project(PhaseKind.COLLECT, PhaseKind.BUILD)

    page = client.get(f"/projects/{project.slug}").get_data(as_text=True)

    assert "Kumpulkan gagasan" in page
    assert project.official.name in page
    assert "sampai 23 Nov" in page


def test_list_says_what_is_open_and_what_is_finished(client):
    make_project(title="Taman yang terbuka")
    done = make_project(title="Pasar yang selesai")
    done.phases[0].closes_on = (MONDAY - timedelta(days=2)).date()

    page = client.get("/projects").get_data(as_text=True)

    assert page.index("Taman yang terbuka") < page.index("Sudah selesai") < page.index("Pasar yang selesai")
    assert "Sekarang:" in page


def test_draft_is_unknown_to_the_public(client):
    project = make_project(is_public=False)

    assert client.get(f"/projects/{project.slug}").status_code == 404
    assert project.title not in client.get("/projects").get_data(as_text=True)


def test_open_now_names_what_closes_first(session):
    late = make_project()
    early = make_project()
    early.phases[0].closes_on = (MONDAY + timedelta(days=1)).date()
    make_project(PhaseKind.BUILD)
    session.flush()

    assert [phase.project for phase in queries.open_now(MONDAY, 5)] == [early, late]


def test_follower_is_told_once_when_a_phase_opens(session):
    project, reader = make_project(PhaseKind.ANNOTATE), make_user()
    services.follow(project, by=reader, at=MONDAY)
    services.follow(project, by=reader, at=MONDAY)

    jobs.tell_phases(MONDAY)
    jobs.tell_phases(MONDAY + timedelta(hours=1))

    assert project.follower_count == 1
    assert letters_to(reader) == ["Dibuka: Beri catatan pada denah (" + project.title + ")"]


def test_letters_to_many_followers_come_in_batches(session, monkeypatch):
    monkeypatch.setattr(jobs, "LETTERS_AT_ONCE", 2)
    project, readers = make_project(), [make_user() for _ in range(5)]
    for reader in readers:
        services.follow(project, by=reader, at=MONDAY)

    jobs.tell_phases(MONDAY)

    assert [len(letters_to(reader)) for reader in readers] == [1] * 5


def test_who_follows_later_is_not_told_of_what_was_before(session):
    project, reader = make_project(), make_user()
    jobs.tell_phases(MONDAY)
    services.follow(project, by=reader, at=MONDAY + timedelta(days=1))

    assert letters_to(reader) == []


def test_feed_tells_the_news(client, session):
    project = make_project()
    jobs.tell_phases(MONDAY)
    session.flush()

    answer = client.get(f"/projects/{project.slug}/feed.atom")

    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)  # noqa: S314  # our own
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ['Tahap "Kumpulkan gagasan" dibuka.', "Rencana ini dibuka untuk umum."]


def test_follow_and_stop_following(login):
    project, reader = make_project(), make_user()
    visitor = login(reader)

    visitor.submit(visitor.get(f"/projects/{project.slug}/following"), "/followers")
    assert "1 pengikut" in visitor.get(f"/projects/{project.slug}").get_data(as_text=True)

    visitor.submit(visitor.get(f"/projects/{project.slug}/following"), "/removal")
    assert "pengikut" not in visitor.get(f"/projects/{project.slug}").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/projects", "/projects/{slug}", "/projects/{slug}/changes"])
def test_pages_cost_the_same_whatever_there_is(client, session, count_sql, path):
    project = make_project()
    client.get(path.format(slug=project.slug))

    with count_sql() as few:
        client.get(path.format(slug=project.slug))
    for _ in range(12):
        make_phase(make_project(), PhaseKind.BUILD)
    session.flush()
    with count_sql() as many:
        client.get(path.format(slug=project.slug))

    assert len(many) == len(few) <= 8
