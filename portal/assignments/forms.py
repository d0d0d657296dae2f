"""What whoever brought a matter can type about its duty."""

from wtforms import TextAreaField
from wtforms.validators import Length

from portal.assignments.rules import REASON_LENGTH
from portal.forms import Form, plain
from portal.i18n import _l


class DisputeForm(Form):
    """Why a photo proves nothing."""

    reason = TextAreaField(
        _l("Mengapa foto ini Anda persoalkan?"), filters=[plain], validators=[Length(max=REASON_LENGTH)]
    )
