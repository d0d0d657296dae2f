"""The front door."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.pages import specimens

bp = Blueprint("pages", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    return render_template("pages/home.html")


@bp.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return render_template("pages/styleguide.html", **specimens.values())
