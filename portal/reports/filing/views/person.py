"""Who may know it from the writer?"""

from flask.typing import ResponseReturnValue

from portal import clock
from portal.categories.rules import CategoryClass
from portal.reports.filing import forms, queries, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.reports.identity import visibility
from portal.reports.identity.visibility import Choice


@bp.get("/<token>/person")
def person(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return _person_page(token, answers, forms.PersonForm(data=answers.stored()))


@bp.post("/<token>/person")
def save_person(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.PersonForm()
    if not form.validate_on_submit():
        return _person_page(token, Answers.read(draft.data), form, status=422)
    hides = form.is_anonymous.data
    kept = {
        "is_anonymous": hides,
        "is_confidential": form.is_confidential.data,
        # A name that nobody may see is not kept, not even here.
        "name": "" if hides else form.name.data,
        "email": "" if hides else form.email.data,
    }
    return frame.onward(Step.PERSON, token, services.keep(draft, at=clock.now(), **kept))


def _person_page(
    token: str, answers: Answers, form: forms.PersonForm, status: int = 200
) -> ResponseReturnValue:
    always, account = _class_of(answers) is CategoryClass.CONFIDENTIAL, frame.account()
    choice = Choice(
        is_anonymous=False, is_confidential=always, has_account=account is not None, has_name=True
    )
    return frame.page(
        Step.PERSON,
        token,
        answers,
        form,
        status=status,
        account=account,
        always_confidential=always,
        compared=visibility.compared(choice),
        viewers=visibility.viewers(),
    )


def _class_of(answers: Answers) -> CategoryClass | None:
    chosen = queries.category(answers.category)
    return chosen.category_class if chosen else None
