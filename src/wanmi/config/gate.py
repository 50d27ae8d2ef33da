"""The quality gate behind `wanmi check`: one line a step, all output of a step that fails.

`wanmi check NAME…` runs only the named steps.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field

from wanmi.config.tools import ROOT


@dataclass(frozen=True)
class Step:
    """One check: its name, the words that run it, and the environment it needs besides."""

    name: str
    words: list[str]
    environ: dict[str, str] = field(default_factory=dict)


def main(names: list[str]) -> int:
    """Run all steps, or the named ones; return 0 only when each of them passed."""
    unknown = set(names) - {step.name for step in steps()}
    if unknown:
        print(f"wanmi check: no step is called {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    started = time.monotonic()
    chosen = [step for step in steps() if not names or step.name in names]
    failed = [step.name for step in chosen if not _passes(step)]
    seconds = time.monotonic() - started
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} steps passed in {seconds:.0f} s")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


# What asks no database, or starts the embedded one whatever engine is tested.
WITHOUT_DATABASE = (
    "tests/architecture",
    "tests/config/test_commandline.py",
    "tests/demo/test_once.py",
    "tests/demo/test_photographs.py",
    "tests/demo/test_plan.py",
    "tests/demo/test_stories.py",
    "tests/dispatch/test_rules.py",
    "tests/evidence/test_rules.py",
    "tests/geography/test_drafting.py",
    "tests/geography/test_mvt.py",
    "tests/kernel",
    "tests/shell/test_components.py",
    "tests/shell/test_menu.py",
    "tests/shell/test_schemaforms.py",
    "tests/triage/test_rules.py",
)


def steps() -> list[Step]:
    """Return every step, the quick ones first."""
    python = sys.executable
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    pytest = [python, "-m", "pytest", "-q", "-n", _workers(), "--dist", "loadgroup"]
    return [
        Step("lock", [uv, "lock", "--check", "--quiet"]),
        Step("ruff", [python, "-m", "ruff", "check", "."]),
        Step("format", [python, "-m", "ruff", "format", "--check", "."]),
        Step("imports", [_script("lint-imports")]),
        Step("migrations", [python, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        Step("settings", [python, "-m", "django", "check", "--fail-level", "WARNING"]),
        Step("types", [python, "-m", "mypy"]),
        Step("tests-sqlite", pytest, {"WANMI_DATABASE_URL": ""}),
        *_postgres_step(pytest),
    ]


def _postgres_step(pytest: list[str]) -> list[Step]:
    """Return the PostgreSQL tests; where nothing may be skipped, a missing server fails them."""
    url = os.environ.get("WANMI_TEST_POSTGRES_URL", "")
    if not url and os.environ.get("WANMI_TEST_ALL") != "1":
        print("tests-postgres: skipped, WANMI_TEST_POSTGRES_URL names no server")
        return []
    if not url:
        return [Step("tests-postgres", [sys.executable, "-c", "exit('WANMI_TEST_POSTGRES_URL?')"])]
    # Neither what a browser shows nor what asks no database depends on the engine: that has run.
    others = [*pytest, "-m", "not browser", *(f"--ignore={place}" for place in WITHOUT_DATABASE)]
    return [Step("tests-postgres", others, {"WANMI_DATABASE_URL": url})]


def _workers() -> str:
    return os.environ.get("WANMI_TEST_WORKERS") or str(min(os.cpu_count() or 2, 4))


def _script(name: str) -> str:
    return str(ROOT / ".venv/bin" / name) if not shutil.which(name) else str(shutil.which(name))


def _passes(step: Step) -> bool:
    started = time.monotonic()
    print(f"{step.name:<16}", end="", flush=True)
    done = subprocess.run(  # noqa: S603  # our own words
        step.words,
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "wanmi.config.settings"} | step.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    last = (done.stdout.strip().splitlines() or [""])[-1].strip("= ")
    print(f"{'ok' if done.returncode == 0 else 'FAILED':<8}{seconds:6.1f} s  {last}", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
