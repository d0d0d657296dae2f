"""The blueprint of filing; each question adds its routes."""

from flask import Blueprint

bp = Blueprint("filing", __name__, url_prefix="/reports/new")
