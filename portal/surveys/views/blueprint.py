"""The blueprint that the survey pages share."""

from flask import Blueprint

bp = Blueprint("surveys", __name__, url_prefix="/surveys")
