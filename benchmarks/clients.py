"""Clients that post over kept-alive connections, as fast as they are answered."""

import json
import multiprocessing
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from typing import Any
from urllib.parse import urlencode

FORM = "X-Bench-Form"
"""A header that lets a connection post forms instead of JSON."""
Body = Callable[[int], dict[str, Any]]


@dataclass
class Answers:
    """How many answers of each status came, and how long each took (seconds)."""

    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0

    def add(self, other: "Answers") -> None:
        """Take in what another client saw."""
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count
        self.seconds += other.seconds
        self.wall = max(self.wall, other.wall)

    def take_turn(self, other: "Answers") -> None:
        """Take in what came in a later turn: its time goes beside ours, not over it."""
        wall = self.wall + other.wall
        self.add(other)
        self.wall = wall

    @property
    def per_second(self) -> float:
        """Return the answers per second of wall time."""
        return sum(self.statuses.values()) / self.wall

    @property
    def errors(self) -> int:
        """Return how many answers were neither 200 nor 201."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 201))

    def percentile_ms(self, part: float) -> float:
        """Return the time below which a part (0–1) of the answers lies, in milliseconds."""
        ranked = sorted(self.seconds)
        return 1000 * ranked[min(int(part * len(ranked)), len(ranked) - 1)]


class Connection:
    """One kept-alive HTTP/1.1 connection; just enough of the protocol for small JSON answers."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = self._socket.makefile("rb")
        self._is_form = FORM in headers
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        """Post JSON, or a form where the headers say so; return status and body."""
        written = urlencode(body) if self._is_form else json.dumps(body)
        return self.send(path, written.encode())

    def send(self, path: str, content: bytes) -> tuple[int, bytes]:
        """Post what is encoded already; return status and body."""
        kind = "application/x-www-form-urlencoded" if self._is_form else "application/json"
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(content)}\r\n{self._headers}\r\n"
        )
        self._socket.sendall(head.encode() + content)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        status, length, is_chunked = int(self._stream.readline().split()[1]), 0, False
        while line := self._stream.readline().strip().lower():
            if line.startswith(b"content-length:"):
                length = int(line[15:])
            is_chunked = is_chunked or line == b"transfer-encoding: chunked"
        return status, self._chunks() if is_chunked else self._stream.read(length)

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._stream.readline(), 16):
            body += self._stream.read(size)
            self._stream.readline()
        self._stream.readline()
        return body


def hammer(
    port: int, path: str, body: Body, headers: dict[str, str], *, clients: int, seconds: float
) -> Answers:
    """Let clients post for some seconds, spread over two processes; return what they saw."""
    context = multiprocessing.get_context("fork")
    results: Queue[Answers] = context.Queue()
    halves = [clients // 2, clients - clients // 2]
    processes = [
        context.Process(target=_half, args=(results, port, path, body, headers, half, seconds))
        for half in halves
        if half
    ]
    for process in processes:
        process.start()
    total = Answers()
    for _ in processes:
        total.add(results.get())
    for process in processes:
        process.join()
    return total


def _half(
    results: "Queue[Answers]",
    port: int,
    path: str,
    body: Body,
    headers: dict[str, str],
    clients: int,
    seconds: float,
) -> None:
    each = [Answers() for _ in range(clients)]
    threads = [
        threading.Thread(target=_one, args=(answers, port, path, body, headers, number, seconds))
        for number, answers in enumerate(each)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Answers()
    for answers in each:
        total.add(answers)
    results.put(total)


def _one(
    answers: Answers,
    port: int,
    path: str,
    body: Body,
    headers: dict[str, str],
    number: int,
    seconds: float,
) -> None:
    connection, count = Connection(port, headers), 0
    begun = time.perf_counter()
    while (sent := time.perf_counter()) - begun < seconds:
        status, _ = connection.post(path, body(number * 1_000_000 + count))
        answers.seconds.append(time.perf_counter() - sent)
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
        count += 1
    answers.wall = time.perf_counter() - begun
