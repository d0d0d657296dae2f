"""Messages of the form library, in Indonesian."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import flask_wtf
import wtforms
from babel.messages import pofile
from babel.messages.catalog import Catalog

from portal.config import ROOT

CATALOGUE = ROOT / "translations/id/LC_MESSAGES/wtforms.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")


def messages_of(package: Path) -> Iterator[str]:
    """Every text that a library hands to its translations: constants in calls of (n)gettext."""
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in ("gettext", "ngettext"):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return pofile.read_po(file, locale="id")


def test_every_message_of_the_form_libraries_is_translated():
    libraries = [Path(library.__file__).parent for library in (wtforms, flask_wtf)]
    known = {message.id[0] if message.pluralizable else message.id for message in catalogue()}

    missing = {text for library in libraries for text in messages_of(library)} - known

    assert not missing


def test_catalogue_of_the_library_itself_is_covered():
    template = Path(wtforms.__file__).parent / "locale/wtforms.pot"
    with template.open("rb") as file:
        ids = {message.id for message in pofile.read_po(file) if message.id}

    assert ids <= {message.id for message in catalogue()}


def test_translations_keep_the_placeholders_of_their_message():
    for message in catalogue():
        ids = message.id if message.pluralizable else (message.id,)
        texts = message.string if message.pluralizable else (message.string,)
        for text in texts if message.id else ():
            assert text, message.id
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(ids[0])), text


def test_reader_sees_the_messages_in_the_language_of_the_page(client):
    indonesian = client.submit(client.get("/sign-in"))
    english = client.submit(client.get("/en/sign-in"))

    assert "Bagian ini wajib diisi." in indonesian.text
    assert "This field is required." in english.text
