"""Giving, reading, supporting and following ideas, as residents do it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.deadlines import importers
from portal.errors import DomainError
from portal.projects import pace
from portal.projects.comments import services as comments
from portal.projects.comments.models import ProjectComment
from portal.projects.ideas import duty, queries, services
from portal.projects.ideas.models import Idea
from portal.projects.rules import PhaseKind
from tests.builders import MONDAY, make_idea, make_official, make_pin, make_project, make_user

AFTER = MONDAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def monday(session, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    importers.seed(zone="Asia/Jakarta", at=datetime(2026, 1, 2, tzinfo=UTC))


def test_resident_gives_an_idea_with_a_photo(login, session):
    project, resident = make_project(), make_user(name="Rini")
    visitor = login(resident)
    form = visitor.get(f"/projects/{project.slug}/ideas/new")

    answer = visitor.submit(
        form,
        "/ideas",
        title="Bangku menghadap kolam",
        body="Supaya **lansia** bisa duduk.",
        place="Sisi timur",
        photos=(_photo(), "a.jpg"),
    )

    page = visitor.get(answer.location).get_data(as_text=True)
    assert "<strong>lansia</strong>" in page
    assert "Dari Rini" in page
    assert "/photos/" in page


def test_preview_shows_the_text_and_sends_nothing(login, session):
    project = make_project()
    visitor = login(make_user())
    form = visitor.get(f"/projects/{project.slug}/ideas/new")

    page = visitor.submit(form, "/ideas", title="Bangku", body="Di **sini** <script>", preview="1")

    assert "<strong>sini</strong>" in page.get_data(as_text=True)
    assert "<script>" not in page.get_data(as_text=True).split("<main")[1].split("</main")[0]
    assert session.query(Idea).count() == 0


def test_file_that_is_no_photo_leaves_nothing_behind(login, session):
    project = make_project()
    visitor = login(make_user())
    form = visitor.get(f"/projects/{project.slug}/ideas/new")

    answer = visitor.submit(form, "/ideas", title="Bangku", body="Duduk.", photos=(BytesIO(b"no"), "a.jpg"))

    assert answer.status_code == 422
    assert session.query(Idea).count() == 0


def test_outside_collecting_nobody_gives_ideas(login):
    project = make_project(PhaseKind.BUILD)

    with pytest.raises(DomainError):
        make_idea(project)

    page = login(make_user()).get(f"/projects/{project.slug}/ideas/new").get_data(as_text=True)
    assert "sedang tidak dikumpulkan" in page


def test_visitor_is_asked_to_sign_in(client):
    project = make_project()

    answer = client.get(f"/projects/{project.slug}/ideas/new")

    assert answer.status_code == 303
    assert "sign-in" in answer.location


def test_support_counts_once_and_can_be_taken_back(login):
    idea = make_idea()
    visitor = login(make_user())
    form = visitor.get(f"/ideas/{idea.number}/support")

    visitor.submit(form, "/supporters")
    visitor.submit(form, "/supporters")
    assert idea.supporter_count == 1

    visitor.submit(visitor.get(f"/ideas/{idea.number}/support"), "/removal")
    assert idea.supporter_count == 0


def test_author_does_not_support_the_own_idea(login):
    idea = make_idea()

    with pytest.raises(DomainError):
        services.support(idea, by=idea.author, at=MONDAY)

    page = login(idea.author).get(f"/ideas/{idea.number}/support").get_data(as_text=True)
    assert "Saya mendukung" not in page


def test_supporters_of_a_thread_are_carried_over_once(session):
    idea, fans = make_idea(), [make_user() for _ in range(3)]
    services.support(idea, by=fans[0], at=MONDAY)

    services.add_supporters(idea, [fan.id for fan in fans] + [idea.author_id], at=MONDAY)

    assert idea.supporter_count == 3


def test_edit_keeps_the_former_text(login, client):
    idea = make_idea(title="Bangku", body="Kayu.")
    author = login(idea.author)

    author.submit(author.get(f"/ideas/{idea.number}/edit"), "/edit", body="Besi.")

    assert "Besi." in client.get(f"/ideas/{idea.number}").get_data(as_text=True)
    assert "Kayu." in client.get(f"/ideas/{idea.number}/versions").get_data(as_text=True)


def test_after_collecting_the_text_stands(login, time_machine):
    idea = make_idea()
    time_machine.move_to(AFTER, tick=False)

    assert login(idea.author).get(f"/ideas/{idea.number}/edit").status_code == 403


def test_hidden_idea_shows_no_text_anywhere(client, session):
    idea = make_idea(title="Judul kasar", body="Isi kasar")
    services.hide(idea, at=MONDAY)
    session.flush()

    for path in (f"/ideas/{idea.number}", f"/projects/{idea.project.slug}/ideas"):
        page = client.get(path).get_data(as_text=True)
        assert "kasar" not in page
    assert client.get(f"/ideas/{idea.number}/versions").status_code == 404
    assert idea.project.idea_count == 0

    services.unhide(idea, at=MONDAY)
    session.flush()
    assert "Judul kasar" in client.get(f"/ideas/{idea.number}").get_data(as_text=True)


def test_idea_is_found_by_its_words(client, session):
    project = make_project()
    make_idea(project, title="Lapangan voli pasir")
    make_idea(project, title="Bangku taman")

    page = client.get(f"/projects/{project.slug}/ideas?q=voli").get_data(as_text=True)

    assert "Lapangan voli pasir" in page
    assert "Bangku taman" not in page


def test_most_supported_come_first_and_pages_follow(client, session, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    project = make_project()
    ideas = [make_idea(project, title=f"Gagasan {letter}") for letter in "ABC"]
    for idea, count in zip(ideas, (1, 3, 2), strict=True):
        services.add_supporters(idea, [make_user().id for _ in range(count)], at=MONDAY)

    first = client.get(f"/projects/{project.slug}/ideas?sort=supported").get_data(as_text=True)
    second = client.get(f"/projects/{project.slug}/ideas?sort=supported&before=2-{ideas[2].id}")

    assert first.index("Gagasan B") < first.index("Gagasan C")
    assert "Gagasan A" not in first
    assert "Gagasan A" in second.get_data(as_text=True)


def test_what_became_of_my_idea(login, session, time_machine):
    idea = make_idea(title="Bangku menghadap kolam")
    time_machine.move_to(AFTER, tick=False)
    duty.owe_statuses(AFTER)
    _give_status(idea, "accepted", "Masuk denah kedua.")

    page = login(idea.author).get("/account/ideas").get_data(as_text=True)

    assert "Bangku menghadap kolam" in page
    assert "Status: Diterima penuh." in page
    assert "Masuk denah kedua." in page


def test_official_gives_the_status_on_the_desk(login, session, time_machine):
    user = make_user(Role.OFFICIAL)
    idea = make_idea(make_project(official=make_official(user_id=user.id)), body="Kayu atau besi.")
    time_machine.move_to(AFTER, tick=False)
    duty.owe_statuses(AFTER)
    official = login(user)

    desk = official.get(f"/desk/{idea.number}")
    assert "Kayu atau besi." in desk.get_data(as_text=True)
    official.submit(desk, "/responses", kind="answer", outcome="later", body="Tahun depan.")

    assert "Ditunda" in official.get(f"/ideas/{idea.number}").get_data(as_text=True)


def test_author_judges_the_status(login, session, time_machine):
    idea = make_idea()
    time_machine.move_to(AFTER, tick=False)
    duty.owe_statuses(AFTER)
    _give_status(idea, "rejected", "Tidak ada tempat.")
    author = login(idea.author)

    form = author.get(f"/ideas/{idea.number}/own")

    bare = author.submit(form, "/verdict", verdict="not", stars="2")
    author.submit(form, "/verdict", verdict="not", stars="2", comment="Tempatnya ada di sisi barat.")

    assert bare.status_code == 422
    page = author.get(f"/ideas/{idea.number}").get_data(as_text=True)
    assert "meminta ditinjau ulang" in page
    assert "Tempatnya ada di sisi barat." in page


def test_resident_comments_and_corrects_the_comment(login, client, session):
    idea, reader = make_idea(), make_user(name="Togar")
    visitor = login(reader)
    about = f"/comments/on/{idea.subject}"

    visitor.submit(visitor.get(about), about, body="Setuju <b>sekali</b>.")
    comment = session.query(ProjectComment).one()
    visitor.submit(visitor.get(f"/comments/{comment.number}/edit"), "/edit", body="Setuju.")

    page = client.get(f"/ideas/{idea.number}").get_data(as_text=True)
    assert "Togar" in page
    assert "Setuju." in page
    assert "&lt;b&gt;sekali" in client.get(f"/comments/{comment.number}").get_data(as_text=True)
    assert idea.comment_count == 1


@pytest.mark.parametrize(
    "spelling", ["idea:I-0{id}", "idea:i-{id}", "idea:I-{id} ", "pin:n-{pin}", "pin:N-0{pin}"]
)
def test_comment_is_written_under_the_one_name_of_a_thing_or_not_at_all(login, session, spelling):
    idea, pin = make_idea(), make_pin()

    about = spelling.format(id=idea.id, pin=pin.id)

    assert login(make_user()).get(f"/comments/on/{about}").status_code == 404


def test_whoever_writes_like_a_machine_keeps_the_text_and_waits(login, session, monkeypatch):
    monkeypatch.setattr(pace, "LIMIT", "1 per hour")
    visitor, form = login(make_user()), f"/comments/on/{make_idea().subject}"

    visitor.submit(visitor.get(form), form, body="Pertama")
    answer = visitor.submit(visitor.get(form), form, body="Kedua kali")

    assert answer.status_code == 422
    assert "Kedua kali" in answer.text
    assert session.query(ProjectComment).count() == 1


def test_hidden_comment_keeps_its_place_without_its_text(client, session):
    idea = make_idea()
    comment = comments.write(idea.project, idea.subject, body="Kata kasar", by=make_user(), at=MONDAY)
    comments.hide(comment, at=MONDAY)
    session.flush()

    page = client.get(f"/ideas/{idea.number}").get_data(as_text=True)

    assert "Kata kasar" not in page
    assert "Disembunyikan moderator." in page
    assert "Kata kasar" not in client.get(f"/comments/{comment.number}").get_data(as_text=True)


def test_only_the_author_corrects_a_comment(login):
    idea = make_idea()
    comment = comments.write(idea.project, idea.subject, body="Setuju", by=make_user(), at=MONDAY)

    assert login(make_user()).get(f"/comments/{comment.number}/edit").status_code == 403


@pytest.mark.parametrize("path", ["/projects/{slug}/ideas", "/ideas/{number}"])
def test_pages_cost_the_same_whatever_there_is(client, session, count_sql, path):
    idea = make_idea()
    comments.write(idea.project, idea.subject, body="Satu", by=make_user(), at=MONDAY)
    duty.owe_status(idea, at=MONDAY)
    session.flush()
    address = path.format(slug=idea.project.slug, number=idea.number)
    client.get(address)

    with count_sql() as few:
        client.get(address)
    for _ in range(12):
        other = make_idea(idea.project)
        duty.owe_status(other, at=MONDAY)
        comments.write(idea.project, idea.subject, body="Dua", by=make_user(), at=MONDAY)
    session.flush()
    session.expire_all()
    with count_sql() as many:
        client.get(address)

    assert len(many) == len(few) <= 8


def _give_status(idea, outcome, body):
    assignments.respond(
        idea.assignment,
        kind=ResponseKind.ANSWER,
        body=body,
        outcome=outcome,
        by=make_user(Role.OFFICIAL),
        at=AFTER,
    )


def _photo():
    stream = BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "JPEG")
    stream.seek(0)
    return stream
