"""Attacks in what officials write to one another and beside photos, and in what residents say to those."""

from typing import Any

from portal.accounts.rules import Role
from portal.assignments import approvals, contributions, corrections, evidence
from portal.assignments.rules import ResponseKind
from tests.builders import MONDAY, make_category, make_report
from tests.projects.pictures import jpeg


def write_joint_work(hall: Any) -> None:
    """Evidence that is disputed and explained, help, a correction, an answer that waits for approval."""
    ink, by, at = hall.ink, hall.holder, MONDAY
    duty = _duty(hall)
    photo = evidence.add(duty, jpeg(), alt=ink.line(200), by=by, at=at)
    hall.answer(duty, ResponseKind.INTERIM)
    evidence.dispute(photo, reason=ink.text(1000), at=at)
    evidence.reply(photo, words=ink.text(1000), at=at)
    evidence.add(duty, jpeg(), alt=ink.line(200), by=by, at=at)
    asked = {"to_official": hall.head, "by": by, "at": at}
    request = contributions.ask(duty, question=ink.text(1000), **asked)
    contributions.give(request, body=ink.text(3000), by=hall.people[Role.HEAD], at=at)
    contributions.ask(duty, question=ink.text(1000), **asked)
    corrections.correct(duty, category=make_category(), area=None, reason=ink.text(1000), by=by, at=at)
    _submitted(hall)


def _submitted(hall: Any) -> None:
    duty, ink = _duty(hall), hall.ink
    said = {"kind": ResponseKind.ANSWER, "by": hall.holder, "at": MONDAY}
    sent_back = approvals.submit(duty, body=ink.text(3000), **said)
    approvals.send_back(sent_back, words=ink.text(1000), by=hall.people[Role.HEAD], at=MONDAY)
    approvals.submit(duty, body=ink.text(3000), **said)


def _duty(hall: Any) -> Any:
    words = {"title": hall.ink.line(120), "body": hall.ink.text(3000)}
    return make_report(hall.category, by=hall.resident, **words).assignment
