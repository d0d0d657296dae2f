"""Every answer is rated, by the reporter and by those with the same matter, until the next one comes."""

from datetime import timedelta

import pytest

from portal import config
from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind, Verdict
from portal.db import db
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.reports import appraisals, queries, services
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from portal.statistics.queries import ratings
from portal.statistics.rules.scope import Scope
from portal.surveys.models import AnswerRating, Rating
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City

DAY = timedelta(days=1)


@pytest.fixture
def report(city: City) -> Report:
    return make_report(city.lights, area_code=city.area.code, by=make_user())


def answer(report: Report, city: City, kind: ResponseKind = ResponseKind.ANSWER, day: int = 1) -> None:
    by = db.session.get_one(User, city.official.user_id)
    assert report.assignment is not None
    assignments.respond(report.assignment, kind=kind, body="Sudah kami lihat.", by=by, at=MONDAY + day * DAY)


def rate(report: Report, verdict: Verdict, stars: int = 3, *, day: int, comment: str = "") -> None:
    services.rate(report, verdict=verdict, stars=stars, comment=comment, at=MONDAY + day * DAY)


def standing(report: Report) -> list[tuple[Verdict, int | None]]:
    rows = db.session.scalars(db.select(Rating).filter_by(superseded_at=None))
    return [(one.verdict, one.stars) for one in rows if one.assignment_id == report.assignment_id]


def test_an_interim_answer_is_rated_and_moves_nothing(report: Report, city: City) -> None:
    answer(report, city, ResponseKind.INTERIM)

    rate(report, Verdict.PARTLY, 4, day=2)
    rate(report, Verdict.NOT, 2, day=3)

    [rating] = db.session.scalars(db.select(AnswerRating))
    assert (rating.verdict, rating.stars, rating.user_id) == (Verdict.NOT, 2, None)
    assert report.state is ReportState.OPEN
    assert standing(report) == []


def test_nothing_is_rated_before_the_first_answer(report: Report) -> None:
    with pytest.raises(DomainError):
        rate(report, Verdict.SOLVED, day=1)


@pytest.mark.parametrize(
    ("verdict", "ending"), [(Verdict.SOLVED, Ending.SOLVED), (Verdict.PARTLY, Ending.PARTLY)]
)
def test_solved_and_partly_close_the_report_each_with_its_own_ending(
    report: Report, city: City, verdict: Verdict, ending: Ending
) -> None:
    answer(report, city)

    rate(report, verdict, day=2)

    assert (report.state, report.ending) == (ReportState.CLOSED, ending)
    assert standing(report)[0][0].value == verdict


def test_partly_solved_can_be_reopened_once(report: Report, city: City) -> None:
    answer(report, city)
    rate(report, Verdict.PARTLY, day=2)

    services.reopen(report, at=MONDAY + 3 * DAY)

    assert report.state is ReportState.OPEN


def test_partly_never_counts_as_solved(report: Report, city: City) -> None:
    answer(report, city)
    rate(report, Verdict.PARTLY, day=2)

    [row] = db.session.execute(db.select(Rating.is_solved, Rating.verdict)).all()
    assert (bool(row.is_solved), row.verdict) == (False, Verdict.PARTLY)


def test_a_changed_verdict_changes_the_ending_and_leaves_earlier_figures_alone(
    report: Report, city: City
) -> None:
    answer(report, city)
    rate(report, Verdict.SOLVED, 5, day=2, comment="Terang.")

    rate(report, Verdict.PARTLY, 3, day=4)

    assert report.ending is Ending.PARTLY
    assert [one.comment for one in db.session.scalars(db.select(Rating).order_by(Rating.id))] == ["", ""]
    zone = config.current().zone
    for day, stars in ((3, 5), (5, 3)):
        scope = Scope(MONDAY.date(), (MONDAY + 5 * DAY).date(), MONDAY + day * DAY, zone)
        assert [row.stars for row in ratings(scope)] == [stars]


def test_not_solved_after_all_reopens_and_then_stands(report: Report, city: City) -> None:
    answer(report, city)
    rate(report, Verdict.SOLVED, day=2)

    rate(report, Verdict.NOT, 1, day=3)

    assert report.state is ReportState.OPEN
    assert standing(report) == [(Verdict.NOT, 1)]
    with pytest.raises(DomainError):
        rate(report, Verdict.SOLVED, day=4)


def test_the_next_answer_is_asked_about_anew(report: Report, city: City) -> None:
    answer(report, city, ResponseKind.INTERIM)
    rate(report, Verdict.NOT, day=2)
    answer(report, city, ResponseKind.ANSWER, day=3)

    asked = appraisals.of_reporter(report, queries.responses_of(report), MONDAY + 4 * DAY)

    assert asked is not None
    assert (asked.is_due, asked.decides) == (True, True)


def test_a_supporter_rates_for_themselves_and_the_report_stays_open_to_its_reporter(
    report: Report, city: City
) -> None:
    neighbour = make_user()
    services.support(report, by=neighbour, at=MONDAY)
    answer(report, city)

    for stars in (4, 2):
        services.rate_as_supporter(
            report, by=neighbour, verdict=Verdict.NOT, stars=stars, comment="", at=MONDAY + 2 * DAY
        )

    assert [one.stars for one in db.session.scalars(db.select(AnswerRating))] == [2]
    assert report.state is ReportState.ANSWERED
    assert standing(report) == []


def test_the_record_says_that_a_supporter_rated_but_not_what(report: Report, city: City) -> None:
    neighbour = make_user()
    services.support(report, by=neighbour, at=MONDAY)
    answer(report, city)
    services.rate_as_supporter(
        report, by=neighbour, verdict=Verdict.NOT, stars=1, comment="Gelap", at=MONDAY + 2 * DAY
    )

    [event] = [one for one in ledger.events_of(f"report:{report.number}") if one.kind == "supporter_rated"]
    assert set(event.details) == {"response"}


def test_who_only_follows_is_not_asked(report: Report, city: City) -> None:
    follower = make_user()
    services.follow(report, by=follower, at=MONDAY)
    answer(report, city)

    with pytest.raises(DomainError):
        services.rate_as_supporter(
            report, by=follower, verdict=Verdict.NOT, stars=1, comment="", at=MONDAY + 2 * DAY
        )


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_what_supporters_say_is_public_from_five_on(
    client, report: Report, city: City, count: int, is_told: bool
) -> None:
    answer(report, city)
    for _ in range(5):
        services.support(report, by=(neighbour := make_user()), at=MONDAY)
        if count:
            services.rate_as_supporter(
                report, by=neighbour, verdict=Verdict.SOLVED, stars=4, comment="", at=MONDAY + 2 * DAY
            )
            count -= 1

    page = client.get(f"/reports/{report.number}").text

    assert ("5 warga lain menilainya" in page) is is_told


def test_figures_count_verdicts_and_opinions_apart(report: Report, city: City) -> None:
    neighbour = make_user()
    services.support(report, by=neighbour, at=MONDAY)
    answer(report, city, ResponseKind.INTERIM)
    rate(report, Verdict.NOT, 1, day=2)
    answer(report, city, day=3)
    services.rate_as_supporter(
        report, by=neighbour, verdict=Verdict.NOT, stars=2, comment="", at=MONDAY + 4 * DAY
    )
    rate(report, Verdict.SOLVED, 5, day=4)

    scope = Scope(MONDAY.date(), MONDAY.date(), MONDAY + 9 * DAY, config.current().zone)
    counted = {row.rater: (bool(row.is_solved), row.stars) for row in ratings(scope)}

    assert counted == {"verdict": (True, 5), "interim": (False, 1), "supporter": (False, 2)}
