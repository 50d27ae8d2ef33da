"""`wanmi demo --once`: a temporary city, a temporary server, one case through all phases."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

START_SECONDS = 90.0


@contextmanager
def temporary_server(environ: dict[str, str]) -> Iterator[str]:
    """Run the production server with these settings until the block ends; give its address."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    words = ["serve", "--port", str(port), "--workers", "1"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603  # our own words
            [sys.executable, "-m", "wanmi.config.commandline", *words],
            env={**os.environ, **environ},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(process, url)
            yield url
        except ServerDidNotStart:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace")[-3000:])
            raise
        finally:
            _stop(process)


class ServerDidNotStart(Exception):
    """The server ended, or did not answer in time."""


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Give a state folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="wanmi-once-") as folder:
        yield Path(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/readyz", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise ServerDidNotStart(url)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
