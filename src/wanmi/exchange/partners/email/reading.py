"""Reading a message (RFC 5322, MIME): its words as plain text, its files, its thread.

Nothing a message says of itself is believed but its words: HTML becomes text
without running or fetching anything, files are told by their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message, MIMEPart
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from ..bringing import plain

DEEPEST = 6
"""Messages within messages that are opened."""
MOST_FILES = 20
MOST_PARTS = 200
_IDENTITY = re.compile(r"<[^<>\s]{1,190}>")


@dataclass
class Mail:
    """A message as far as we take it; `left` counts parts that were not opened."""

    identity: str
    address: str
    name: str
    subject: str
    words: str = ""
    references: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    left: int = 0
    is_automatic: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    """Messages of ours that were not delivered, with what the other side said."""


def read(raw: bytes) -> Mail:
    """Return a message; one too deeply nested to be opened gives its headers alone."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
        mail = _heads(message, raw)
        _open(message, mail)
    except (RecursionError, MessageError, ValueError, LookupError):
        return read_heads(raw)
    return mail


def read_heads(raw: bytes) -> Mail:
    """Return a message by its headers alone, its content counted as left."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    mail = _heads(BytesHeaderParser(policy=policy.compat32).parsebytes(head), raw)
    mail.left = 1
    return mail


def _heads(message: Message[Any, Any], raw: bytes) -> Mail:
    name, address = parseaddr(_head(message, "From"))
    found = _IDENTITY.search(_head(message, "Message-ID"))
    # A message without a name of its own is named by its bytes, so that it comes once.
    identity = found[0] if found else f"<sha256.{sha256(raw).hexdigest()}>"
    said = f"{_head(message, 'In-Reply-To')} {_head(message, 'References')}"
    return Mail(
        identity,
        address.strip().lower()[:254],
        plain(name, longest=60),
        " ".join(plain(_head(message, "Subject")).split())[:200],
        references=_IDENTITY.findall(said)[:50],
        is_automatic=_is_automatic(message, address),
    )


def _head(message: Message[Any, Any], name: str) -> str:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        # The standard library stumbles over some headers that only programs write.
        return ""
    return _decoded(str(value or ""))


def _decoded(text: str) -> str:
    """Return a header's words; what was read by headers alone is still encoded (RFC 2047)."""
    try:
        return str(make_header(decode_header(text))) if "=?" in text else text
    except (LookupError, ValueError, MessageError):
        return text


def _is_automatic(message: Message[Any, Any], address: str) -> bool:
    """Say whether a program wrote it (RFC 3834, and what came before it)."""
    submitted = _head(message, "Auto-Submitted").strip().lower()
    precedence = _head(message, "Precedence").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or bool(_head(message, "X-Autoreply") or _head(message, "X-Auto-Response-Suppress"))
        or _head(message, "Return-Path").strip() == "<>"
        or address.partition("@")[0].lower() in ("mailer-daemon", "postmaster")
        or "multipart/report" in _head(message, "Content-Type").lower()
    )


def _open(message: MIMEPart, mail: Mail) -> None:
    texts: dict[str, list[str]] = {"plain": [], "html": []}
    for count, part in enumerate(_leaves(message, 0)):
        if part is None or count >= MOST_PARTS:
            mail.left += 1
        elif part.get_content_type() == "message/delivery-status":
            _note_failures(part, message, mail)
        elif _is_text(part):
            texts[part.get_content_subtype()].append(_text(part))
        else:
            _take_file(part, mail)
    chosen = texts["plain"] or [as_text(html) for html in texts["html"]]
    mail.words = plain("\n\n".join(chosen))


def _leaves(part: MIMEPart, depth: int) -> Iterator[MIMEPart | None]:
    """Yield the parts that hold content, and None for what lies too deep."""
    if depth > DEEPEST:
        yield None
    elif part.get_content_type() == "message/delivery-status" or not part.is_multipart():
        yield part
    else:
        for each in part.iter_parts():
            # Alternatives and mixtures are one layer of a letter, not letters within letters.
            inner = depth + (part.get_content_type() == "message/rfc822" or depth > 0)
            yield from _leaves(each, max(inner, 1))


def _is_text(part: MIMEPart) -> bool:
    is_file = part.get_content_disposition() == "attachment" or part.get_filename()
    return part.get_content_type() in ("text/plain", "text/html") and not is_file


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        # An unknown or wrong character set: what is readable is kept.
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _take_file(part: MIMEPart, mail: Mail) -> None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload:
        return
    if len(mail.files) >= MOST_FILES:
        mail.left += 1
        return
    mail.files.append((part.get_filename() or part.get_content_type(), payload))


def _note_failures(part: MIMEPart, message: MIMEPart, mail: Mail) -> None:
    """Read a delivery status (RFC 3464): which message of ours failed, and why."""
    mail.is_automatic = True
    fields = part.as_string()
    if not re.search(r"^action:\s*failed", fields, re.M | re.I):
        return
    names = ("diagnostic-code", "status")
    said = [
        found for name in names for found in re.findall(rf"^{name}:\s*(.+)", fields, re.M | re.I)
    ]
    reason = plain(said[0] if said else "failed", longest=200)
    returned = re.findall(r"^message-id:\s*(<[^<>\s]+>)", message.as_string(), re.M | re.I)
    for identity in [*returned, *mail.references]:
        mail.failed[identity] = reason


class _Text(HTMLParser):
    """Collects what a reader would see."""

    HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
    BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: list[str] = []
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.HIDDEN:
            self.hidden.append(tag)
        elif tag in self.BREAKS:
            self.lines.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.lines.append(re.sub(r"\s+", " ", data))


def as_text(html: str) -> str:
    """Return the words of an HTML document; scripts, styles and addresses are left out."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.lines).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
