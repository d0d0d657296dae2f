"""A new version of a plan: every pin of the one before gets its verdict and reason, open ones go on."""

from io import BytesIO

import pytest

from portal.db import db
from portal.errors import DomainError
from portal.jobs.models import Job
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.projects import services as projects
from portal.projects.ideas import fates
from portal.projects.ideas.models import Idea
from portal.projects.plans import jobs, queries, rules, services
from portal.projects.plans.models import PinVerdict
from portal.projects.plans.queries import Wanted
from portal.projects.plans.rules import Fate
from tests.builders import DRAWING, MONDAY, make_pin, make_plan, make_user

OTHER = DRAWING.replace(b"M0 0", b"M9 9")


def draft(project, **changes):
    sheet = services.Sheet(**{"change_note": "Panggung dipindah ke utara.", **changes})
    return services.draft(project, sheet, drawing=BytesIO(OTHER), by=None, at=MONDAY)


def judge(version, pin, fate=Fate.RESOLVED, reason="Panggung dipindah.", **changes):
    place = queries.places_of(pin)[-1]
    verdict = services.Verdict(fate=fate, reason=reason, **changes)
    services.judge(version, [(place, verdict)], by=None, at=MONDAY)


def make_idea(project):
    values = {"title": "Bangku", "body": "Menghadap kolam.", "body_html": "", "salt": "x", "given_at": MONDAY}
    idea = Idea(project=project, phase=project.phases[0], author=make_user(), **values)
    db.session.add(idea)
    db.session.flush()
    return idea


def test_draft_is_not_on_the_table(session):
    first = make_plan()
    draft(first.project)

    assert queries.current(first.project).number == 1


def test_there_is_one_draft_at_a_time(session):
    first = make_plan()
    draft(first.project)

    with pytest.raises(DomainError, match="sedang disiapkan"):
        draft(first.project)


def test_later_versions_say_what_changed(session):
    first = make_plan()

    with pytest.raises(DomainError) as refused:
        draft(first.project, change_note=" ")
    assert refused.value.field == "change_note"


def test_version_stays_closed_until_every_pin_has_its_verdict(session):
    first = make_plan()
    answered, forgotten = make_pin(first), make_pin(first)
    second = draft(first.project)
    judge(second, answered)

    with pytest.raises(DomainError, match="1 catatan"):
        services.publish(second, at=MONDAY)
    judge(second, forgotten)
    services.publish(second, at=MONDAY)
    assert queries.current(first.project).number == 2


@pytest.mark.parametrize(("fate", "reason"), [(Fate.WAITING, "Belum tahu."), (Fate.RESOLVED, "  ")])
def test_verdict_needs_an_answer_and_a_reason(session, fate, reason):
    first = make_plan()
    pin = make_pin(first)

    with pytest.raises(DomainError):
        judge(draft(first.project), pin, fate, reason)


def test_withdrawn_and_hidden_pins_need_no_verdict(session):
    first = make_plan()
    services.withdraw(make_pin(first), at=MONDAY)
    services.hide(make_pin(first), at=MONDAY)
    second = draft(first.project)
    services.publish(second, at=MONDAY)

    assert queries.counts_by_square(second, Wanted()) == {}


def test_open_pins_are_carried_to_their_place_on_the_new_drawing(session):
    first = make_plan()
    stays, moves = make_pin(first, x=100, y=100), make_pin(first, x=200, y=200)
    answered, unfit = make_pin(first), make_pin(first)
    second = draft(first.project)
    judge(second, stays, Fate.STILL_OPEN, "Masih dihitung biayanya.")
    judge(second, moves, Fate.STILL_OPEN, "Ikut pindah dengan panggung.", x=900, y=100)
    judge(second, answered)
    judge(second, unfit, Fate.NO_LONGER_FITS, "Bangunannya tidak jadi dibuat.")
    services.publish(second, at=MONDAY)

    carried = {
        place.pin_id: (place.position, place.x, place.y) for place in queries.drawn(second, Wanted(), None)
    }
    assert carried == {stays.id: (1, 100, 100), moves.id: (2, 900, 100)}
    tallies = queries.tallies(first.project)
    assert tallies[first.id] == {Fate.STILL_OPEN: 2, Fate.RESOLVED: 1, Fate.NO_LONGER_FITS: 1}
    assert tallies[second.id] == {Fate.WAITING: 2}
    assert queries.places_of(moves)[0].fate_reason == "Ikut pindah dengan panggung."


