"""The next version of the limits: a number for each stage of each matter."""

from copy import deepcopy
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portal.administration.forms.things import stripped
from portal.administration.labels import MATTER, NUMBER
from portal.deadlines.rules import policy
from portal.deadlines.rules.stages import Matter
from portal.forms import Form
from portal.i18n import _l

LONGEST = 400  # working days; more than a year is a typing error


class PolicyVersion(Form):
    """The limits themselves are added by `policy_form`."""

    note = TextAreaField(
        _l("Alasan dan dasar hukum perubahan"), [DataRequired(), Length(max=1000)], filters=[stripped]
    )
    valid_from = DateField(_l("Berlaku untuk yang masuk mulai"), [InputRequired()])
    for_open_matters = BooleanField(_l("Terapkan juga pada yang masih terbuka"))
    reason = TextAreaField(
        _l("Alasan menerapkannya pada yang masih terbuka"), [Length(max=1000)], filters=[stripped]
    )
    step = StringField()  # which of the two buttons was pressed

    @property
    def is_final(self) -> bool:
        return bool(self.step.data == "save")

    def limit_of(self, matter: str, stage: str) -> Any:
        return self._fields[_name(matter, stage, "limit")]

    def extension_of(self, matter: str, stage: str) -> Any:
        return self._fields[_name(matter, stage, "extension")]


class PolicyApplication(Form):
    """Let open matters follow a policy that they did not begin with."""

    reason = TextAreaField(_l("Alasan"), [DataRequired(), Length(max=1000)], filters=[stripped])
    step = StringField()

    @property
    def is_final(self) -> bool:
        return bool(self.step.data == "save")


def policy_form(document: dict[str, Any]) -> type[PolicyVersion]:
    """The form for a policy: its limits as numbers, filled with those in force."""
    fields = {name: _number(label, policy.number(document, name), least=1) for name, label in NUMBER.items()}
    for matter, stage, row in policy_rows(document):
        fields[_name(matter, stage, "limit")] = _number(_l("Batas"), row["limit"], least=1)
        fields[_name(matter, stage, "extension")] = _number(
            _l("Perpanjangan"), row.get("extension", 0), least=0
        )
    return type("FilledPolicyVersion", (PolicyVersion,), fields)


def revised_policy(document: dict[str, Any], form: PolicyVersion) -> dict[str, Any]:
    """The policy's document with the numbers that were typed; what changes rests on the note from now on."""
    revised = deepcopy({**document, "matters": policy.matters(document)})
    revised |= {name: form[name].data for name in NUMBER}
    for matter, stage, row in policy_rows(revised):
        typed = form.limit_of(matter, stage).data, form.extension_of(matter, stage).data
        if typed != (row["limit"], row.get("extension", 0)):
            row["limit"], row["extension"] = typed
            row["basis"] = dict.fromkeys(row["basis"], form.note.data)
    return revised


def policy_rows(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Matter, stage and limit, in the order of the labels: a kind thought of later stands beside its like."""
    matters = policy.matters(document)
    order = list(MATTER)
    return [
        (matter, stage, row)
        for matter in sorted(matters, key=lambda name: order.index(Matter(name)))
        for stage, row in matters[matter].items()
    ]


def _number(label: Any, value: int, *, least: int) -> IntegerField:
    return IntegerField(
        label,
        [InputRequired(), NumberRange(least, LONGEST)],
        default=value,
        render_kw={"inputmode": "numeric"},
    )


def _name(matter: str, stage: str, what: str) -> str:
    return f"{matter}-{stage}-{what}"
