"""The pages of a plan: what is drawn, what is listed, and that a thousand pins cost what ten cost."""

import re
from io import BytesIO

import pytest
from sqlalchemy import event

from portal.accounts.rules import Role
from portal.projects.plans import queries, rules, services
from portal.projects.plans.models import PinPlace
from portal.projects.plans.rules import Fate, PinKind
from portal.projects.rules import PhaseKind
from tests.builders import DRAWING, MONDAY, make_pin, make_plan, make_project, make_user


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def address(version):
    return f"/projects/{version.project.slug}/plan"


def marks(page):
    return re.findall(r'<a class="mark [^>]*>', page.text)


def many(version, count):
    author = make_user()
    services.place_many(
        version,
        [
            (
                services.Note(
                    kind=list(PinKind)[at % 4],
                    body=f"Catatan {at}.",
                    x=(at * 37) % 1001,
                    y=(at * 53) % 1001,
                ),
                author,
                MONDAY,
            )
            for at in range(count)
        ],
    )
    return version


def second_version(first, fate=Fate.STILL_OPEN):
    version = services.draft(
        first.project,
        services.Sheet(change_note="Panggung pindah."),
        drawing=BytesIO(DRAWING),
        by=None,
        at=MONDAY,
    )
    found, _further = queries.to_judge(first, after=0, waiting_only=True)
    verdict = services.Verdict(fate=fate, reason="Panggung dipindah ke utara.")
    services.judge(version, [(one.place, verdict) for one in found], by=None, at=MONDAY)
    services.publish(version, at=MONDAY)
    return version


def test_visitor_sees_pins_on_the_drawing_and_in_the_list(client):
    pin = make_pin(x=310, y=420)
    page = client.get(address(queries.places_of(pin)[0].plan_version))

    assert 'x="31%" y="42%"' in page.text
    assert 'aria-label="Catatan 1, khawatir"' in page.text
    assert "Panggung terlalu dekat ke rumah." in page.text


def test_project_without_a_plan_says_so(client):
    project = make_project(PhaseKind.ANNOTATE)

    assert "Denahnya belum ada" in client.get(f"/projects/{project.slug}/plan").text


def test_draft_is_seen_by_nobody_but_those_who_run_the_project(client, login):
    version = services.draft(
        make_project(PhaseKind.ANNOTATE), services.Sheet(), drawing=BytesIO(DRAWING), by=None, at=MONDAY
    )

    assert client.get(f"{address(version)}/1").status_code == 404
    assert login(make_user()).get(f"{address(version)}/draft").status_code == 403
    assert version.drawing.token in login(make_user(Role.MODERATOR)).get(f"{address(version)}/draft").text


def test_a_thousand_pins_cost_what_ten_cost(client, session, count_sql):
    few, lots = (address(many(make_plan(), count)) for count in (10, 1000))
    session.flush()
    for query in ("", "?kind=worry", "?square=F4", "?fate=waiting", "?kind=idea&square=F4"):
        costs = []
        for path in (few, lots):
            session.expunge_all()
            with count_sql() as statements:
                page = client.get(path + query)
            assert len(marks(page)) <= rules.MARKS
            costs.append(len(statements))

        assert costs[0] == costs[1] <= 8, query


def test_a_page_reads_no_more_pins_than_it_draws_and_lists(client, session):
    path = address(many(make_plan(), 1000))
    session.flush()
    session.expunge_all()
    read = []

    def note(place, _context):
        read.append(place)

    event.listen(PinPlace, "load", note)
    client.get(path)
    event.remove(PinPlace, "load", note)

    assert len(read) <= rules.MARKS + queries.PAGE_SIZE + 1


def test_clusters_lead_to_their_square_where_each_pin_is_drawn(client):
    version = many(make_plan(), 300)
    page = client.get(address(version))
    assert "mark--cluster" in page.text

    counts = queries.counts_by_square(version, queries.Wanted())
    square, count = max(counts.items(), key=lambda entry: entry[1])
    inside = client.get(f"{address(version)}?square={rules.square_name(square)}")
    assert len(marks(inside)) == count
    assert "mark--cluster" not in inside.text


