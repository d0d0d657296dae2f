"""What is it about? The first question, and the one that begins a draft."""

from typing import Any

from flask.typing import ResponseReturnValue

from portal import clock, config
from portal.forms import plain
from portal.reports.filing import forms, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.security import limiter


@bp.get("")
def new() -> ResponseReturnValue:
    return frame.page(Step.WHAT, None, Answers(), forms.WhatForm(data={"kind": Answers().kind}))


@bp.post("")
@limiter.limit(lambda: config.current().filing_limit)
def create() -> ResponseReturnValue:
    form = forms.WhatForm()
    if not form.validate_on_submit():
        return frame.page(Step.WHAT, None, Answers(), form, status=422)
    answers = Answers(kind=form.kind.data, title=plain(form.title.data), body=plain(form.body.data))
    return frame.go(Step.CATEGORY, services.begin(answers, at=clock.now()))


@bp.get("/<token>/what")
def what(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return frame.page(Step.WHAT, token, answers, forms.WhatForm(data=answers.stored()))


@bp.post("/<token>/what")
def save_what(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.WhatForm()
    if not form.validate_on_submit():
        return frame.page(Step.WHAT, token, Answers.read(draft.data), form, status=422)
    return frame.onward(Step.WHAT, token, services.keep(draft, at=clock.now(), **_said(form)))


def _said(form: forms.WhatForm) -> dict[str, Any]:
    return {"kind": form.kind.data, "title": form.title.data, "body": form.body.data}
