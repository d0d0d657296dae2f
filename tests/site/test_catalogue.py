"""Every sentence of the interface has its English, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from portal import config

pytestmark = pytest.mark.engine_free

TRANSLATIONS = config.ROOT / "translations"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@pytest.fixture(scope="module")
def spoken() -> set[str]:
    """Every Indonesian sentence in code and templates (of plurals, the singular)."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_l": None}
    found = set()
    for folder in ("portal", "templates"):
        root = config.ROOT
        for _path, _line, message, _comments, _context in extract_from_dir(
            str(root / folder),
            [
                (pattern.removeprefix(f"{folder}/"), method)
                for pattern, method in methods
                if folder in pattern
            ],
            {pattern.removeprefix(f"{folder}/"): values for pattern, values in options.items()},
            keywords,
        ):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


@pytest.fixture(scope="module")
def english() -> Catalog:
    with Path(TRANSLATIONS / "en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_has_its_english(spoken, english):
    missing = sorted(text for text in spoken if text and not _translated(english, text))

    assert missing == []


def test_catalogue_holds_no_sentence_that_nobody_says(spoken, english):
    said = {message.id[0] if isinstance(message.id, tuple) else message.id for message in english}

    assert sorted(said - spoken - {""}) == []


def test_english_uses_the_same_placeholders(english):
    wrong = [
        message.id
        for message in english
        if message.id and any(_placeholders(text) - _offered(message) for text in _strings(message.string))
    ]

    assert wrong == []


def _translated(english: Catalog, text: str) -> bool:
    message = english.get(text)
    return message is not None and not message.fuzzy and all(_strings(message.string))


def _strings(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _offered(message: object) -> set[str]:
    return set().union(*(_placeholders(text) for text in _strings(message.id))) | {"num"}
