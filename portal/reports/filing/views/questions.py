"""What the kind of report and its category ask of their own."""

from flask import redirect
from flask.typing import ResponseReturnValue

from portal import clock
from portal.forms import Form
from portal.reports.filing import asking, promises, queries, rules, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp


@bp.get("/<token>/questions")
def questions(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    added = frame.added_steps(answers)
    if Step.QUESTIONS not in added:
        return redirect(frame.url(rules.after(Step.QUESTIONS, added), token))
    asked = queries.questions(answers)
    return _page(token, answers, asking.form(asked, answers.given), asked)


@bp.post("/<token>/questions")
def save_questions(token: str) -> ResponseReturnValue:
    """What was typed is kept even where it does not fit yet: nobody types it twice."""
    draft = frame.draft_or_leave(token)
    answers = Answers.read(draft.data)
    form = asking.form(queries.questions(answers))
    if not form.validate_on_submit():
        return _page(token, answers, form, queries.questions(answers), status=422)
    answers = services.keep(draft, at=clock.now(), given=asking.given(form), questions_told=False)
    asked = queries.questions(answers)  # a formal request must say more than an ordinary one
    if not asking.fits(form, asked):
        return _page(token, answers, form, asked, status=422)
    answers = services.keep(draft, at=clock.now(), questions_told=True)
    return frame.onward(Step.QUESTIONS, token, answers)


def _page(
    token: str, answers: Answers, form: Form, asked: list[asking.Question], status: int = 200
) -> ResponseReturnValue:
    return frame.page(
        Step.QUESTIONS,
        token,
        answers,
        form,
        status=status,
        asked=asking.shown(form, asked),
        hints=promises.of_formalities(clock.now()),
    )
