"""A mailbox as the tests need one; the other partners are in `exchange.partners.rehearsing`."""

from __future__ import annotations

import re
import socketserver


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
