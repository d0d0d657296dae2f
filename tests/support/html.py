"""What every page owes its readers, checked on every answer that a test receives."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "image"}


class Page(HTMLParser):
    """Collects what the rules below look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.headings: list[str] = []
        self.title = ""
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.images: list[dict[str, str]] = []
        self.problems: list[str] = []
        self._open: list[str] = []
        self._form: dict[str, str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if inline := [name for name in values if name.startswith("on") or name == "style"]:
            self.problems.append(f"<{tag}> has inline {inline[0]}")
        match tag:
            case "html":
                self.language = values.get("lang")
            case "h1":
                self.headings.append("")
            case "label":
                self.labelled.add(values.get("for", ""))
            case "form":
                self._form = values
                self.forms.append(values)
            case "img":
                self.images.append(values)
            case "input" | "select" | "textarea":
                self._field(tag, values)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open and self.headings:
            self.headings[-1] += data

    def _field(self, tag: str, values: dict[str, str]) -> None:
        if values.get("name") == "csrf_token" and self._form is not None:
            self._form["with_token"] = "yes"
        named = "aria-label" in values or "aria-labelledby" in values or "label" in self._open
        if values.get("type", "text") not in UNLABELLED and not named:
            self.fields.append({"tag": tag, **values})


def problems(text: str, *, whole: bool = True) -> list[str]:
    """What is wrong with a page (or, with whole=False, with a fragment)."""
    page = Page(text)
    found = list(page.problems)
    if whole:
        if page.language not in ("id", "en"):
            found.append(f"language is {page.language!r}")
        if len(page.headings) != 1 or not page.headings[0].strip():
            found.append(f"{len(page.headings)} h1: {page.headings}")
        if not page.title.strip() or page.title.strip().startswith("·"):
            found.append("no title")
    if doubled := {name for name in page.ids if page.ids.count(name) > 1}:
        found.append(f"ids used twice: {sorted(doubled)}")
    found += [f"no label: {field}" for field in page.fields if field.get("id", "?") not in page.labelled]
    for form in page.forms:
        if not form.get("action"):
            found.append(f"form without action: {form}")
        if form.get("method", "get").lower() == "post" and "with_token" not in form:
            found.append(f"form without CSRF token: {form}")
    found += [f"image without alt: {image}" for image in page.images if "alt" not in image]
    return found
