"""The two forms of every answer: JSON as it is, XML by the names the standard gives."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse

JSON, XML = "json", "xml"
TYPES = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What an item of a list is called in XML, by the name of the list."""


def answer(form: str, root: str, body: Any, *, status: int = 200) -> HttpResponse:
    """Answer a body as JSON, or as XML under the name of its root."""
    text = _xml(root, body) if form == XML else json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, content_type=TYPES[form], status=status)
    # Programs in browsers of others ask as well; there is nothing here for one person alone.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _xml(root: str, body: Any) -> str:
    element = _element(root, body)
    return ElementTree.tostring(element, encoding="unicode", xml_declaration=True)


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(ITEMS[name], inner) for inner in value)
    elif isinstance(value, bool):
        element.text = str(value).lower()
    elif value is not None:
        element.text = str(value)
    return element
