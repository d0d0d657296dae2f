"""Something to look at in each room of the demo city, for the addresses of the pages."""

import re
from datetime import date
from typing import Any

from portal import clock
from portal.accounts.models import User, UserRole
from portal.accounts.rules import Role
from portal.assignments.models import Assignment, Response
from portal.canned.models import CannedAnswer
from portal.db import db, transaction
from portal.forum.models import Post, Thread
from portal.moderation import services as moderation
from portal.moderation import targets
from portal.moderation.models import Appeal, Decision, ReviewItem
from portal.moderation.rules import Action
from portal.organisation.models import Agency, Official
from portal.projects.building import monthly
from portal.projects.building.models import MonthlyReport
from portal.projects.ideas.models import Idea
from portal.projects.meetings.models import Meeting
from portal.projects.models import Project
from portal.projects.plans.models import Pin
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import Report
from portal.statistics.editions import services as editions
from portal.statistics.editions.models import Edition, EditionDraft
from portal.surveys.models import Survey
from tests.browser.conftest import City


def numbers(city: City) -> dict[str, Any]:
    """A value for each blank in the addresses of the tests."""
    with city.app.test_request_context():
        return {
            **_reports(city),
            **_duties(city),
            **_talk(),
            **_plans(city),
            **_moderation(),
            **_figures(city),
        }


def prepare_edition(city: City) -> int:
    """A draft of the latest edition's correction, as the demo's moderator leaves it."""
    with city.app.test_request_context(), transaction():
        last = db.session.query(Edition).order_by(Edition.number.desc()).first()
        moderator = db.session.query(User).filter_by(email=city.account("moderator")).one()
        draft = editions.prepare(
            last.first_on,
            last.last_on,
            by=moderator,
            at=clock.now(),
            corrects=last,
            reason="Satu dinas terhitung dua kali.",
        )
        return int(draft.id)


def _reports(city: City) -> dict[str, Any]:
    mine = city.app.test_client()
    mine.set_cookie("session", city.cookie_of(city.account("petugas"))["value"])
    listed = mine.get("/desk").get_data(as_text=True)
    return {
        "open": city.number_like(state="open", is_confidential=False),
        "closed": city.number_like(state="closed", is_confidential=False, ending="solved"),
        "confidential": city.number_like(is_confidential=True),
        "submitted": city.number_like(state="submitted"),
        "sealed": _sealed(),
        "mine": re.search(r'href="/desk/(MDN-[^"?]+)', listed).group(1),
    }


def _sealed() -> str:
    """An anonymous report, filed by an account."""
    found = db.session.scalar(
        db.select(Report.number).join(SealedIdentity, SealedIdentity.report_id == Report.id)
    )
    return str(found)


def _duties(city: City) -> dict[str, Any]:
    official = db.session.query(Official).join(User).filter_by(email=city.account("petugas")).one()
    shown = db.session.query(Assignment).join(Response).join(Response.photos)
    body = db.session.query(Agency).filter_by(is_external=True).first()
    return {
        "body": body.code,
        "canned": db.session.query(CannedAnswer).first().id,
        "evidence": shown.filter(Assignment.agency_id == official.agency_id).first().number,
    }


def _talk() -> dict[str, Any]:
    answered = db.session.query(Assignment).filter_by(origin="thread", state="closed").first()
    waiting = db.session.query(Assignment).filter_by(origin="thread", state="open").first()
    thread = db.session.query(Thread).order_by(Thread.reply_count.desc()).first()
    return {
        "thread": thread.number,
        "post": db.session.query(Post).filter_by(thread_id=thread.id).first().number,
        "category": thread.category.slug,
        "answered": answered.number,
        "question": waiting.number,
        "question_holder": _email(waiting),
    }


def owe_report(city: City, month: int = 7) -> str:
    """Number of a monthly report that the demo's official still owes."""
    with city.app.test_request_context(), transaction():
        project = db.session.query(Project).filter_by(slug="jalan-garu").one()
        return str(monthly.owe(project, date(2026, month, 1)).number)


def _plans(city: City) -> dict[str, Any]:
    park = db.session.query(Project).filter_by(slug="taman-amplas").one()
    reports = db.session.query(MonthlyReport).order_by(MonthlyReport.id)
    unpublished = reports.filter(MonthlyReport.published_at.is_(None))
    if unpublished.first() is None:
        owe_report(city)
    owed = unpublished.first()
    idea = db.session.query(Assignment).filter_by(origin="idea", state="open").first()
    favourite = db.session.query(Idea).filter_by(project_id=park.id).order_by(Idea.supporter_count.desc())
    return {
        "idea": favourite.first().number,
        "owed_idea": idea.number,
        "pin": db.session.query(Pin).first().number,
        "meeting": db.session.query(Meeting).first().number,
        "monthly": reports.first().number,
        "owed_report": owed.number,
        "owed_report_holder": _email(owed.assignment),  # a substitute, when its official is on leave
    }


def _moderation() -> dict[str, Any]:
    waiting = db.session.query(Appeal).filter(Appeal.decided_at.is_(None)).first()
    appeal = waiting or _appeal()
    return {
        "item": db.session.query(ReviewItem).filter_by(state="open").first().id,
        "decided_item": db.session.query(ReviewItem).filter_by(state="decided").first().id,
        "appeal": appeal.id,
        "second_moderator": _moderator_beside(appeal.against_id),
    }


def _appeal() -> Appeal:
    """Somebody disagrees with a decision, and another moderator has not read it yet."""
    hidden = db.session.query(Decision).filter_by(action=Action.HIDDEN, appeal=None)
    decision = hidden.order_by(Decision.at.desc()).first()
    with transaction():
        author = db.session.get_one(User, targets.find_or_404(decision.item.subject).author_id)
        return moderation.appeal(decision, body="Yang saya tulis bukan iklan.", by=author, at=clock.now())


def second_moderator(city: City) -> str:
    """A moderator beside the demo's own."""
    with city.app.app_context():
        own = db.session.query(User).filter_by(email=city.account("moderator")).one()
        return _moderator_beside(own.id)


def _moderator_beside(user_id: int) -> str:
    query = db.session.query(User.email).join(UserRole).filter(UserRole.role == Role.MODERATOR)
    return str(query.filter(User.id != user_id).limit(1).scalar())


def _figures(city: City) -> dict[str, Any]:
    draft = db.session.query(EditionDraft).first()
    surveys = db.session.query(Survey).order_by(Survey.id)
    return {
        "edition": db.session.query(Edition).order_by(Edition.number.desc()).first().number,
        "draft": draft.id if draft else prepare_edition(city),
        "survey": surveys.filter(Survey.published_at.is_(None)).first().number,
        "result": surveys.filter(Survey.published_at.is_not(None), Survey.kind == "skm").first().number,
        "evaluation": surveys.filter(Survey.kind == "evaluation").first().number,
    }


def _email(assignment: Assignment) -> str:
    return str(db.session.get_one(User, assignment.official.user_id).email)
