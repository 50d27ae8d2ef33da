"""Customer-service messages: the way out, as far as the account has that right."""

import json
import time
from typing import Any

import httpx
from django.conf import settings

from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.notices import actions as notices
from wanmi.notices import queries as letters

from .endpoint import CHANNEL, DOOR

TIMEOUT_SECONDS = 15
BAD_TOKEN = frozenset({40001, 40014, 42001})
FOR_GOOD = frozenset({40003, 43004, 45015, 45047, 48001, 50002})
"""Unknown or gone person, out of the platform's time for answers, a right we do not have."""
EARLY_SECONDS = 300

_token: tuple[str, float] = ("", 0.0)


def send(letter: letters.Letter) -> str:
    """Send a text to a follower; a token that has aged is drawn anew once."""
    openid = letter.address.removeprefix("wechat:")
    text = f"{letter.words}\n{letter.link}".strip()
    message = {"touser": openid, "msgtype": "text", "text": {"content": text}}
    said = _post(message, is_fresh=False)
    if said.get("errcode") in BAD_TOKEN:
        said = _post(message, is_fresh=True)
    code = said.get("errcode", 0)
    if code in FOR_GOOD:
        raise notices.Undeliverable(f"{code} {said.get('errmsg', '')}")
    if code:
        raise OSError(f"{code} {said.get('errmsg', '')}")
    return ""


def _post(message: dict[str, Any], *, is_fresh: bool) -> dict[str, Any]:
    # The platform shows escapes as they stand, so the text goes out in plain UTF-8.
    answer = httpx.post(
        f"{settings.WECHAT_API}/cgi-bin/message/custom/send",
        params={"access_token": _access_token(is_fresh=is_fresh)},
        content=json.dumps(message, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
        timeout=TIMEOUT_SECONDS,
    )
    answer.raise_for_status()
    return dict(answer.json())


def _access_token(*, is_fresh: bool) -> str:
    """Return the token that lets us speak; kept by each process until shortly before its end."""
    global _token
    if is_fresh or _token[1] < time.monotonic():
        asked = {
            "grant_type": "client_credential",
            "appid": settings.WECHAT_APP_ID,
            "secret": settings.WECHAT_APP_SECRET,
        }
        url = f"{settings.WECHAT_API}/cgi-bin/token"
        answer = httpx.get(url, params=asked, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        said = answer.json()
        if "access_token" not in said:
            raise OSError(f"{said.get('errcode')} {said.get('errmsg', '')}")
        until = time.monotonic() + int(said.get("expires_in", 7200)) - EARLY_SECONDS
        _token = (said["access_token"], until)
    return _token[0]


def is_ready() -> bool:
    """Say whether the city has named its account."""
    return bool(settings.WECHAT_APP_ID and settings.WECHAT_APP_SECRET)


def _way_back(contact: contacts.Contact) -> intake.Way | None:
    person = contact.said_by
    return intake.Way(CHANNEL, person.chat) if person and person.chat else None


def offer() -> None:
    """Open the door and the way out."""
    door = intake.Door(DOOR, "微信公众号", "WeChat official account", "web", _way_back)
    intake.offer_door(door)
    notices.offer_channel(notices.Channel(CHANNEL, send, is_ready))
