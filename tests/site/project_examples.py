"""Examples for the rooms of a project in which residents give ideas, meet and read papers."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from portal.accounts.models import User
from portal.organisation.models import Official
from portal.projects.comments import services as comments
from portal.projects.documents import services as documents
from portal.projects.ideas import duty
from portal.projects.meetings import services as meetings
from portal.projects.meetings.services import Invitation
from portal.projects.rules import PhaseKind
from tests.builders import MONDAY, make_idea, make_phase, make_project

# The tests that walk the routes have the clock of the day on which they run.
LATER = datetime(2029, 12, 31, tzinfo=UTC)
OF_OTHERS = ("support", "add_support", "remove_support")
PDF = b"%PDF-1.7\n%%EOF\n"


def parts(official: Official, resident: User) -> dict[str, dict[str, Any]]:
    """Parts of addresses by endpoint, of a project for which the official answers."""
    project = make_project(PhaseKind.INFORM, official=official)
    phase = make_phase(project, PhaseKind.COLLECT, closes_on=LATER.date())
    own, owed = make_idea(project, by=resident), make_idea(project, by=resident)
    duty.owe_status(owed, at=MONDAY)
    comment = comments.write(project, own.subject, body="Setuju.", by=resident, at=MONDAY)
    meeting = meetings.invite(project, _invitation(), at=MONDAY)
    paper = documents.publish(
        project, BytesIO(PDF), title="Denah", dated_on=date(2026, 11, 1), by=None, at=MONDAY
    )
    return {
        "projects": {"slug": project.slug},
        "project_editing": {"slug": project.slug, "phase_id": phase.id},
        "ideas": {"slug": project.slug, "number": own.number},
        "ideas.judge": {"number": owed.number},
        **{f"ideas.{name}": {"number": make_idea(project).number} for name in OF_OTHERS},
        "comments": {"about": own.subject, "number": comment.number},
        "meetings": {"slug": project.slug, "number": meeting.number},
        "documents": {"slug": project.slug, "token": paper.token},
    }


def _invitation() -> Invitation:
    ends_at = LATER + timedelta(hours=2)
    return Invitation(title="Membahas denah", agenda="", place="Aula", starts_at=LATER, ends_at=ends_at)
