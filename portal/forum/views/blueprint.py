"""The forum's blueprint."""

from flask import Blueprint

bp = Blueprint("forum", __name__, url_prefix="/forum")
