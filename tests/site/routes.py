"""All routes of the portal, and the table that says who gets in."""

import tomllib
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from portal.accounts.rules import Role

MATRIX = Path(__file__).with_name("matrix.toml")
EVERYONE = frozenset({"visitor", *(role.value for role in Role)})
SIGNED_IN = EVERYONE - {"visitor"}
WORDS = {"everyone": EVERYONE, "signed-in": SIGNED_IN}
UNMATCHED = {"HEAD", "OPTIONS"}

Route = tuple[str, str]  # method, endpoint


def matrix() -> dict[Route, frozenset[str]]:
    """Who gets in, by method and endpoint."""
    table = tomllib.loads(MATRIX.read_text())
    return {
        (method, endpoint): WORDS[who] if isinstance(who, str) else frozenset(who)
        for method, rows in table.items()
        for endpoint, who in rows.items()
    }


def routes(app: Flask) -> dict[Route, Rule]:
    return {
        (method, rule.endpoint): rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - UNMATCHED
    }
