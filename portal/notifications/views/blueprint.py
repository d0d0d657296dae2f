"""The blueprint that the pages share."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)