def test_crowded_square_says_what_it_leaves_out(client):
    version, author = make_plan(), make_user()
    note = services.Note(kind=PinKind.LIKE, body="Bagus.", x=500, y=500)
    services.place_many(version, [(note, author, MONDAY)] * 130)
    page = client.get(f"{address(version)}?square=G5")

    assert len(marks(page)) == rules.MARKS
    assert "Dari 130 catatan di kotak ini digambar 100" in page.text


def test_list_is_read_page_by_page_without_a_gap(client):
    version, seen, path = many(make_plan(), 45), [], None
    path = address(version)
    while path:
        page = client.get(path)
        seen += re.findall(r'class="queue__title" href="/pins/(N-\d+)"', page.text)
        onward = re.search(r'href="(/projects[^"]*before=[^"]*)"', page.text)
        path = onward and onward[1].replace("&amp;", "&")

    assert len(seen) == len(set(seen)) == 45


def test_resident_without_javascript_pins_by_a_square(login):
    version, resident = make_plan(), make_user()
    client = login(resident)
    page = client.get(f"{address(version)}/pins/new?square=C4")
    answer = client.submit(page, "/plan/pins", kind="idea", body="Tambah bangku di sini.")

    assert answer.status_code == 303
    [place] = queries.listed(version, queries.Wanted()).places
    assert rules.square_name(place.square) == "C4"
    assert place.pin.author_id == resident.id


def test_exact_place_wins_over_the_square_that_it_lies_in(login):
    version = make_plan()
    client = login(make_user())
    page = client.get(f"{address(version)}/pins/new?x=310&y=420")
    client.submit(page, "/plan/pins", kind="idea", body="Tepat di sini.")

    [place] = queries.listed(version, queries.Wanted()).places
    assert (place.x, place.y) == (310, 420)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"square": "", "x": "", "y": ""}, "Pilih tempat catatan Anda"),
        ({"square": "", "x": "2000", "y": "5"}, "Pilih tempat catatan Anda"),
        ({"body": " "}, "Tulis catatan Anda"),
        ({"body": "a" * 2001}, "Paling panjang"),
    ],
)
def test_note_without_place_or_words_is_asked_again_and_keeps_what_was_typed(login, typed, words):
    version = make_plan()
    client = login(make_user())
    page = client.get(f"{address(version)}/pins/new?square=C4")
    answer = client.submit(page, "/plan/pins", **{"kind": "worry", "body": "Terlalu dekat.", **typed})

    assert answer.status_code == 422
    assert words in answer.text
    assert re.search(r'checked[^>]*value="worry"', answer.text)


def test_nobody_pins_after_the_phase(login, time_machine):
    version = make_plan()
    time_machine.shift(30 * 86400)

    assert login(make_user()).get(f"{address(version)}/pins/new").status_code == 403


def test_pin_page_tells_its_fate_and_reason(client):
    first = make_plan()
    pin = make_pin(first)
    second_version(first, Fate.RESOLVED)
    page = client.get(f"/pins/{pin.number}")

    assert "Denah versi 2: sudah terjawab" in page.text
    assert "Panggung dipindah ke utara." in page.text
    assert "1 dari 1 catatan versi 1 sudah terjawab" in client.get(address(first)).text


def test_hidden_pin_gives_its_texts_to_nobody(client):
    pin = make_pin()
    version = queries.places_of(pin)[0].plan_version
    edited = services.Note(kind=PinKind.WORRY, body="Panggung terlalu dekat, sungguh.", x=500, y=500)
    services.edit(pin, edited, at=MONDAY)
    services.hide(pin, at=MONDAY)

    for path in (f"/pins/{pin.number}", address(version)):
        assert "Panggung terlalu dekat" not in client.get(path).text


