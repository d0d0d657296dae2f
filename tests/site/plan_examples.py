"""Examples for a plan on which notes are asked for, with its next version in the making."""

from io import BytesIO
from typing import Any

from portal.accounts.models import User
from portal.organisation.models import Official
from portal.projects.plans import queries, services
from portal.projects.rules import PhaseKind
from tests.builders import DRAWING, MONDAY, make_phase, make_pin, make_plan, make_project
from tests.site.project_examples import LATER

OF_OTHERS = ("support", "add_support", "remove_support")


def parts(official: Official, resident: User) -> dict[str, dict[str, Any]]:
    """Parts of addresses by endpoint; nobody supports their own pin, so that one is of somebody else."""
    project = make_project(PhaseKind.INFORM, official=official)
    make_phase(project, PhaseKind.ANNOTATE, closes_on=LATER.date())
    first = make_plan(project)
    services.publish(_draft(project), at=MONDAY)
    second = queries.current(project)
    own, of_others = make_pin(second, by=resident), make_pin(second)
    _draft(project)
    return {
        "attachments.drawing": {"token": first.drawing.token},
        "plans": {"slug": project.slug, "number": 2},
        "plan_drafts": {"slug": project.slug},
        "pins": {"slug": project.slug, "number": own.number},
        **{f"pins.{name}": {"number": of_others.number} for name in OF_OTHERS},
    }


def _draft(project: Any) -> Any:
    sheet = services.Sheet(change_note="Panggung dipindah.")
    return services.draft(project, sheet, drawing=BytesIO(DRAWING), by=None, at=MONDAY)
