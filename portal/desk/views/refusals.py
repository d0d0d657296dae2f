"""A refusal of a duty: what was asked for is not done, on a basis."""

from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.assignments.models import Assignment
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.desk import acts, answering
from portal.desk.views import taking
from portal.desk.views.blueprint import bp


@bp.post("/desk/<number>/refusal")
def refuse(number: str) -> ResponseReturnValue:
    def say(assignment: Assignment, form: Any, at: datetime) -> str | None:
        return answering.say(
            assignment,
            kind=ResponseKind.REFUSAL,
            basis=RefusalBasis(form.basis.data),
            body=form.body.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["refuse"], say)
