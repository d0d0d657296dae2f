"""Fill in a survey: through the open door, or with an invitation."""

import secrets

from flask import abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx
from portal.accounts import links
from portal.errors import DomainError
from portal.security import limiter
from portal.surveys import queries, services, words
from portal.surveys.forms import AnswerForm
from portal.surveys.models import Survey, SurveyInvitation
from portal.surveys.rules.periods import Phase
from portal.surveys.services.inviting import PURPOSE
from portal.surveys.views.blueprint import bp

ANSWERED = "answered_surveys"  # in the session: this browser went through the open door
REMEMBERED = 20
LIMIT = "10 per minute; 60 per hour"  # a counter's tablet, a family's phone; no machine


@bp.get("/<number>/answer")
def new_answer(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    if survey.id in session.get(ANSWERED, ()):
        return redirect(url_for(".thanks", number=number))
    if not survey.has_open_door or not _is_open(survey):
        return redirect(url_for(".show", number=number))
    return _page(survey, _form(survey), url_for(".create_answer", number=number))


@bp.post("/<number>/responses")
@limiter.limit(LIMIT)
def create_answer(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    if survey.id in session.get(ANSWERED, ()):
        return htmx.go(url_for(".thanks", number=number))
    return _take(survey, None, url_for(".create_answer", number=number))


@bp.get("/invitations/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Opening the link uses nothing up: programs that look at letters open links by themselves."""
    found = _invitation(token)
    if found is None or not _is_open(found.survey):
        return render_template(
            "surveys/invitation_over.html", survey=found and found.survey, words=words
        ), 410
    if found.is_answered:
        return redirect(url_for(".thanks", number=found.survey.number))
    return _page(found.survey, _form(found.survey), url_for(".answer_invitation", token=token))


@bp.post("/invitations/<token>")
@limiter.limit(LIMIT)
def answer_invitation(token: str) -> ResponseReturnValue:
    found = _invitation(token)
    if found is None or not _is_open(found.survey):
        return redirect(url_for(".invitation", token=token), 303)
    return _take(found.survey, found, url_for(".answer_invitation", token=token))


@bp.get("/<number>/thanks")
def thanks(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    return render_template("surveys/thanks.html", survey=survey, words=words)


def _take(survey: Survey, found: SurveyInvitation | None, action: str) -> ResponseReturnValue:
    form = _form(survey)
    if not form.validate():
        return _page(survey, form, action, 422)
    try:
        services.answer(
            survey,
            given=form.given,
            facts=form.told_facts,
            token=form.token.data or abort(400),
            invitation=found,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _page(survey, form, action, 422)
    if found is None:
        session[ANSWERED] = [*session.get(ANSWERED, ()), survey.id][-REMEMBERED:]
    return htmx.go(url_for(".thanks", number=survey.number))


def _form(survey: Survey) -> AnswerForm:
    return AnswerForm.of(
        queries.questions_of(survey),
        asks_facts=survey.asks_facts,
        data={"token": secrets.token_urlsafe(16)},
    )


def _page(survey: Survey, form: AnswerForm, action: str, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "surveys/answer.html", survey=survey, form=form, action=action, words=words
    ), status


def _is_open(survey: Survey) -> bool:
    return queries.phase_of(survey, clock.now()) is Phase.OPEN


def _invitation(token: str) -> SurveyInvitation | None:
    claims = links.read(PURPOSE, token, at=clock.now())
    return queries.invitation(claims["invitation"]) if claims else None
