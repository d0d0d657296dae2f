"""Which category? Suggested by the words, chosen by the writer."""

from flask.typing import ResponseReturnValue

from portal import clock
from portal.forms import choices
from portal.reports import labels
from portal.reports.filing import advice, forms, services, summaries
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.routing import queries as routing


@bp.get("/<token>/category")
def category(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return _category_page(token, answers, _category_form(answers))


@bp.post("/<token>/category")
def save_category(token: str) -> ResponseReturnValue:
    draft = frame.draft_or_leave(token)
    answers = Answers.read(draft.data)
    form = _category_form(answers)
    if not form.validate_on_submit():
        return _category_page(token, answers, form, status=422)
    answers = services.choose_category(draft, form.category.data, at=clock.now())
    return frame.onward(Step.CATEGORY, token, answers)


def _category_form(answers: Answers) -> forms.CategoryForm:
    form = forms.CategoryForm(data={"category": answers.category or None})
    offered = routing.offered_categories(clock.now())
    form.category.choices = choices((one.code, labels.category_name(one)) for one in offered)
    return form


def _category_page(
    token: str, answers: Answers, form: forms.CategoryForm, status: int = 200
) -> ResponseReturnValue:
    offered = routing.offered_categories(clock.now())
    guesses = summaries.suggestions(answers, form.category)
    groups = summaries.grouped(offered, form.category, {guess.code for guess in guesses})
    return frame.page(
        Step.CATEGORY,
        token,
        answers,
        form,
        status=status,
        guesses=guesses,
        groups=groups,
        advice=advice.of(f"{answers.title}\n{answers.body}", clock.now()),
    )
