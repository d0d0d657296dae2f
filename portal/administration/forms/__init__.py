"""What administrators can type."""

from portal.administration.forms.calendars import CalendarVersion
from portal.administration.forms.policies import PolicyVersion, policy_form, revised_policy
from portal.administration.forms.things import Agency, Category, Official, Roles, Rule

__all__ = [
    "Agency",
    "CalendarVersion",
    "Category",
    "Official",
    "PolicyVersion",
    "Roles",
    "Rule",
    "policy_form",
    "revised_policy",
]
