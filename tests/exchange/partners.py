"""Mock partners: small servers that speak each partner's protocol, for tests and rehearsals.

`python -m tests.exchange.partners PORT` serves the gateway, the platform and the
account on one port.
"""

from __future__ import annotations

import json
import re
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from wanmi.exchange.partners import signing


class Partner(ThreadingHTTPServer):
    """A gateway for text messages, a WeChat account and a platform of work orders in one."""

    daemon_threads = True

    def __init__(self, port: int = 0, secret: str = "rehearsal") -> None:  # a mock
        self.secret = secret
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[int] = []
        """Statuses with which the next messages are refused."""
        self.tokens = 0
        super().__init__(("127.0.0.1", port), _Desk)

    @property
    def url(self) -> str:
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


class Mailbox(socketserver.ThreadingTCPServer):
    """As much of an IMAP server as one client needs (RFC 9051): messages with flags."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *messages: bytes) -> None:
        self.messages = list(messages)
        self.flags: list[set[str]] = [set() for _ in messages]
        super().__init__(("127.0.0.1", 0), _Session)


class _Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._line("* OK ready")
        for raw in self.rfile:
            tag, command, words = [*raw.decode().strip().split(" ", 2), ""][:3]
            if command.upper() == "CAPABILITY":
                self._line("* CAPABILITY IMAP4rev1")
            elif command.upper() == "SELECT":
                self._line(f"* {len(self.server.messages)} EXISTS")
            elif command.upper() == "UID":
                self._by_uid(words)
            self._line(f"{tag} OK done")
            if command.upper() == "LOGOUT":
                return

    def _by_uid(self, words: str) -> None:
        command, _, rest = words.partition(" ")
        if command == "SEARCH":
            unread = [
                str(number)
                for number, flags in enumerate(self.server.flags, 1)
                if not flags & {r"\Seen", r"\Flagged"}
            ]
            self._line(f"* SEARCH {' '.join(unread)}")
            return
        number = int(rest.split(" ", 1)[0])
        message = self.server.messages[number - 1]
        if command == "STORE":
            self.server.flags[number - 1] |= set(re.findall(r"\\\w+", rest))
        elif "RFC822.SIZE" in rest:
            self._line(f"* {number} FETCH (UID {number} RFC822.SIZE {len(message)})")
        else:
            self._send(number, message if "[]" in rest else message.split(b"\r\n\r\n")[0])

    def _send(self, number: int, content: bytes) -> None:
        self._line(f"* {number} FETCH (UID {number} BODY[] {{{len(content)}}}")
        self.wfile.write(content)
        self._line(")")

    def _line(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Serve beside the test until its end."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    Partner(int(sys.argv[1])).serve_forever()
