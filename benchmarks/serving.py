"""The product's server for a benchmark: started on a database, waited for, ended."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def serving(environ: Mapping[str, str], *, port: int, workers: int = 2) -> Iterator[int]:
    """Serve the assembly in worker processes; gives the server's process id."""
    flags = f"--interface asgi --port {port} --workers {workers} --no-ws --blocking-threads 1"
    flags += " --workers-kill-timeout 5 --http 1 --log-level warning"
    words = [sys.executable, "-m", "granian", *flags.split(), "wanmi.config.asgi:application"]
    server = subprocess.Popen(words, env=dict(environ), cwd=ROOT)
    try:
        _wait(server, port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def python(environ: Mapping[str, str], *words: str) -> str:
    """Run Python in the checkout and return what it said; a failure ends the benchmark."""
    done = subprocess.run(
        [sys.executable, *words],
        env=dict(environ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    return done.stdout


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")
