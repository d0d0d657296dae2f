"""A version of what was learned and a program with a key, for the tests that walk all routes."""

from typing import Any

from tests.open311.conftest import make_program
from tests.routing.learning import making


def administration() -> dict[str, Any]:
    """Values for the parts of administrators' addresses."""
    model = making.make_model()
    return {"model_id": model.id, "client_id": make_program().id}


def parts(code: str, number: str) -> dict[str, dict[str, Any]]:
    return {"open311": {"form": "json", "code": code, "token_id": number}}
