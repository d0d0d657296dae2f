"""What residents of the demo city say of answers that they wait for too, and who follows by mail."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Row

from portal.accounts.models import User
from portal.assignments.models import Response
from portal.assignments.rules import ResponseKind, Verdict
from portal.db import db
from portal.reports import services
from portal.reports.followers import services as followers
from portal.reports.models import Report, ReportFollowerByMail, Supporter
from portal.reports.rules import ReportState
from portal.reports.services import record
from portal.surveys import services as surveys

SUPPORTERS = 40  # who said something of the newest answers
INTERIM = 30  # reporters who rated a first answer
FOLLOWERS = 3
SAID = {
    Verdict.SOLVED: ((4, 5, 5), "Di gang kami juga sudah beres."),
    Verdict.PARTLY: ((3, 3, 4), "Di ujung jalan masih sama saja."),
    Verdict.NOT: ((1, 2, 2), ""),
}


def happen(at: datetime) -> None:
    """A third of those with the same matter rate the answer; some reporters rate what came before the end."""
    chance = Random(24)  # the same city each time
    for report, user in _supporters(at):
        verdict, stars, comment = _opinion(chance)
        services.rate_as_supporter(
            report, by=user, verdict=verdict, stars=stars, comment=comment, at=at - timedelta(hours=6)
        )
    for report, response in _interim(at):
        verdict, stars, _comment = _opinion(chance)
        said_at = min(response.at + timedelta(hours=20), at)
        surveys.rate_answer(response, user_id=None, verdict=verdict, stars=stars, comment="", at=said_at)
        record.write(
            report,
            "answer_rated",
            at=said_at,
            response=response.id,
            verdict=verdict.value,
            stars=stars,
        )
    _follow(at)


def _opinion(chance: Random) -> tuple[Verdict, int, str]:
    verdict = chance.choices((Verdict.SOLVED, Verdict.PARTLY, Verdict.NOT), (5, 3, 2))[0]
    stars, comment = SAID[verdict]
    return verdict, chance.choice(stars), comment if chance.random() < 0.3 else ""


def _supporters(at: datetime) -> list[Row[Report, User]]:
    query = (
        db.select(Report, User)
        .join(Supporter, Supporter.report_id == Report.id)
        .join(User, User.id == Supporter.user_id)
        .where(
            Supporter.is_affected,
            Report.title != "",
            Report.first_response_at < at - timedelta(days=1),
            Report.state.in_((ReportState.ANSWERED, ReportState.OPEN)),
        )
    )
    return list(db.session.execute(query.order_by(Report.id.desc(), User.id).limit(SUPPORTERS)))


def _interim(at: datetime) -> list[Row[Report, Response]]:
    query = (
        db.select(Report, Response)
        .join(Response, Response.assignment_id == Report.assignment_id)
        .where(
            Response.kind == ResponseKind.INTERIM,
            Response.at < at - timedelta(days=2),
            Report.state == ReportState.CLOSED,
        )
    )
    newest = db.session.execute(query.order_by(Response.id.desc()).limit(INTERIM)).all()
    return list({row[0].id: row for row in reversed(newest)}.values())


def _follow(at: datetime) -> None:
    """Neighbours without an account; one has not pressed the link yet."""
    running = db.session.scalars(
        db.select(Report)
        .where(Report.title != "", Report.state == ReportState.OPEN)
        .order_by(Report.id.desc())
        .limit(FOLLOWERS)
    )
    for serial, report in enumerate(running):
        address = f"tetangga{serial}@demo.balaiwarga.example"
        followers.ask(report, address, language="id", at=at - timedelta(hours=3))
        row = db.session.scalars(db.select(ReportFollowerByMail).filter_by(address=address)).one()
        if serial:
            followers.confirm(row, at=at - timedelta(hours=2))
