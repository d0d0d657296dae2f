"""Notes on a plan: who may pin, move, withdraw and support them, and what the record keeps."""

from datetime import timedelta
from io import BytesIO

import pytest

from portal.db import db
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.projects.plans import policy, queries, rules, services
from portal.projects.plans.models import PinPlace, PlanSquare
from portal.projects.plans.queries import Wanted
from portal.projects.plans.rules import Fate, PinKind
from portal.projects.rules import PhaseKind
from tests.builders import DRAWING, MONDAY, make_pin, make_plan, make_project, make_user

LATER = MONDAY + timedelta(days=30)


def counts(version):
    return queries.counts_by_square(version, Wanted())


def counted_anew(version):
    places = db.session.query(PinPlace).filter_by(version_id=version.id, is_shown=True)
    found = {}
    for place in places:
        found[place.square] = found.get(place.square, 0) + 1
    return found


def test_pins_are_numbered_on_their_drawing(session):
    version = make_plan()
    pins = [make_pin(version) for _ in range(3)]

    assert [queries.places_of(pin)[0].position for pin in pins] == [1, 2, 3]


def test_residents_pin_only_while_notes_are_asked_for(session):
    version, resident = make_plan(), make_user()

    assert policy.may_pin(resident, version.project, MONDAY)
    assert not policy.may_pin(resident, version.project, LATER)
    with pytest.raises(DomainError, match="berakhir"):
        make_pin(version, at=LATER)


def test_project_without_a_phase_for_notes_takes_none(session):
    version = make_plan(make_project(PhaseKind.COLLECT))

    with pytest.raises(DomainError):
        make_pin(version)


def test_note_outside_the_drawing_is_refused(session):
    with pytest.raises(DomainError) as refused:
        make_pin(x=1001)

    assert refused.value.field == "square"


def test_moved_note_keeps_its_number_and_its_former_text(session):
    version = make_plan()
    pin = make_pin(version, x=10, y=10)
    services.edit(pin, services.Note(kind=PinKind.IDEA, body="Putar panggungnya.", x=990, y=990), at=MONDAY)

    place = queries.places_of(pin)[0]
    assert (place.position, rules.square_name(place.square), place.kind) == (1, "L8", PinKind.IDEA)
    assert pin.version == 2
    assert [former.body for former in queries.former_texts(pin)] == ["Panggung terlalu dekat ke rumah."]
    assert counts(version) == {place.square: 1}


def test_counts_follow_every_change(session):
    version = make_plan()
    pins = [make_pin(version, x=x, y=x) for x in (10, 20, 500, 900)]
    services.withdraw(pins[0], at=MONDAY)
    services.withdraw(pins[0], at=MONDAY)
    services.hide(pins[2], at=MONDAY)
    services.hide(pins[3], at=MONDAY)
    services.unhide(pins[3], at=MONDAY)

    assert counts(version) == counted_anew(version)
    assert sum(counts(version).values()) == 2


def test_withdrawn_note_is_not_shown_again_when_a_moderator_unhides_it(session):
    version = make_plan()
    pin = make_pin(version)
    services.withdraw(pin, at=MONDAY)
    services.hide(pin, at=MONDAY)
    services.unhide(pin, at=MONDAY)

    assert counts(version) == {}


def test_support_counts_once_per_person_and_sorts_the_list(session):
    version, resident = make_plan(), make_user()
    first, second = make_pin(version), make_pin(version)
    services.support(first, by=resident, at=MONDAY)
    services.support(first, by=resident, at=MONDAY)

    assert first.supporter_count == 1
    assert [place.pin_id for place in queries.listed(version, Wanted()).places] == [first.id, second.id]
    services.unsupport(first, by=resident, at=MONDAY)
    services.unsupport(first, by=resident, at=MONDAY)
    assert first.supporter_count == 0


def test_authors_do_not_support_themselves(session):
    author = make_user()
    pin = make_pin(by=author)

    assert not policy.may_support(author, pin, MONDAY)
    assert policy.may_support(make_user(), pin, MONDAY)


def test_only_the_author_changes_a_note_and_not_when_it_is_hidden(session):
    author = make_user()
    pin = make_pin(by=author)

    assert policy.may_change(author, pin, MONDAY)
    assert not policy.may_change(make_user(), pin, MONDAY)
    assert not policy.may_change(author, pin, LATER)
    services.hide(pin, at=MONDAY)
    assert not policy.may_change(author, pin, MONDAY)


def test_record_tells_of_notes_without_their_texts(session):
    pin = make_pin()
    services.support(pin, by=make_user(), at=MONDAY)
    services.withdraw(pin, at=MONDAY)

    events = ledger.events_of(pin.subject)
    assert [event.kind for event in events] == ["pin_given", "pin_supporters_counted", "pin_withdrawn"]
    assert "Panggung" not in str([event.details for event in events])


def test_many_notes_of_a_story_are_counted_like_single_ones(session):
    version, author = make_plan(), make_user()
    notes = [services.Note(kind=PinKind.LIKE, body="Bagus.", x=at * 7, y=at * 5) for at in range(100)]
    services.place_many(version, [(note, author, MONDAY) for note in notes])
    make_pin(version)

    assert counts(version) == counted_anew(version)
    assert db.session.query(PlanSquare).filter(PlanSquare.pin_count <= 0).count() == 0
    assert {place.position for place in db.session.query(PinPlace)} == set(range(1, 102))


def test_note_that_was_hidden_when_a_new_version_came_goes_on_there_when_it_is_shown_again(session):
    version = make_plan()
    pin, project = make_pin(version, x=120, y=340), version.project
    services.hide(pin, at=MONDAY)
    sheet = services.Sheet(change_note="Jalur baru.")
    newer = services.draft(project, sheet, drawing=BytesIO(DRAWING), by=None, at=MONDAY)
    services.publish(newer, at=MONDAY)
    services.unhide(pin, at=MONDAY)

    former, place = queries.places_of(pin)
    assert (former.fate, bool(former.fate_reason)) == (Fate.STILL_OPEN, True)
    assert (place.version_id, place.x, place.y, place.position) == (newer.id, 120, 340, 1)
    assert counts(newer) == counted_anew(newer) == {place.square: 1}
    assert counts(version) == counted_anew(version)
