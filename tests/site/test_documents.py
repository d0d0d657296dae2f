"""The documents lead somewhere, and the guides say what the pages say, in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from portal.config import ROOT

TWINS = {
    "resident": "warga",
    "official": "petugas",
    "supervisor": "atasan",
    "moderator": "moderator",
    "administrator": "administrator",
}
GUIDES = {"en": ROOT / "docs/guide", "id": ROOT / "docs/panduan"}
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

LINK = re.compile(r"\]\(([^)#\s]+)")
OUTWARD = re.compile(r"[a-z]+:")
ADDRESS = re.compile(r"`(/[^`\s]*)`")
ON_THE_PAGE = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
EXPLAINED = {"en": {"bold"}, "id": {"dicetak tebal"}}  # the sentence that says what bold letters mean
HEADING = re.compile(r"^## ", re.MULTILINE)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def spoken() -> dict[str, set[str]]:
    """Every text of the pages, by language."""
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {"id": _forms(catalogue, "id"), "en": _forms(catalogue, "string")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_documents_lead_to_files(document: Path):
    linked = [target for target in LINK.findall(_prose(document)) if not OUTWARD.match(target)]

    assert [target for target in linked if not (document.parent / target).exists()] == []


def test_every_guide_has_its_twin():
    written = {language: {path.stem for path in folder.glob("*.md")} for language, folder in GUIDES.items()}

    assert written == {"en": set(TWINS), "id": set(TWINS.values())}


@pytest.mark.parametrize("english", TWINS)
def test_twins_name_the_same_addresses_under_as_many_headings(english):
    english_guide = GUIDES["en"] / f"{english}.md"
    indonesian_guide = GUIDES["id"] / f"{TWINS[english]}.md"

    assert _outline(english_guide) == _outline(indonesian_guide)


@pytest.mark.parametrize("language", GUIDES)
def test_addresses_in_guides_are_pages_of_the_portal(app, language):
    pages = app.url_map.bind("localhost")
    named = {address for text in _guides(language) for address in ADDRESS.findall(text)}

    assert named
    assert sorted(address for address in named if not pages.test(address, "GET")) == []


@pytest.mark.parametrize("language", GUIDES)
def test_bold_words_in_guides_stand_on_the_pages(spoken, language):
    named = {" ".join(words.split()) for text in _guides(language) for words in ON_THE_PAGE.findall(text)}

    assert sorted(named - spoken[language] - EXPLAINED[language]) == []


def _guides(language: str) -> list[str]:
    return [_prose(path) for path in sorted(GUIDES[language].glob("*.md"))]


def _outline(guide: Path) -> tuple[set[str], int]:
    """The addresses that a guide names, and how many sections it has."""
    text = _prose(guide)
    return set(ADDRESS.findall(text)), len(HEADING.findall(text))


def _prose(document: Path) -> str:
    """The document without its blocks of code."""
    return CODE.sub("", document.read_text(encoding="utf-8"))


def _forms(catalogue: Catalog, side: str) -> set[str]:
    """All texts of one side of the catalogue, plural forms too."""
    texts = [getattr(message, side) for message in catalogue]
    return {form for text in texts for form in ([text] if isinstance(text, str) else text)}
