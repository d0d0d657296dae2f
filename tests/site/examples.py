"""A person of each role, and an example for the parts of an address, for the tests that walk all routes."""

from dataclasses import dataclass
from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.deadlines import importers
from portal.jobs.models import Job
from portal.jobs.rules import JobState
from portal.organisation.rules import Rank
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
    make_user,
)
from tests.site import (
    after_examples,
    building_examples,
    desk_examples,
    door_examples,
    draft_examples,
    edition_examples,
    forum_examples,
    identity_examples,
    joint_examples,
    leave_examples,
    machine_examples,
    mail_examples,
    moderation_examples,
    photo_examples,
    plan_examples,
    project_examples,
    question_examples,
    refusal_examples,
    triage_examples,
)
from tests.surveys import making as surveys

RANKS = {Role.HEAD: Rank.HEAD, Role.SUPERVISOR: Rank.SUPERVISOR, Role.OFFICIAL: Rank.OFFICIAL}
ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class City:
    """One agency with its line of officials, one report on a desk and one in triage."""

    people: dict[str, User | None]  # by role; None is the visitor
    parts: dict[str, dict[str, Any]]  # of addresses, by endpoint or by its blueprint

    def example(self, endpoint: str) -> dict[str, Any]:
        """Values for the parts of the route's address, as far as there are examples."""
        return self.parts.get(endpoint, self.parts.get(endpoint.split(".")[0], {}))


def city() -> City:
    importers.seed(zone=ZONE, at=MONDAY)
    people: dict[str, User | None] = {"visitor": None, **{role.value: make_user(role) for role in Role}}
    agency, official = make_agency(), None
    for role, rank in RANKS.items():
        above = official.id if official else None
        official = make_official(agency, user_id=_id(people[role]), rank=rank, supervisor_id=above)
    category = make_category()
    rule = make_routing_rule(category, agency)
    duty = make_report(category, by=people[Role.RESIDENT])
    triage = make_report(make_category(), by=people[Role.RESIDENT])
    of_others = make_report(category)
    service = surveys.make_service(agency)
    survey = surveys.make_survey(service, official_id=official and official.id)
    over = surveys.published(
        surveys.make_survey(surveys.make_service(agency), official_id=survey.official_id)
    ).survey
    remark = surveys.make_remark(survey)
    job = Job(name="trial", payload={}, state=JobState.DEAD, run_at=MONDAY, created_at=MONDAY)
    db.session.add(job)
    db.session.flush()
    administration = {
        "agency_id": agency.id,
        "official_id": official.id if official else 0,
        "rule_id": rule.id,
        "job_id": job.id,
        "code": category.code,
        "key": "five_day",
        "number": 1,
        **machine_examples.administration(),
    }
    parts = {
        "static": {"filename": "css/portal.css"},
        "administration": administration,
        "desk": {"number": duty.number},
        **desk_examples.parts(agency, people[Role.HEAD]),
        **draft_examples.parts(people[Role.RESIDENT]),
        **leave_examples.parts(official, people[Role.SUPERVISOR], duty),
        "duties": {"number": duty.number},
        **joint_examples.parts(category, people),
        "reports": {"number": duty.number},
        "following": {"number": duty.number},
        **{f"desk.{name}": {"number": triage.number} for name in TRIAGE},
        **triage_examples.parts(duty, triage),
        **refusal_examples.parts(category, people),
        **identity_examples.parts(people[Role.RESIDENT]),
        **question_examples.parts(category),
        **{f"desk.{name}": {} for name in RARE},
        **{f"reports.{name}": {"number": of_others.number} for name in SYMPATHY},
        **after_examples.parts(category, people),
        "mailroom": {"name": "x"},
        **machine_examples.parts(category.code, duty.number),
        **door_examples.parts(duty.number, people[Role.MODERATOR]),
        **mail_examples.parts(people[Role.RESIDENT]),
        **building_examples.parts(official),
        **project_examples.parts(official, people[Role.RESIDENT]),
        **photo_examples.parts(),
        **plan_examples.parts(official, people[Role.RESIDENT]),
        "statistics.agency": {"code": agency.code},
        **edition_examples.parts(),
        "surveys": {"number": survey.number, "service_id": service.id, "remark_id": remark.id},
        **{f"surveys.{name}": {"number": over.number} for name in RESULT},
        **forum_examples.parts(category, people[Role.RESIDENT]),
        **moderation_examples.parts(people[Role.RESIDENT]),
    }
    return City(people, parts)


TRIAGE = ("review", "suggestion_words", "verify", "edit_correction", "correct", "ask", "refuse_report")
# Only after a transfer or a dispute.
RARE = ("returned", "redispose", "refuse_returned", "close_dispute", "reopen_dispute", "send_back")
RESULT = ("result_csv", "result_json", "edit_changes", "publish_changes")  # of a published survey
SYMPATHY = ("support", "add_support", "follow", "unfollow")  # nobody supports their own report


def _id(user: User | None) -> int | None:
    return user.id if user else None
