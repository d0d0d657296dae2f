"""The text of a mail that came as HTML only, written as a plain mail would: quotes begin with `>`."""

import re
from html.parser import HTMLParser

UNSHOWN = frozenset({"head", "style", "script", "title", "template", "noscript"})
BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "center", "div", "dl", "dt", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td"),
        *("tr", "ul"),
    }
)
# What mail programs put around what was not written now, by part of a class or id.
SIGNATURES = ("gmail_signature", "ms-outlook-mobile-signature", "signature", "yahoo-signature")
QUOTES = ("divrplyfwdmsg", "appendonsend", "yahoo_quoted", "gmail_extra", "protonmail_quote", "zmail_extra")
SIGNATURE_LINE = "-- "
QUOTE_LINE = "-----Original Message-----"
# The parser looks for the end of each of these anew: without it, a mail of openings alone took minutes.
DECLARATION = re.compile(r"<[!?][^<>]*>?")
LONE_BRACKET = re.compile(r"<(?![^<>]*>)")


def to_text(html: str) -> str:
    """Plain lines of an HTML mail; markup that never ends is forgiven."""
    writer = _Writer()
    writer.feed(LONE_BRACKET.sub("&lt;", DECLARATION.sub("", _without_comments(html))))
    writer.close()
    return writer.text()


def _without_comments(html: str) -> str:
    """As a browser reads it: one that never ends hides the rest."""
    kept, begin = [], 0
    while (opened := html.find("<!--", begin)) >= 0:
        kept.append(html[begin:opened])
        closed = html.find("-->", opened + 2)
        if closed < 0:
            return "".join(kept)
        begin = closed + len("-->")
    return "".join(kept) + html[begin:]


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = [(0, "")]
        self._quoted = 0
        self._unshown: str | None = None

    def text(self) -> str:
        lines = ("> " * min(depth, 1) + " ".join(line.split()) for depth, line in self._lines)
        return "\n".join(line if line.startswith(("-- ", ">")) else line.strip() for line in lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSHOWN:
            self._unshown = self._unshown or tag
        if tag == "blockquote":
            self._quoted += 1
        if tag in BLOCKS:
            self._break()
        if tag == "br" or (tag == "p" and len(self._lines) > 1):
            self._lines.append((self._quoted, ""))
        self._mark(" ".join(value or "" for name, value in attrs if name in ("class", "id")).lower())

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unshown:
            self._unshown = None
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        if tag in BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._unshown is None:
            depth, line = self._lines[-1]
            self._lines[-1] = (depth, line + data)

    def _mark(self, names: str) -> None:
        """Say in words of plain mail what a class says of the part that begins here."""
        for line, known in ((SIGNATURE_LINE, SIGNATURES), (QUOTE_LINE, QUOTES)):
            if names and any(name in names for name in known):
                self._lines += [(self._quoted, line), (self._quoted, "")]

    def _break(self) -> None:
        """Begin a line, unless this one is still empty."""
        depth, line = self._lines[-1]
        if line.strip() or depth != self._quoted:
            self._lines.append((self._quoted, ""))