def test_older_version_stays_readable_with_its_pins_and_can_be_compared(client):
    first = make_plan()
    make_pin(first)
    second_version(first)

    assert "Panggung terlalu dekat" in client.get(f"{address(first)}/1").text
    assert len(marks(client.get(f"{address(first)}/2/comparison"))) == 2
    assert client.get(f"{address(first)}/1/comparison").status_code == 404


def test_own_pin_is_moved_and_withdrawn(login):
    author = make_user()
    pin = make_pin(by=author)
    client = login(author)
    client.submit(client.get(f"/pins/{pin.number}/edit?square=A1"), f"/pins/{pin.number}")
    assert rules.square_name(queries.places_of(pin)[0].square) == "A1"

    client.submit(client.get(f"/pins/{pin.number}/edit"), "/withdrawal")
    assert pin.withdrawn_at == MONDAY


def test_support_is_given_and_taken_back(login):
    pin, client = make_pin(), login(make_user())
    client.submit(client.get(f"/pins/{pin.number}/support"), "/support")
    assert pin.supporter_count == 1

    client.submit(client.get(f"/pins/{pin.number}/support"), "/support/removal")
    assert pin.supporter_count == 0


def test_official_uploads_judges_and_publishes_a_version(login, session):
    first = make_plan()
    make_pin(first)
    make_pin(first)
    client = login(make_user(Role.MODERATOR))
    drawing = (BytesIO(DRAWING), "denah.svg")
    client.submit(
        client.get(f"{address(first)}/draft"), "/draft", drawing=drawing, change_note="Lebih hijau."
    )
    assert client.get(address(first)).text.count("Lebih hijau.") == 0

    page = client.get(f"{address(first)}/draft/verdicts")
    places = re.findall(r'name="pins" value="(\d+)"', page.text)
    client.submit(page, "/verdicts", pins=places, fate="resolved", reason="Sudah digambar.")
    client.submit(client.get(f"{address(first)}/draft"), "/publication")

    assert "2 dari 2 catatan versi 1 sudah terjawab" in client.get(address(first)).text


def test_publishing_too_early_says_how_many_verdicts_are_missing(login):
    first = make_plan()
    make_pin(first)
    client = login(make_user(Role.MODERATOR))
    client.submit(
        client.get(f"{address(first)}/draft"),
        "/draft",
        drawing=(BytesIO(DRAWING), "denah.svg"),
        change_note="Lebih hijau.",
    )

    page = client.get(f"{address(first)}/draft")
    assert "1 catatan belum dinilai" in page.text
    assert "/publication" not in page.text


def test_what_is_no_drawing_is_refused_beside_the_field(login):
    project = make_project(PhaseKind.ANNOTATE)
    client = login(make_user(Role.MODERATOR))
    page = client.get(f"/projects/{project.slug}/plan/draft")
    answer = client.submit(page, "/draft", drawing=(BytesIO(b"bukan gambar"), "denah.svg"))

    assert answer.status_code == 422
    assert 'id="drawing-error"' in answer.text


@pytest.mark.parametrize("attack", ['<script>alert("1")</script>', '"><svg onload=alert(1)>', "{{ 7*7 }}"])
def test_notes_are_shown_as_they_were_typed(client, login, attack):
    pin = make_pin(body=attack)

    for path in (f"/pins/{pin.number}", address(queries.places_of(pin)[0].plan_version)):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<svg onload" not in text
    assert attack not in login(make_user()).get(f"/pins/{pin.number}/support").text or "{{" in attack


def test_pin_is_talked_about_beside_the_drawing(client, login):
    pin, resident = make_pin(), login(make_user())
    page = resident.get(f"/comments/on/{pin.subject}")
    resident.submit(page, pin.subject, body="Setuju, rumah saya di belakangnya.")
    answer = client.get(f"/pins/{pin.number}", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert "Setuju, rumah saya di belakangnya." in answer.text
    assert "<html" not in answer.text
    assert pin.comment_count == 1
