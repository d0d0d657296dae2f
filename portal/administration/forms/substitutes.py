"""Who stands in for an official by default."""

from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.validators import Optional

from portal.db import db
from portal.forms import Form, choices
from portal.i18n import _l
from portal.organisation.models import Official


def _id(value: Any) -> int | None:
    return int(value) if value else None


class Substitutes(Form):
    """Up to three, tried in this order."""

    PLACES: ClassVar = ("first", "second", "third")

    first = SelectField(_l("Pengganti pertama"), [Optional()], coerce=_id)
    second = SelectField(_l("Pengganti kedua"), [Optional()], coerce=_id)
    third = SelectField(_l("Pengganti ketiga"), [Optional()], coerce=_id)

    def offer(self, officials: list[tuple[str, str]]) -> None:
        for name in self.PLACES:
            self[name].choices = choices([("", _l("Tidak ada")), *officials])

    @property
    def chosen(self) -> list[Official]:
        ids = [self[name].data for name in self.PLACES if self[name].data]
        return [db.session.get_one(Official, one) for one in ids]
