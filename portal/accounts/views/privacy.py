"""What the portal knows about people, and why."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.views.blueprint import bp


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render_template("accounts/privacy.html")
