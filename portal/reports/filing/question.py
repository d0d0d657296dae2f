"""The base of every question: what was typed on its page and not sent on stands there again."""

from typing import Any

from flask import g, request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from portal.db import READING
from portal.forms import Form, cleaned


class Question(Form):
    """A page of filing. `page` tells the draft which page of which tab speaks (see keeping.py)."""

    page = HiddenField()

    class Meta(Form.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            typed = g.get("typed_before")
            if request.method in READING and typed:
                return cleaned(MultiDict(typed))
            return super().wrap_formdata(form, formdata)
