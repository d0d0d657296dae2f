"""A client that checks every page it fetches and fills forms as a browser without JavaScript would."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.html import problems


class PlainClient(FlaskClient):
    """Flask's client, for tests that ask often and look at something else than how a page is made."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g) if has_app_context() else ():
            g.pop(name)  # the test's app context outlives a request, what a request keeps in it must not
        return super().open(*args, **kwargs)


class CheckingClient(PlainClient):
    """Each HTML answer must be a well-made page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            text = response.get_data(as_text=True)
            if text:
                found = problems(text, whole="<html" in text)
                assert not found, f"{response.request.path}: {found}"
        return response

    def submit(self, page: TestResponse, action: str | None = None, **fields: Any) -> TestResponse:
        """Fill the page's form (the one whose action ends with `action`) and send it; follows nothing."""
        form = Form.on(page, action)
        unknown = set(fields) - set(form.names)
        assert not unknown, f"no such field: {unknown}; the form has {sorted(set(form.names))}"
        data = {**form.values, **fields}
        data = {name: value for name, value in data.items() if value is not None}
        path = form.action or page.request.path
        if form.method == "get":
            return self.get(path, query_string=data)
        return self.post(path, data=data, content_type="multipart/form-data" if form.multipart else None)


class Form(HTMLParser):
    """One form's address, method and the values that it would send untouched."""

    def __init__(self, wanted: str | None) -> None:
        super().__init__()
        self.wanted = wanted
        self.found = False
        self.action = self.method = ""
        self.multipart = False
        self.values: dict[str, Any] = {}
        self.names: list[str] = []
        self._inside = False
        self._select: str | None = None
        self._text: str | None = None

    @classmethod
    def on(cls, page: TestResponse, action: str | None) -> "Form":
        form = cls(action)
        form.feed(page.get_data(as_text=True))
        assert form.found, f"no form with action {action!r} on {page.request.path}"
        return form

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.found and self._fits(values):
            self.found = self._inside = True
            self.action = unescape(values.get("action", ""))
            self.method = values.get("method", "get").lower()
            self.multipart = values.get("enctype") == "multipart/form-data"
        if not self._inside:
            return
        if tag in ("input", "button", "textarea", "select") and values.get("name"):
            self.names.append(values["name"])
        if tag == "input":
            self._input(values)
        elif tag == "textarea":
            self._text = values.get("name")
            self.values[self._text or ""] = ""
        elif tag == "select":
            self._select = values.get("name")
        elif tag == "option" and self._select and ("selected" in values or self._select not in self.values):
            self.values[self._select] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._inside and self._text:
            self.values[self._text] = (self.values[self._text] + data).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def _fits(self, values: dict[str, str]) -> bool:
        action = values.get("action", "").split("?")[0]
        if self.wanted is not None:
            return action.endswith(self.wanted)
        return values.get("method", "get").lower() == "post" and not action.endswith("/sign-out")

    def _input(self, values: dict[str, str]) -> None:
        name, kind = values.get("name"), values.get("type", "text")
        if not name or kind in ("submit", "button", "file", "image"):
            return
        if kind in ("checkbox", "radio") and "checked" not in values:
            return
        value = values.get("value", "on" if kind == "checkbox" else "")
        if name in self.values and kind == "checkbox":
            held = self.values[name]
            self.values[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            self.values[name] = value
