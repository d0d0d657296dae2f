"""What of an attack came through: elements, attributes, addresses and lines that nobody meant."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.site.attacks import MARK

NEVER = {"iframe", "object", "embed", "base", "frame", "applet", "math", "xmp", "plaintext", "marquee"}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "xlink:href", "srcset", "data", "background"}
SCHEMES = {"", "http", "https", "mailto", "tel"}
ATOM = "{http://www.w3.org/2005/Atom}"
RUN = re.compile(r"(?<!\d)1337(?!\d)")  # what 7*191 is


class _Page(HTMLParser):
    """Collects traces; the parser forgives as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag if tag in ("script", "style") else ""
        if MARK in tag or tag in NEVER:
            self.found.append(f"element <{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "autofocus") or MARK in name:
                self.found.append(f"<{tag} {name}={value!r}>")
            elif name in ADDRESSES:
                self.found += _address(tag, name, value or "")
            elif (tag, name) == ("meta", "http-equiv") or (tag == "script" and MARK in (value or "")):
                self.found.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw and MARK in data:
            self.found.append(f"inside <{self._raw}>")
        if RUN.search(data):
            self.found.append("a template ran")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def _address(tag: str, name: str, value: str) -> list[str]:
    """A link in prose may lead anywhere on the web; nothing else may be loaded from elsewhere."""
    bare = re.sub(r"[\x00-\x20]", "", value)
    scheme = bare.split(":")[0].lower() if re.match(r"[A-Za-z][\w+.-]*:", bare) else ""
    is_own_picture = tag in ("img", "link") and bare.startswith("data:image/") and MARK not in bare
    if scheme not in SCHEMES and not is_own_picture:
        return [f"<{tag} {name}={value!r}>"]
    if tag != "a" and MARK in urlsplit(bare).netloc:
        return [f"<{tag} {name}={value!r}>"]
    return []


def in_html(text: str) -> list[str]:
    if MARK not in text and not RUN.search(text):
        return []  # nobody wrote here
    page = _Page()
    page.feed(text)
    page.close()
    return page.found


def in_feed(text: str) -> list[str]:
    """Of an Atom feed, and of the HTML inside."""
    found = []
    for element in ElementTree.fromstring(text).iter():  # noqa: S314  # our own feed
        if not element.tag.startswith(ATOM):
            found.append(f"element {element.tag}")
        if element.get("type") == "html":
            found += in_html(element.text or "")
        found += _address("a", "href", element.get("href", ""))
    return found


def in_calendar(text: str) -> list[str]:
    """Of iCalendar: each unfolded line is a property of ours."""
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    lone = ["a bare line break" for line in lines if "\n" in line or "\r" in line]
    return lone + [line for line in lines if line and not re.match(r"(?!ATTENDEE|BCC)[A-Z-]+[;:]", line)]


def in_sheet(text: str) -> list[str]:
    """Of CSV: no cell that a spreadsheet would compute."""
    cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return [cell for cell in cells if MARK in cell and cell.lstrip(" ")[:1] in "=+-@\t\r"]


def in_json(text: str) -> list[str]:
    json.loads(text)
    return []


BY_KIND = {
    "text/html": in_html,
    "application/atom+xml": in_feed,
    "text/calendar": in_calendar,
    "text/csv": in_sheet,
    "application/json": in_json,
}
