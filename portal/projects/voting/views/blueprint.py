"""The blueprint that the modules beside this one fill."""

from flask import Blueprint

bp = Blueprint("voting", __name__, url_prefix="/projects/<slug>/vote")
