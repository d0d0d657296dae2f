"""The blueprint that the administrator's pages share: nobody else gets past its door."""

from typing import TypeVar

from flask import Blueprint, abort
from flask_login import current_user

from portal import authz
from portal.administration import policy
from portal.db import Model, db

Thing = TypeVar("Thing", bound=Model)
bp = Blueprint("administration", __name__, url_prefix="/administration")


@bp.before_request
def let_in() -> None:
    authz.require(policy.may_administer(current_user))


def found(model: type[Thing], key: object) -> Thing:
    """The thing of that key, or the page that says there is none."""
    thing = db.session.get(model, key)
    return thing if thing is not None else abort(404)
