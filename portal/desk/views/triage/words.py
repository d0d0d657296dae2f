"""Which words of one report speak for whom: the suggestion laid open before anybody follows it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.desk import suggestions
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.i18n import _


@bp.get("/triage/<number>/words")
def suggestion_words(number: str) -> ResponseReturnValue:
    report = matters.own(number)
    return render_template(
        "desk/suggestion_words.html",
        report=report,
        trail=matters.trail(report, _("Kata yang berbicara")),
        explained=suggestions.explained(report, clock.now()),
    )
