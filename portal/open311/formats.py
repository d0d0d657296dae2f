"""The same answer as JSON and as XML, as the specification writes them."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response, json

from portal.open311.rules import Fault

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What an entry of each list is called in XML.
ENTRY = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
}

Fields = Mapping[str, Any]


def answer(root: str, content: Sequence[Fields] | Fields, form: str, status: int = 200) -> Response:
    """`root` names the XML element; in JSON the content stands alone."""
    if form == "xml":
        element = ET.Element(root)
        _fill(element, content)
        body = DECLARATION + ET.tostring(element, encoding="utf-8")
    else:
        body = json.dumps(content, ensure_ascii=False).encode()
    return Response(body, status, content_type=TYPES[form])


def refusal(faults: Sequence[Fault], form: str, status: int, wait: int | None = None) -> Response:
    content = [{"code": fault.code, "description": fault.description} for fault in faults]
    response = answer("errors", content, form, status)
    response.headers["Cache-Control"] = "no-store"
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response


def form_of(path: str) -> str:
    """What an address asks for by its ending; JSON where it says nothing."""
    return "xml" if path.endswith(".xml") else "json"


def _fill(element: ET.Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(content, list):
        for entry in content:
            _fill(ET.SubElement(element, ENTRY[element.tag]), entry)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = str(content)
