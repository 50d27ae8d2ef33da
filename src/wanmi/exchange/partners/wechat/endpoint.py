"""The message endpoint: signatures, XML messages in, one passive reply within the request."""

import hashlib
import hmac
import secrets
import time
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.kernel.errors import Invalid, Refused, TooOften
from wanmi.notices import actions as notices
from wanmi.notices import queries as letters

from ..bringing import Brought, admit, bring, plain
from ..signing import WINDOW_SECONDS, BadSignature
from .sealing import Account

DOOR = CHANNEL = "wechat"
MOST_BYTES: Final = 100_000
SUCCESS: Final = "success"
"""The word by which the platform knows that nothing needs to be sent again."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def endpoint(request: HttpRequest) -> HttpResponse:
    """Prove who we are (GET, `echostr`), or take a message and answer it (POST)."""
    try:
        _require_signed(request)
        if request.method == "GET":
            return HttpResponse(request.GET.get("echostr", ""), content_type="text/plain")
        given, is_sealed = _message(request)
        return _reply(given, _answer(given), is_sealed=is_sealed)
    except Refused as refusal:
        said = refusal.sentence(gettext)
        return HttpResponse(said, status=refusal.status, content_type="text/plain; charset=utf-8")


# The table of routes and roles reads this: the signature opens this door.
endpoint.duty = None  # type: ignore[attr-defined]  # ours


def signature(*texts: str) -> str:
    """Return the platform's signature: SHA-1 of token, timestamp, nonce, sorted and joined.

    Of an encrypted message, its sealed text as well (`msg_signature`).
    """
    joined = "".join(sorted(texts))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def _require_signed(request: HttpRequest) -> None:
    stamp, nonce, said = (request.GET.get(name, "") for name in ("timestamp", "nonce", "signature"))
    if not settings.WECHAT_TOKEN or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise BadSignature
    wanted = signature(settings.WECHAT_TOKEN, stamp, nonce)
    is_late = abs(time.time() - int(stamp)) > WINDOW_SECONDS
    if is_late or not hmac.compare_digest(wanted.encode(), said.encode(errors="replace")):
        raise BadSignature


def _message(request: HttpRequest) -> tuple[dict[str, str], bool]:
    """Return the fields of a message, and whether it came sealed.

    An account that has a key takes nothing in plain text: whoever knew the token alone
    could speak for everybody.
    """
    is_sealed = request.GET.get("encrypt_type") == "aes"
    if is_sealed != bool(settings.WECHAT_AES_KEY):
        raise BadSignature
    if not is_sealed:
        return _fields(_read(request.body)), False
    sealed = _read(request.body).get("Encrypt", "")
    stamp, nonce = request.GET.get("timestamp", ""), request.GET.get("nonce", "")
    wanted = signature(settings.WECHAT_TOKEN, stamp, nonce, sealed)
    said = request.GET.get("msg_signature", "")
    if not hmac.compare_digest(wanted.encode(), said.encode(errors="replace")):
        raise BadSignature
    return _fields(_read(_account().open(sealed))), True


def _account() -> Account:
    return Account(settings.WECHAT_APP_ID, settings.WECHAT_AES_KEY)


def _fields(given: dict[str, str]) -> dict[str, str]:
    if not given.get("FromUserName") or not given.get("MsgType"):
        raise Invalid("This is no message of the platform.")
    return given


def _read(body: bytes) -> dict[str, str]:
    """Return the texts of an XML document; no entity is resolved and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser) if len(body) <= MOST_BYTES else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.tag != "xml" or _has_doctype(root):
        raise Invalid("This is no message of the platform.")
    return {str(child.tag): plain(child.text or "") for child in root}


def _has_doctype(root: Any) -> bool:
    return bool(root.getroottree().docinfo.doctype)


def _answer(given: dict[str, str]) -> str:
    """Take a message, and return what is said to it at once."""
    if given["MsgType"] == "event":
        is_new = given.get("Event") == "subscribe"
        return gettext("Write to us what is wrong and where.") if is_new else ""
    brought = _brought(given)
    try:
        admit(brought)
        contact = bring(brought)
    except (intake.Blocked, TooOften) as refusal:
        # Refused, and said so: an error would only make the platform try again.
        return refusal.sentence(gettext)
    return _unsent_words(contact, _chat(given))


def _brought(given: dict[str, str]) -> Brought:
    chat = _chat(given)
    stamp = f"{given['FromUserName']}-{given.get('CreateTime', '')}"
    place = None
    if given["MsgType"] == "location":
        place = _place(given)
    return Brought(
        DOOR,
        given.get("MsgId") or stamp,
        _words(given),
        intake.Sender(chat=chat),
        place=place,
        thread=contacts.open_matter_of(DOOR, chat=chat),
    )


def _chat(given: dict[str, str]) -> str:
    return f"wechat:{given['FromUserName'][:100]}"


def _words(given: dict[str, str]) -> str:
    """Return what was said; a picture and a sound are named, since they lie with the platform."""
    sort = given["MsgType"]
    if sort == "text":
        return given.get("Content") or gettext("(a message without words)")
    if sort == "location":
        where = given.get("Label") or gettext("a point without a name")
        point = f"{given.get('Location_X', '')}, {given.get('Location_Y', '')}"
        return gettext("Place: %(where)s (%(point)s)") % {"where": where, "point": point}
    names = {"image": gettext("Picture"), "voice": gettext("Sound"), "video": gettext("Video")}
    said = {"sort": names.get(sort, sort[:20]), "media": given.get("MediaId", "")[:200]}
    words = gettext("%(sort)s, kept by WeChat for three days as %(media)s") % said
    return f"{words}\n{given['Recognition']}" if given.get("Recognition") else words


def _place(given: dict[str, str]) -> intake.Place | None:
    """Return the point: X is the latitude, in the platform's own system (GCJ-02)."""
    try:
        lat, lon = (float(given[name]) for name in ("Location_X", "Location_Y"))
    except (KeyError, ValueError):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return intake.Place(lon, lat, "gcj02", given.get("Label", "")[:256])


def _unsent_words(contact: contacts.Contact, chat: str) -> str:
    """Hand over what has not left yet: also answers that no other way out could carry."""
    person = contact.said_by
    if person is None or person.chat != chat:
        return ""
    about = letters.letters_about([f"contact:{contact.pk}"])
    handed = [
        f"{letter.words}\n{letter.link}".strip()
        for letter in about
        if letter.channel == CHANNEL and notices.handed_over(letter, outside_id="passive")
    ]
    # The platform takes 2,048 bytes of text.
    return "\n\n".join(handed).encode()[:2000].decode(errors="ignore")


def _reply(given: dict[str, str], words: str, *, is_sealed: bool) -> HttpResponse:
    if not words:
        return HttpResponse(SUCCESS, content_type="text/plain")
    now = str(int(datetime.now(UTC).timestamp()))
    body = _xml(
        ToUserName=given["FromUserName"],
        FromUserName=given.get("ToUserName", ""),
        CreateTime=now,
        MsgType="text",
        Content=words,
    )
    if is_sealed:
        sealed, nonce = _account().seal(body), secrets.token_hex(8)
        proof = signature(settings.WECHAT_TOKEN, now, nonce, sealed)
        body = _xml(Encrypt=sealed, MsgSignature=proof, TimeStamp=now, Nonce=nonce)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _xml(**fields: str) -> str:
    root = etree.Element("xml")
    for name, value in fields.items():
        etree.SubElement(root, name).text = value
    return etree.tostring(root, encoding="unicode")
