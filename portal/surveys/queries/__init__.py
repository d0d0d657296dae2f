"""What can be read of surveys. Import the package: `queries.open_now(...)`."""

from portal.surveys.queries.agency_services import overlapping, service_named, service_or_404, services_of
from portal.surveys.queries.invitations import invitation, invited_digests, inviting, to_remind
from portal.surveys.queries.open_answers import released_remarks, remark_or_404, remarks, unread_remark_count
from portal.surveys.queries.paging import Page
from portal.surveys.queries.ratings import Opinion, answer_rating, last_verdict, supporters_opinions, to_rate
from portal.surveys.queries.surveys import (
    agencies_with_surveys,
    computed,
    in_preparation,
    managed,
    of_subject,
    open_now,
    phase_of,
    published,
    published_document,
    questions_of,
    survey_or_404,
    today,
)

__all__ = [
    "Opinion",
    "Page",
    "agencies_with_surveys",
    "answer_rating",
    "computed",
    "in_preparation",
    "invitation",
    "invited_digests",
    "inviting",
    "last_verdict",
    "managed",
    "of_subject",
    "open_now",
    "overlapping",
    "phase_of",
    "published",
    "published_document",
    "questions_of",
    "released_remarks",
    "remark_or_404",
    "remarks",
    "service_named",
    "service_or_404",
    "services_of",
    "supporters_opinions",
    "survey_or_404",
    "to_rate",
    "to_remind",
    "today",
    "unread_remark_count",
]
