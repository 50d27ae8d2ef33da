"""A telephone system to rehearse with: signs and sends what a real one would."""

import io
import json
import math
import struct
import time
import urllib.error
import urllib.request
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from .rules import signature

Post = Callable[[str, bytes, dict[str, str]], dict[str, Any]]


def post_to(url: str) -> Post:
    """Return what sends a message to a server and answers its JSON. Raises OSError."""
    base = url.rstrip("/")

    def post(path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        request = urllib.request.Request(base + path, body, headers)  # noqa: S310  # ours to name
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
            return told

    return post


@dataclass
class Line:
    """One call of the simulated telephone system."""

    post: Post
    secret: str
    caller: str
    call: str = field(default_factory=lambda: f"sim-{uuid4().hex[:12]}")

    def tell(self, event: str, **more: str) -> dict[str, Any]:
        """Send one event, signed; return how the call stands."""
        told = {
            "id": uuid4().hex,
            "call": self.call,
            "event": event,
            "at": datetime.now(UTC).isoformat(),
            "caller": self.caller,
            **more,
        }
        return self._send("/api/v1/hotline/events", json.dumps(told).encode(), "application/json")

    def hand_in(self, audio: bytes) -> dict[str, Any]:
        """Send the recording, signed."""
        path = f"/api/v1/hotline/calls/{quote(self.call)}/recording"
        return self._send(path, audio, "audio/wav")

    def _send(self, path: str, body: bytes, content_type: str) -> dict[str, Any]:
        moment = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "Wanmi-Timestamp": moment,
            "Wanmi-Signature": f"sha256={signature(self.secret, moment, body)}",
        }
        return self.post(path, body, headers)


def tone(seconds: float = 1.0, *, hertz: int = 440, rate: int = 8000) -> bytes:
    """Return a WAV file with a tone, in place of what people said."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        count = int(seconds * rate)
        steps = (math.sin(2 * math.pi * hertz * n / rate) for n in range(count))
        out.writeframes(b"".join(struct.pack("<h", int(step * 8000)) for step in steps))
    return file.getvalue()
