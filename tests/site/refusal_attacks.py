"""Attacks in the directory of outside bodies, in refusals, and in why they were undone."""

from typing import Any

from portal.accounts.rules import Role
from portal.assignments import refusals
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.organisation.outside import services as outside
from portal.organisation.outside.services import ChannelValues
from portal.organisation.rules import ChannelKind
from portal.reports import services as reports
from tests.builders import MONDAY, make_agency, make_category, make_report


def write_refusals(hall: Any) -> None:
    """Two refusals by the holder, two before verification; one of each is undone by the other moderator."""
    ink, at = hall.ink, MONDAY
    body = make_agency(name=ink.line(150), contact=ink.text(300), is_external=True)
    kinds = (ChannelKind.APP, ChannelKind.COUNTER)
    channels = [ChannelValues(kind, ink.line(200), ink.line(100), ink.line(200)) for kind in kinds]
    outside.describe(
        body,
        covers=ink.text(500),
        category_codes=[hall.category.code],
        channels=channels,
        checked_on=None,
        at=at,
    )
    grounds = {"basis": RefusalBasis.NOT_COMPETENT, "outside_body": body}
    words = {"title": ink.line(120), "body": ink.text(3000)}
    said = [
        hall.answer(
            make_report(hall.category, by=hall.resident, **words).assignment, ResponseKind.REFUSAL, **grounds
        )
        for _ in range(2)
    ]
    early = [
        reports.refuse_unverified(
            make_report(make_category(), by=hall.resident, **words),
            reason=ink.text(1000),
            by=hall.people[Role.MODERATOR],
            at=at,
            **grounds,
        )
        for _ in range(2)
    ]
    refusals.overturn(said[0], reason=ink.text(1000), by=hall.second, at=at)
    reports.overturn_early(early[0], reason=ink.text(1000), by=hall.second, at=at)
