"""Administrators say what a category asks."""

import pytest

from portal.administration import services
from portal.administration.models import AdministrationChange
from portal.categories.questions import queries
from portal.categories.questions.rules import QuestionKind
from portal.categories.questions.services import QuestionValues
from portal.db import db
from portal.errors import DomainError
from tests.builders import MONDAY, make_category


def values(**changes):
    return QuestionValues(
        **{"kind": QuestionKind.TEXT, "label_id": "Nomor?", "label_en": "Number?", **changes}
    )


def add(category, administrator, **changes):
    return services.save_question(category, None, values(**changes), by=administrator, at=MONDAY)


def test_a_question_is_added_previewed_and_kept_in_the_history(admin):
    category = make_category(code="pju")
    page = admin.get("/administration/categories/pju/questions/new")

    done = admin.submit(
        page,
        kind="choice",
        label_id="Bagaimana lampunya?",
        label_en="How is it?",
        choices="Mati | Dark\nRedup | Dim",
    )

    assert done.status_code == 303
    page = admin.get(done.location)
    assert "Begini warga melihatnya" in page.text
    assert "Redup" in page.text
    assert [one.choices for one in queries.of(category.code)] == [[["Mati", "Dark"], ["Redup", "Dim"]]]
    assert db.session.scalars(db.select(AdministrationChange)).one().kind == "question"


def test_questions_change_places_are_retired_and_come_back(admin, administrator):
    category = make_category(code="pju")
    first, second = (add(category, administrator, label_id=name) for name in ("Satu?", "Dua?"))
    url = "/administration/categories/pju/questions"

    admin.submit(admin.get(url), action=f"/{second.id}/place", step="earlier")
    assert [one.label_id for one in queries.of("pju")] == ["Dua?", "Satu?"]

    admin.submit(admin.get(url), action=f"/{first.id}/retirement")
    assert [one.label_id for one in queries.of("pju")] == ["Dua?"]
    assert "tidak diajukan lagi" in admin.get(url).text

    admin.submit(admin.get(url), action=f"/{first.id}/retirement/removal")
    assert [one.label_id for one in queries.of("pju")] == ["Dua?", "Satu?"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label_en": " "}, "label_id"),
        ({"kind": QuestionKind.CHOICE, "choices": [["Ya", "Yes"]]}, "choices"),
        ({"kind": QuestionKind.CHOICE, "choices": [["Ya", "Yes"], ["Ya", "No"]]}, "choices"),
        ({"kind": QuestionKind.CHOICE, "choices": [["a" * 81, "b"], ["c", "d"]]}, "choices"),
        ({"kind": QuestionKind.NUMBER, "minimum": 5, "maximum": 4}, "maximum"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(administrator, changes, field):
    with pytest.raises(DomainError) as refused:
        add(make_category(), administrator, **changes)

    assert refused.value.field == field


def test_a_category_asks_six_things_at_most(administrator):
    category = make_category()
    questions = [add(category, administrator) for _ in range(6)]

    with pytest.raises(DomainError):
        add(category, administrator)

    services.retire_question(questions[0], by=administrator, at=MONDAY)
    add(category, administrator)
    with pytest.raises(DomainError):
        services.revive_question(questions[0], by=administrator, at=MONDAY)


def test_the_kind_of_a_question_stays(administrator):
    category = make_category()
    question = add(category, administrator)

    with pytest.raises(DomainError):
        services.save_question(
            category, question, values(kind=QuestionKind.NUMBER), by=administrator, at=MONDAY
        )
