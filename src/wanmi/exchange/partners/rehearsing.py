"""Mock partners that speak each partner's protocol, so that a city and its tests can rehearse.

Nothing here is used in a city's real traffic: `wanmi rehearse` and the tests play the
other side with it.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from . import signing
from .wechat.endpoint import signature
from .wechat.sealing import Account


class Partner(ThreadingHTTPServer):
    """A gateway for text messages, a WeChat account and a platform of work orders in one.

    `told` is what the city said, oldest first. A token that is called aged is refused once.
    """

    daemon_threads = True

    def __init__(self, port: int = 0, secret: str = "rehearsal") -> None:  # noqa: S107  # a mock
        self.secret = secret
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[int] = []
        """Statuses with which the next messages are refused."""
        self.tokens = 0
        super().__init__(("127.0.0.1", port), _Desk)

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Desk(BaseHTTPRequestHandler):
    server: Partner

    def do_GET(self) -> None:
        """Give an access token, as the WeChat platform does."""
        self.server.tokens += 1
        self._say({"access_token": f"token-{self.server.tokens}", "expires_in": 7200})

    def do_POST(self) -> None:
        """Take a message and acknowledge it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.refusals:
            self._say({"error": "not now"}, self.server.refusals.pop(0))
            return
        path = self.path.partition("?")[0]
        if not path.startswith("/cgi-bin/"):
            signing.require_signed(self.server.secret, dict(self.headers), body)
        elif "token-1" in self.path and self.server.tokens == 1 and "aged" in body.decode():
            self._say({"errcode": 42001, "errmsg": "access_token expired"})
            return
        self.server.told.append((path, json.loads(body)))
        self._say({"id": f"partner-{len(self.server.told)}", "errcode": 0})

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


@dataclass(frozen=True)
class WeChat:
    """The platform as it speaks to an account's endpoint: in plain text, or sealed for it."""

    token: str
    account: Account | None = None

    def message(self, **fields: str) -> tuple[dict[str, str], str]:
        """Return the parameters and the body of a text message; fields given replace its own."""
        given = {"ToUserName": "gh_1", "FromUserName": "o_Wang", "CreateTime": "1", "MsgId": "71"}
        body = _xml(given | {"MsgType": "text", "Content": "桥头有垃圾"} | fields)
        stamp, nonce = str(int(time.time())), "n"
        asked = {"timestamp": stamp, "nonce": nonce}
        asked["signature"] = signature(self.token, stamp, nonce)
        if self.account is None:
            return asked, body
        sealed = self.account.seal(body)
        asked |= {"encrypt_type": "aes"}
        asked["msg_signature"] = signature(self.token, stamp, nonce, sealed)
        return asked, _xml({"ToUserName": "gh_1", "Encrypt": sealed})

    def read(self, body: bytes) -> dict[str, str]:
        """Return the fields of a reply; one that is not signed and sealed for us is refused."""
        fields = _fields(body)
        if self.account is None or not fields:
            return fields
        parts = (fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
        if fields["MsgSignature"] != signature(self.token, *parts):
            raise signing.BadSignature
        return _fields(self.account.open(fields["Encrypt"]))


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Serve in a thread of its own until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def address(url: str, asked: dict[str, str]) -> str:
    """Return an address with its parameters."""
    return f"{url}?{urlencode(asked)}"


def _xml(fields: dict[str, str]) -> str:
    root = etree.Element("xml")
    for name, value in fields.items():
        etree.SubElement(root, name).text = etree.CDATA(value)
    return etree.tostring(root, encoding="unicode")


def _fields(body: bytes) -> dict[str, str]:
    if not body.startswith(b"<xml>"):
        return {}
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    return {str(child.tag): child.text or "" for child in root}
