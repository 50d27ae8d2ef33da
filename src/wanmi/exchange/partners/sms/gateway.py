"""The gateway's protocol: messages in, delivery reports in, messages out."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.kernel.errors import Invalid, Refused, TooOften
from wanmi.notices import actions as notices
from wanmi.notices import queries as letters

from .. import signing
from ..bringing import Brought, admit, bring, plain

DOOR = CHANNEL = "sms"
_LETTER = re.compile(r"letter-(\d{1,18})$")


@csrf_exempt
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """Take a signed message or delivery report of the gateway, each once by its `id`."""
    try:
        body = request.body
        signing.require_signed(settings.SMS_SECRET, request.headers, body)
        return JsonResponse(_heard(signing.read_json(body)))
    except Refused as refusal:
        said = {"code": refusal.code, "detail": refusal.sentence(gettext)}
        answer = JsonResponse(said, status=refusal.status)
        if isinstance(refusal, TooOften):
            answer["Retry-After"] = str(refusal.retry_after)
        return answer


# The table of routes and roles reads this: the signature opens this door.
inbound.duty = None  # type: ignore[attr-defined]  # ours


def _heard(given: dict[str, Any]) -> dict[str, str]:
    if given.get("type") == "report":
        return _report(given)
    contact = _take(given)
    return {"state": "taken", "tracking_code": contact.tracking_code}


def _take(given: dict[str, Any]) -> contacts.Contact:
    name, phone, text = (_line(given, key) for key in ("id", "from", "text"))
    known = contacts.open_matter_of(DOOR, phone=phone)
    brought = Brought(DOOR, name, text, intake.Sender(phone=phone), thread=known)
    admit(brought)
    return bring(brought)


def _line(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    text = plain(value) if isinstance(value, str) else ""
    if not text or (key != "text" and len(text) > 100):
        raise Invalid("Give id, from and text.")
    return text


def _report(given: dict[str, Any]) -> dict[str, str]:
    """Believe a report that one of our messages did not arrive."""
    said = _LETTER.match(str(given.get("reference", "")))
    letter = letters.letter_numbered(int(said[1]), CHANNEL) if said else None
    if letter is not None and given.get("state") == "failed":
        notices.came_back(letter, plain(str(given.get("error", "")), longest=200))
    return {"state": "taken"}


def send(letter: letters.Letter) -> str:
    """Send a text message; return what the gateway calls it."""
    text = f"{letter.words} {letter.link}".strip()
    given = {"id": f"letter-{letter.pk}", "to": letter.address, "text": text}
    return str(signing.send_json(settings.SMS_URL, settings.SMS_SECRET, given).get("id", ""))


def is_ready() -> bool:
    """Say whether the city has named a gateway."""
    return bool(settings.SMS_URL and settings.SMS_SECRET)


def offer() -> None:
    """Open the door and the way out."""
    intake.offer_door(intake.Door(DOOR, "短信", "Text message", "web"))
    notices.offer_channel(notices.Channel(CHANNEL, send, is_ready))
