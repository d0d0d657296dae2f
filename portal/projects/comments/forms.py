"""A comment as it is typed."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.forms import Form, plain
from portal.i18n import _l
from portal.projects.comments.services import LONGEST


class CommentForm(Form):
    body = TextAreaField(
        _l("Komentar"),
        [
            DataRequired(_l("Tulis komentar Anda.")),
            Length(max=LONGEST, message=_l("Komentar paling panjang 4.000 huruf.")),
        ],
        filters=[plain],
    )
