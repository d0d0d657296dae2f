"""The blueprint that the desk's pages share."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
