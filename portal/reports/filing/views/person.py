"""Who may know it from the writer?"""

from flask.typing import ResponseReturnValue

from portal import clock
from portal.categories.rules import CategoryClass
from portal.reports.filing import forms, queries, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp


@bp.get("/<token>/person")
def person(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return _person_page(token, answers, forms.PersonForm(data=answers.stored()))


@bp.post("/<token>/person")
def save_person(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.PersonForm()
    if not form.validate_on_submit():
        return _person_page(token, Answers.read(draft.data), form, status=422)
    kept = {
        "is_anonymous": form.is_anonymous.data,
        "is_confidential": form.is_confidential.data,
        "name": form.name.data,
        "email": form.email.data,
    }
    return frame.onward(Step.PERSON, token, services.keep(draft, at=clock.now(), **kept))


def _person_page(
    token: str, answers: Answers, form: forms.PersonForm, status: int = 200
) -> ResponseReturnValue:
    always = _class_of(answers) is CategoryClass.CONFIDENTIAL
    return frame.page(
        Step.PERSON, token, answers, form, status=status, account=frame.account(), always_confidential=always
    )


def _class_of(answers: Answers) -> CategoryClass | None:
    chosen = queries.category(answers.category)
    return chosen.category_class if chosen else None
