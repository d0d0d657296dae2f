"""Rewrite an SVG with nothing in it but shapes, words and colours.

Only what stands on a list is written again. What could load, run or unfold something is left out, or
refused with a reason where the drawing would be wrong without it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from portal.attachments import rules
from portal.errors import DomainError
from portal.i18n import _l

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "http://www.w3.org/1999/xlink href"
ELEMENTS = frozenset(
    (
        "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
        "polygon", "text", "tspan", "textPath", "title", "desc", "style", "linearGradient", "radialGradient",
        "stop", "clipPath", "mask", "pattern", "marker",
    )
)  # fmt: skip
AS_GROUP = frozenset(("a", "switch"))  # their shapes stay, what they do goes
ATTRIBUTES = frozenset(
    (
        "id", "class", "style", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry",
        "fx", "fy", "dx", "dy", "d", "points", "width", "height", "viewBox", "preserveAspectRatio",
        "pathLength", "rotate", "textLength", "lengthAdjust", "startOffset", "offset", "gradientUnits",
        "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits", "patternTransform",
        "clipPathUnits", "maskUnits", "maskContentUnits", "markerUnits", "markerWidth", "markerHeight",
        "refX", "refY", "orient", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width",
        "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
        "stroke-dashoffset", "opacity", "color", "stop-color", "stop-opacity", "clip-path", "clip-rule",
        "mask", "marker-start", "marker-mid", "marker-end", "display", "visibility", "font-family",
        "font-size", "font-style", "font-weight", "text-anchor", "text-decoration", "letter-spacing",
        "word-spacing", "dominant-baseline", "alignment-baseline", "baseline-shift", "paint-order",
        "vector-effect", "shape-rendering", "text-rendering",
    )
)  # fmt: skip
OF_THE_FRAME = frozenset(
    ("x", "y", "width", "height", "viewBox", "preserveAspectRatio", "transform", "display")
)
# An address leads only to a part of the same drawing; escapes and comments could hide another one.
OWN_PART = re.compile(r"""url\(\s*(["']?)#([\w.:-]+)\1\s*\)""")
UNSAFE_STYLE = re.compile(r"url|@|\\|/\*|<|expression|image|javascript|data:", re.IGNORECASE)
LOCAL = re.compile(r"#([\w.:-]+)")
DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A rewritten SVG and the size of its view."""

    content: bytes
    width: int
    height: int


def clean(content: bytes) -> Cleaned:
    """The same drawing, harmless. Raises DomainError with the reason when that cannot be."""
    if len(content) > rules.SVG_MAX_BYTES:
        raise DomainError(_l("SVG ini lebih besar dari 3 MB. Sederhanakan dulu, atau kirim sebagai PNG."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError(
            _l("SVG ini tidak ditulis dalam UTF-8. Simpan ulang, atau kirim sebagai PNG.")
        ) from error
    # Looked for before any parser reads on: an entity is never unfolded.
    if DECLARES.search(text):
        raise DomainError(
            _l("SVG ini memuat deklarasi yang tidak kami terima. Simpan ulang sebagai SVG polos.")
        )
    writer = _Writer()
    try:
        _parser(writer).Parse(text.encode(), True)
    except (expat.ExpatError, RecursionError) as error:
        raise DomainError(_l("SVG ini rusak dan tidak bisa dibaca.")) from error
    return writer.finish()


def _parser(writer: "_Writer") -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.words
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = lambda *_reference: False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _refuse_entity(*_declaration: object) -> None:
    raise DomainError(_l("SVG ini memuat deklarasi yang tidak kami terima. Simpan ulang sebagai SVG polos."))


@dataclass
class _Writer:
    """Takes a parser's events and writes what is allowed of them."""

    parts: list[str] = field(default_factory=list)
    open_names: list[str] = field(default_factory=list)
    skipping: int = 0  # how deep inside something that is left out
    view: tuple[float, float, float, float] | None = None
    head: str = ""  # the root's other attributes, as they are written
    style_text: list[str] = field(default_factory=list)
    uses: "_Uses" = field(default_factory=lambda: _Uses())

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _space, local = name.rpartition(" ")
        if not self.open_names and (space, local) != (SVG, "svg"):
            raise DomainError(_l("Berkas ini bukan SVG."))
        if space == SVG and local in ("image", "feImage"):
            raise DomainError(
                _l("SVG ini memuat foto tempelan. Simpan seluruh denah sebagai PNG, lalu kirim itu.")
            )
        is_inside_style = bool(self.open_names) and self.open_names[-1] == "style"
        if self.skipping or is_inside_style or space != SVG or local not in ELEMENTS | AS_GROUP:
            self.skipping += 1
            return
        local = "g" if local in AS_GROUP else local
        if len(self.open_names) >= rules.SVG_MAX_DEPTH:
            raise DomainError(
                _l("SVG ini bersusun terlalu dalam. Sederhanakan dulu, atau kirim sebagai PNG.")
            )
        allowed = _allowed(attributes)
        self.uses.enter(allowed)
        if self.open_names:
            self.parts.append(f"<{local}{_written(allowed)}>")
        else:
            self.view = _view(attributes)
            self.head = _written({key: value for key, value in allowed.items() if key not in OF_THE_FRAME})
        self.open_names.append(local)

    def end(self, _name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        local = self.open_names.pop()
        self.uses.leave()
        if local == "style":
            self.parts.append(escape(_checked_style("".join(self.style_text))))
            self.style_text.clear()
        if self.open_names:
            self.parts.append(f"</{local}>")

    def words(self, text: str) -> None:
        if self.skipping:
            return
        if self.open_names[-1] == "style":
            self.style_text.append(text)
        else:
            self.parts.append(escape(text))

    def finish(self) -> Cleaned:
        if self.view is None:
            raise DomainError(_l("Berkas ini bukan SVG."))
        self.uses.check()
        left, top, wide, high = self.view
        scale = rules.SVG_EDGE / max(wide, high)
        width, height = round(wide * scale), round(high * scale)
        frame = _written(
            {"viewBox": f"{left} {top} {wide} {high}", "width": str(width), "height": str(height)}
        )
        content = f'<svg xmlns="{SVG}"{frame}{self.head}>{"".join(self.parts)}</svg>'
        return Cleaned(content.encode(), width, height)


class _Uses:
    """How many shapes a browser would draw once every <use> and every reference is followed."""

    def __init__(self) -> None:
        self.elements = 0
        self.own: dict[str, int] = defaultdict(int)
        self.refers: dict[str, list[str]] = defaultdict(list)
        self.named: list[str | None] = []

    def enter(self, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > rules.SVG_MAX_ELEMENTS:
            raise too_many()
        self.named.append(attributes.get("id"))
        references = [name for value in attributes.values() for name in _references(value)]
        for name in {"", *filter(None, self.named)}:
            self.own[name] += 1
            self.refers[name] += references

    def leave(self) -> None:
        self.named.pop()

    def check(self) -> None:
        known: dict[str, int] = {}

        def drawn(name: str, above: tuple[str, ...]) -> int:
            if name in above or len(above) > rules.SVG_MAX_DEPTH:
                return rules.SVG_MAX_ELEMENTS + 1  # drawings that hold themselves have no end
            if name not in known:
                inner = (drawn(other, (*above, name)) for other in self.refers[name] if other in self.own)
                known[name] = min(self.own[name] + sum(inner), rules.SVG_MAX_ELEMENTS + 1)
            return known[name]

        if drawn("", ()) > rules.SVG_MAX_ELEMENTS:
            raise too_many()


def _references(value: str) -> list[str]:
    """The parts of the drawing that an attribute names: by an address of its own, or inside url()."""
    whole = LOCAL.fullmatch(value)
    return [whole[1]] if whole else [found[2] for found in OWN_PART.finditer(value)]


def too_many() -> DomainError:
    return DomainError(_l("SVG ini memuat terlalu banyak bentuk. Sederhanakan dulu, atau kirim sebagai PNG."))


def _allowed(attributes: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, value in attributes.items():
        if name in ("href", XLINK_HREF):
            if LOCAL.fullmatch(value.strip()):
                kept["href"] = value.strip()
        elif name in ATTRIBUTES:
            kept[name] = _checked_style(value) if name == "style" else _checked(value)
    return kept


def _written(attributes: dict[str, str]) -> str:
    return "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())


def _checked(value: str) -> str:
    """A presentation attribute may be read as style too; where it names an address, that is left out."""
    return "none" if UNSAFE_STYLE.search(OWN_PART.sub("", value)) else value


def _checked_style(text: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if UNSAFE_STYLE.search(OWN_PART.sub("", without_comments)):
        raise DomainError(
            _l("Gaya (style) di dalam SVG ini memuat aturan yang tidak kami terima. Kirim sebagai PNG.")
        )
    return without_comments


def _view(attributes: dict[str, str]) -> tuple[float, float, float, float]:
    """The part of the plane that is shown: the view box, else the stated size."""
    try:
        left, top, wide, high = (float(part) for part in re.split(r"[\s,]+", attributes["viewBox"].strip()))
    except (KeyError, ValueError):
        sizes = [LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
        left = top = 0.0
        wide, high = (float(size[1]) if size else 0.0 for size in sizes)
    if not (1e-3 < wide < 1e7 and 1e-3 < high < 1e7 and abs(left) < 1e7 and abs(top) < 1e7):
        raise DomainError(
            _l("SVG ini tidak menyebut ukurannya (viewBox). Simpan ulang dengan ukuran halaman.")
        )
    return left, top, wide, high
