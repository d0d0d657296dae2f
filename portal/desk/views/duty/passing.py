"""A duty passed on to others, or given more time."""

from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.assignments import extensions, handovers
from portal.assignments.models import Assignment
from portal.deadlines.rules.stages import Stage
from portal.desk import acts
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Agency, Official


@bp.post("/desk/<number>/transfer")
def transfer(number: str) -> ResponseReturnValue:
    def hand_on(assignment: Assignment, form: Any, at: datetime) -> None:
        handovers.transfer(
            assignment,
            reason=form.body.data or "",
            to_agency=taking.found(Agency, form.agency.data),
            to_official=taking.found(Official, form.official.data),
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["transfer"], hand_on)


@bp.post("/desk/<number>/return")
def send_back(number: str) -> ResponseReturnValue:
    def give_back(assignment: Assignment, form: Any, at: datetime) -> None:
        handovers.send_back(
            assignment,
            reason=form.body.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["return"], give_back)


@bp.post("/desk/<number>/extensions")
def ask_extension(number: str) -> ResponseReturnValue:
    def ask(assignment: Assignment, form: Any, at: datetime) -> None:
        extensions.ask(
            assignment,
            Stage(form.stage.data),
            days=form.days.data,
            reason=form.reason.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["extend"], ask)


@bp.post("/desk/<number>/reassignment")
def reassign(number: str) -> ResponseReturnValue:
    def give(assignment: Assignment, form: Any, at: datetime) -> None:
        official = taking.found(Official, form.official.data)
        if official is None:
            raise DomainError(_("Pilih petugas."), field="official")
        handovers.reassign(
            assignment,
            to_official=official,
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["reassign"], give)
