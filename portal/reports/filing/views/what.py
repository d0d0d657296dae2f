"""What is it about? The first question, and the one that begins a draft."""

from typing import Any

from flask.typing import ResponseReturnValue

from portal import clock, config, htmx
from portal.forms import plain
from portal.reports import rules as report_rules
from portal.reports.filing import advice, forms, promises, services, wording
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.security import limiter


@bp.get("")
def new() -> ResponseReturnValue:
    return _page(None, Answers(), forms.WhatForm(data={"kind": Answers().kind}))


@bp.post("")
@limiter.limit(lambda: config.current().filing_limit)
def create() -> ResponseReturnValue:
    if token := frame.begun():
        return save_what(token)
    form = forms.WhatForm()
    if not form.validate_on_submit():
        return _page(None, Answers(), form, status=422)
    answers = Answers(kind=form.kind.data, title=plain(form.title.data), body=plain(form.body.data))
    return frame.go(Step.CATEGORY, frame.begin(answers))


@bp.post("/advice")
def first_aid() -> ResponseReturnValue:
    """Who helps faster, while it is being typed. It comes by POST, so that no address holds the words."""
    form = forms.WhatForm()
    return htmx.render("reports/new/advice.html", block="advice", advice=_advice(form))


@bp.get("/<token>/what")
def what(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return _page(token, answers, forms.WhatForm(data=answers.stored()))


@bp.post("/<token>/what")
def save_what(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.WhatForm()
    if not form.validate_on_submit():
        return _page(token, Answers.read(draft.data), form, status=422)
    return frame.onward(Step.WHAT, token, services.tell(draft, at=clock.now(), **_said(form)))


def _said(form: forms.WhatForm) -> dict[str, Any]:
    return {"kind": form.kind.data, "title": form.title.data, "body": form.body.data}


def _advice(form: forms.WhatForm) -> advice.Advice | None:
    typed = f"{plain(form.title.data)}\n{plain(form.body.data)}"
    return advice.of(typed[: report_rules.BODY_LENGTH], clock.now())


def _page(
    token: str | None, answers: Answers, form: forms.WhatForm, status: int = 200
) -> ResponseReturnValue:
    """The labels are those of the chosen kind; the page holds the others too, for whoever chooses anew."""
    form.title.label.text, form.body.label.text = str(form.wording.title), str(form.wording.body)
    return frame.page(
        Step.WHAT,
        token,
        answers,
        form,
        status=status,
        wordings={kind.value: words for kind, words in wording.OF.items()},
        promises=promises.of_kinds(clock.now()),
        advice=_advice(form),
    )