def test_verdicts_are_not_seen_before_the_version_is_public(session):
    first = make_plan()
    pin = make_pin(first)
    judge(draft(first.project), pin)

    assert queries.places_of(pin)[0].fate == Fate.WAITING
    assert len(ledger.events_of(pin.subject)) == 1


def test_last_verdict_before_publication_counts(session):
    first = make_plan()
    pin = make_pin(first)
    second = draft(first.project)
    judge(second, pin, Fate.RESOLVED)
    judge(second, pin, Fate.STILL_OPEN, "Ternyata belum.")
    services.publish(second, at=MONDAY)

    assert [place.fate for place in queries.places_of(pin)] == [Fate.STILL_OPEN, Fate.WAITING]
    with pytest.raises(DomainError, match="tetap"):
        judge(second, pin)


def test_notes_are_pinned_on_the_newest_version_only(session):
    first = make_plan()
    services.publish(draft(first.project), at=MONDAY)

    with pytest.raises(DomainError, match="lebih baru"):
        make_pin(first)


def test_discarded_draft_takes_its_verdicts_with_it(session):
    first = make_plan()
    pin = make_pin(first)
    second = draft(first.project)
    judge(second, pin)
    services.discard(second, at=MONDAY)

    assert db.session.query(PinVerdict).count() == 0
    assert draft(first.project).number == 2


def test_published_version_is_never_changed_or_discarded(session):
    first = make_plan()

    with pytest.raises(DomainError):
        services.change(first, services.Sheet(title="Lain"), drawing=None, at=MONDAY)
    with pytest.raises(DomainError):
        services.discard(first, at=MONDAY)


def test_authors_and_supporters_are_told_what_became_of_their_pin(session):
    author, supporter = make_user(), make_user(language="en")
    first = make_plan()
    pin = make_pin(first, by=author)
    services.support(pin, by=supporter, at=MONDAY)
    second = draft(first.project)
    judge(second, pin, reason="Panggung dipindah ke utara.")
    services.publish(second, at=MONDAY)
    payload = db.session.query(Job).filter_by(name="plans.tell_verdicts").one().payload
    jobs.tell_verdicts(payload, MONDAY)
    jobs.tell_verdicts(payload, MONDAY)

    letters = db.session.query(Notification).filter_by(kind="pin_judged").all()
    assert {letter.user_id for letter in letters} == {author.id, supporter.id}
    assert len(letters) == 2
    assert all("Panggung dipindah ke utara." in letter.body for letter in letters)
    assert pin.number in letters[0].subject


def test_followers_hear_of_a_new_version(session):
    first = make_plan()
    projects.follow(first.project, by=make_user(), at=MONDAY)
    services.publish(draft(first.project), at=MONDAY)

    told = [job.payload["letter"] for job in db.session.query(Job).filter_by(name="projects.tell_followers")]
    assert told == ["plan_published", "plan_published"]  # of the first version and of the second


def test_record_keeps_each_verdict_without_its_words(session):
    first = make_plan()
    pin = make_pin(first)
    second = draft(first.project)
    judge(second, pin)
    services.publish(second, at=MONDAY)

    event = ledger.events_of(pin.subject)[-1]
    assert (event.kind, event.details["fate"], event.details["plan"]) == ("pin_judged", "resolved", 2)
    assert "Panggung" not in str(event.details)
    kinds = [event.kind for event in ledger.events_of(first.project.subject)]
    assert kinds.count("plan_published") == 2


def test_idea_tells_which_plan_takes_it_up(app):
    first = make_plan()
    idea = make_idea(first.project)
    second = draft(first.project, ideas=[idea])
    services.publish(second, at=MONDAY)

    with app.test_request_context():
        [told] = fates.of([idea])[idea.subject]
    assert (told.title, told.url) == ("Ada di denah 2.", f"/projects/{first.project.slug}/plan/2")


def test_a_thousand_verdicts_cost_few_statements_besides_their_lines_in_the_record(session, count_sql):
    first, author = make_plan(), make_user()
    notes = [services.Note(kind=rules.PinKind.IDEA, body="Tambah bangku.", x=at, y=at) for at in range(1000)]
    pins = services.place_many(first, [(note, author, MONDAY) for note in notes])
    second = draft(first.project)
    everything = [place for pin in pins for place in pin.places]
    verdict = services.Verdict(fate=Fate.STILL_OPEN, reason="Semuanya dihitung dulu.")
    services.judge(second, [(place, verdict) for place in everything], by=None, at=MONDAY)
    with count_sql() as statements:
        services.publish(second, at=MONDAY)
        db.session.flush()

    lines = [statement for statement in statements if statement.startswith("INSERT INTO events")]
    assert len(statements) - len(lines) <= 25
