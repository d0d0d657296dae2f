"""Drafts live for seven days after the last answer and leave nothing behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import config
from portal.attachments import files, images
from portal.attachments.models import Attachment
from portal.attachments.queries import file_name
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.reports.filing import drafts, photos, queries, rules, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.reports.test_filing import photo

DONE = {"title": "Lampu mati", "body": "Sejak Senin", "category": "pju", "area": "99.71.01.1001"}


@pytest.mark.parametrize(
    ("answers", "category_class", "missing"),
    [
        ({}, None, Step.WHAT),
        ({"title": "Lampu mati", "body": "Sejak Senin"}, None, Step.CATEGORY),
        (DONE, CategoryClass.ORDINARY, None),
        ({**DONE, "area": ""}, CategoryClass.ORDINARY, Step.PLACE),
        (DONE, CategoryClass.EMERGENCY, Step.EMERGENCY),
        ({**DONE, "emergency_read": True}, CategoryClass.EMERGENCY, None),
        (DONE, CategoryClass.SUPERVISORY, Step.UNIT),
        ({**DONE, "unit_told": True}, CategoryClass.SUPERVISORY, None),
        (DONE, CategoryClass.CONFIDENTIAL, None),
    ],
)
def test_nothing_is_sent_before_its_questions_are_answered(
    answers: dict[str, object], category_class: CategoryClass | None, missing: Step | None
) -> None:
    assert rules.missing(Answers.read(answers), rules.added(category_class)) is missing


def test_the_questions_depend_on_the_category() -> None:
    assert Step.EMERGENCY in rules.steps(rules.added(CategoryClass.EMERGENCY))
    assert Step.UNIT in rules.steps(rules.added(CategoryClass.SUPERVISORY))
    assert Step.OUTSIDE in rules.steps(rules.added(CategoryClass.ORDINARY, is_outside=True))
    assert rules.steps(rules.added(CategoryClass.ORDINARY)) == [
        Step.WHAT, Step.CATEGORY, Step.PLACE, Step.PHOTOS, Step.PERSON, Step.CHECK
    ]  # fmt: skip


def test_another_category_asks_its_questions_again(city: City) -> None:
    token = services.begin(Answers(**DONE), at=MONDAY)
    draft = queries.draft(token, MONDAY)
    assert draft is not None
    services.keep(draft, at=MONDAY, unit=7, unit_told=True)

    answers = services.choose_category(draft, "asn", at=MONDAY)

    assert (answers.unit, answers.unit_told) == (None, False)


def test_a_draft_is_found_until_seven_days_after_the_last_answer(city: City) -> None:
    token = services.begin(Answers(), at=MONDAY)
    draft = queries.draft(token, MONDAY)
    assert draft is not None
    services.keep(draft, at=MONDAY + timedelta(days=3), title="Lampu")

    assert queries.draft(token, MONDAY + timedelta(days=9)) is not None
    assert queries.draft(token, MONDAY + timedelta(days=10)) is None


def test_the_token_itself_is_not_stored(city: City) -> None:
    token = services.begin(Answers(), at=MONDAY)

    assert token not in str(db.session.execute(db.select(*ReportDraft.__table__.columns)).all())


def test_the_draft_of_an_account_lives_longer(city: City) -> None:
    token = services.begin(Answers(), owner=make_user(), at=MONDAY)

    assert queries.draft(token, MONDAY + timedelta(days=89)) is not None
    assert queries.draft(token, MONDAY + timedelta(days=90)) is None


def test_only_the_portal_can_read_the_token_of_a_draft(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    token = services.begin(Answers(), owner=make_user(), at=MONDAY)
    draft = queries.draft(token, MONDAY)
    assert draft is not None
    assert token not in str(draft.sealed_token)
    assert drafts.token_of(draft) == token

    changed = replace(config.current(), secret_key="another-secret-of-the-portal")
    monkeypatch.setattr(config, "current", lambda: changed)

    assert drafts.token_of(draft) is None


def test_forgotten_drafts_take_their_photos_along(city: City) -> None:
    token = services.begin(Answers(), at=MONDAY)
    draft = queries.draft(token, MONDAY)
    assert draft is not None
    kept = photos.add(draft, images.reencode(photo("purple")), at=MONDAY)
    path = files.path_of(file_name(db.session.get_one(Attachment, kept.id).sha256))
    assert path.exists()

    drafts.forget_old(MONDAY + timedelta(days=8))

    assert not path.exists()
    assert db.session.scalar(db.select(db.func.count(ReportDraft.id))) == 0


def test_the_same_form_files_once(city: City) -> None:
    first = make_report(city.lights, form_token="t0ken")

    assert make_report(city.lights, form_token="t0ken") is first


def test_numbers_follow_each_other_and_begin_anew_each_local_year(city: City) -> None:
    numbers = [
        make_report(city.lights, at=at).number
        for at in (MONDAY, MONDAY, MONDAY.replace(month=12, day=31, hour=17), MONDAY.replace(year=2027))
    ]

    assert numbers == ["MDN-26-000001", "MDN-26-000002", "MDN-27-000001", "MDN-27-000002"]
