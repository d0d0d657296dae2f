"""What administrators can type."""

from portal.administration.forms.calendars import CalendarVersion
from portal.administration.forms.policies import (
    PolicyApplication,
    PolicyVersion,
    policy_form,
    policy_rows,
    revised_policy,
)
from portal.administration.forms.questions import Question, question_data
from portal.administration.forms.substitutes import Substitutes
from portal.administration.forms.things import Agency, Category, Official, Roles, Rule

__all__ = [
    "Agency",
    "CalendarVersion",
    "Category",
    "Official",
    "PolicyApplication",
    "PolicyVersion",
    "Question",
    "Roles",
    "Rule",
    "Substitutes",
    "policy_form",
    "policy_rows",
    "question_data",
    "revised_policy",
]
