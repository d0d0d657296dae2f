"""How a person wants to be told, one choice for each group of letters."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired

from portal.accounts.models import User
from portal.forms import Form
from portal.forms import choices as options
from portal.i18n import _l
from portal.notifications import choices
from portal.notifications.labels import CHANNEL, SUMMARY_CHANNEL, Label
from portal.notifications.rules import KINDS, Group


def choices_form(user: User, **formdata: Any) -> Form:
    """The form of the groups that mean anything to this person, filled with what holds now."""
    groups = choices.adjustable(user)
    fields = {group.value: _field(group, label) for group, label in groups.items()}
    form_class = type("ChoicesForm", (Form,), fields)
    held: dict[str, Any] = {group.value: choices.chosen(user, group).value for group in groups}
    form: Form = form_class(data=held, **formdata)
    return form


def _field(group: Group, label: Label) -> SelectField:
    words = SUMMARY_CHANNEL if group is Group.SUMMARY else CHANNEL
    offered = KINDS[group].offered
    return SelectField(
        label.name,
        [InputRequired(_l("Pilih salah satu."))],
        choices=options((channel.value, words[channel]) for channel in words if channel in offered),
    )
