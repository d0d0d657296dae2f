"""What can be typed in the demo's post box."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from portal.forms import Form
from portal.i18n import _l


class ReplyForm(Form):
    text = TextAreaField(_l("Balasan"), [InputRequired(_l("Tulis balasannya.")), Length(max=4000)])
