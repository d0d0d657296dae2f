"""What some categories must say or ask first: the emergency number, who else answers, whom it is about."""

from flask import redirect
from flask.typing import ResponseReturnValue

from portal import clock
from portal.forms import choices
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.organisation.outside import labels as outside_labels
from portal.reports.filing import forms, queries, rules, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.routing import queries as routing

UNKNOWN_UNIT = "0"


@bp.get("/<token>/emergency")
def emergency(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return frame.page(Step.EMERGENCY, token, answers, forms.EmergencyForm(data=answers.stored()))


@bp.post("/<token>/emergency")
def save_emergency(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.EmergencyForm()
    if not form.validate_on_submit():
        return frame.page(Step.EMERGENCY, token, Answers.read(draft.data), form, status=422)
    answers = services.keep(draft, at=clock.now(), emergency_read=True)
    return frame.onward(Step.EMERGENCY, token, answers)


@bp.get("/<token>/outside")
def outside(token: str) -> ResponseReturnValue:
    """Somebody else answers for it: who, and how to reach them, before anything more is typed."""
    answers = Answers.read(frame.draft_or_leave(token).data)
    bodies = [outside_labels.told(one) for one in queries.outside_bodies(answers.category, clock.now())]
    if not bodies:
        return redirect(frame.url(rules.after(Step.OUTSIDE, frame.added_steps(answers)), token))
    return frame.page(Step.OUTSIDE, token, answers, forms.OutsideForm(), bodies=bodies)


@bp.post("/<token>/outside")
def save_outside(token: str) -> ResponseReturnValue:
    """The resident thinks that it is the city's all the same: nobody is turned away."""
    answers = services.keep(frame.draft_or_leave(token), at=clock.now(), outside_read=True)
    return frame.onward(Step.OUTSIDE, token, answers)


@bp.get("/<token>/unit")
def unit(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    return frame.page(Step.UNIT, token, answers, _unit_form(answers))


@bp.post("/<token>/unit")
def save_unit(token: str) -> ResponseReturnValue:
    draft = frame.draft_or_leave(token)
    form = _unit_form(Answers.read(draft.data))
    if not form.validate_on_submit():
        return frame.page(Step.UNIT, token, Answers.read(draft.data), form, status=422)
    chosen = None if form.unit.data == UNKNOWN_UNIT else int(form.unit.data)
    answers = services.keep(draft, at=clock.now(), unit=chosen, unit_told=True)
    return frame.onward(Step.UNIT, token, answers)


def _unit_form(answers: Answers) -> forms.UnitForm:
    told = str(answers.unit or UNKNOWN_UNIT) if answers.unit_told else None
    form = forms.UnitForm(data={"unit": told})
    day = routing.city_day(clock.now())
    form.unit.choices = choices(
        [
            (UNKNOWN_UNIT, _("Saya tidak tahu")),
            *((str(agency.id), agency.name) for agency in organisation.receivers(day)),
        ]
    )
    return form
