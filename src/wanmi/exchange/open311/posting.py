"""Taking a service request in: its parameters checked, then received like any other report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from wanmi.catalogue import queries as catalogue
from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.kernel.text import clean_line, clean_text

from . import services
from .errors import Refusal

DOOR = "open311"


@dataclass(frozen=True)
class Wanted:
    """A checked service request."""

    category: catalogue.Category
    words: str
    place: intake.Place
    sender: intake.Sender
    part: str


def read(given: Mapping[str, str], *, language: str) -> Wanted:
    """Return what was sent, checked by the rules of the standard. Raises Refusal, Refused."""
    if not given.get("service_code"):
        raise Refusal(400, "service_code was not provided")
    category = services.by_code(given["service_code"])
    answers = _answers(given, category)
    name = f"{given.get('first_name', '')} {given.get('last_name', '')}"
    sender = intake.Sender(
        clean_line(name, max_length=60),
        clean_line(given.get("phone", ""), max_length=30),
        clean_line(given.get("email", ""), max_length=254),
        language=language,
    )
    words = _words(given, category, answers)
    return Wanted(category, words, _place(given), sender, answers.get(services.PART, ""))


def take(wanted: Wanted) -> contacts.Contact:
    """Receive a service request; it is a case at once, under one tracking code."""
    details = intake.CaseDetails(wanted.category.kind, wanted.category.code, wanted.part)
    return intake.receive(
        DOOR,
        wanted.words,
        sender=wanted.sender,
        place=wanted.place,
        details=details,
        may_publish=True,
    )


def _place(given: Mapping[str, str]) -> intake.Place:
    """Return the point in WGS-84 or the address; one of them is needed."""
    lat, lon = (_degrees(given, name, most) for name, most in (("lat", 90), ("long", 180)))
    address = clean_line(given.get("address_string", ""), max_length=256)
    if (lat is None) != (lon is None):
        raise Refusal(400, "lat and long must be given together")
    if lat is None and not address:
        raise Refusal(400, "lat and long, or address_string, must be provided")
    return intake.Place(lon, lat, "wgs84", address)


def _degrees(given: Mapping[str, str], name: str, most: int) -> float | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise Refusal(400, "%(name)s must be a number of degrees", name=name)
    return value


def _answers(given: Mapping[str, str], category: catalogue.Category) -> dict[str, str]:
    """Return the attribute[code]=value pairs; what was not asked is refused."""
    asked = {each["code"]: each for each in services.attributes(category)}
    answers = {}
    for key, value in given.items():
        if not key.startswith("attribute["):
            continue
        code = key.removeprefix("attribute[").partition("]")[0]
        if code not in asked:
            raise Refusal(400, "attribute %(code)s is not asked for this service", code=code)
        keys = {each["key"] for each in asked[code].get("values", ())}
        if keys and value not in keys:
            raise Refusal(400, "attribute %(code)s has no value %(value)s", code=code, value=value)
        answers[code] = clean_line(value)
    return answers


def _words(given: Mapping[str, str], category: catalogue.Category, answers: dict[str, Any]) -> str:
    """Return the description, the condition chosen and the address of a picture elsewhere."""
    said = clean_text(given.get("description", ""), max_length=4000)
    lines = [said or category.name_zh]
    if services.CONDITION in answers:
        conditions = catalogue.standards_of(category)
        number = answers[services.CONDITION]
        lines += [each.condition_zh for each in conditions if str(each.condition_no) == number]
    if given.get("media_url"):
        # Named and not fetched: a stranger must not choose what our server asks for.
        url = clean_line(given["media_url"], max_length=500)
        lines.append(gettext("Picture elsewhere: %(url)s") % {"url": url})
    return "\n".join(lines)
