"""A draft of the resident, for the routes of their own drafts."""

from typing import Any

from portal.accounts.models import User
from portal.db import db
from portal.reports.filing import queries, services
from portal.reports.filing.rules import Answers
from tests.builders import MONDAY


def parts(resident: User | None) -> dict[str, dict[str, Any]]:
    token = services.begin(Answers(title="Lampu mati"), owner=resident, at=MONDAY)
    draft = queries.draft(token, MONDAY)
    db.session.flush()
    return {
        "drafts": {"draft_id": draft.id if draft else 0},
        "filing.keep_typed": {"token": "x", "step": "what"},
    }
