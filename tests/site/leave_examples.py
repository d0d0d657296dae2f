"""A leave that is asked for, and feedback on a duty, for the tests that walk all routes."""

from datetime import date
from typing import Any

from portal.accounts.models import User
from portal.assignments import feedback
from portal.db import db
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveState
from portal.reports.models import Report
from tests.builders import MONDAY

OF_OFFICIAL = ("leave_of", "enter_leave", "figures_of")
OF_LEAVE = ("review_leave", "decide_leave", "cancel_leave")


def parts(official: Official, boss: User, duty: Report) -> dict[str, dict[str, Any]]:
    absence = Absence(
        official=official,
        state=LeaveState.ASKED,
        from_on=date(2099, 1, 5),
        to_on=date(2099, 1, 6),
        created_at=MONDAY,
    )
    db.session.add(absence)
    said = feedback.give(duty.assignment, body="Jawaban yang jelas.", by=boss, at=MONDAY)
    db.session.flush()
    return {
        **{f"desk.{name}": {"official_id": official.id} for name in OF_OFFICIAL},
        **{f"desk.{name}": {"absence_id": absence.id} for name in OF_LEAVE},
        "desk.reply_feedback": {"number": duty.number, "feedback_id": said.id},
        "substitutes": {"official_id": official.id},
    }
