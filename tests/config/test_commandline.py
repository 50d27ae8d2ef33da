"""The command line finds the rooms' commands, and answers people in sentences."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from wanmi.config import commandline
from wanmi.kernel.errors import Refused


class OutOfPaper(Refused):
    """The printer has %(sheets)s sheets left."""


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wanmi.config.commandline", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environ},
    )


def test_help_lists_every_command_with_its_purpose(tmp_path: Path) -> None:
    done = run("help", WANMI_HOME=str(tmp_path))

    assert done.returncode == 0
    for name in commandline.own_commands():
        line = next(row for row in done.stdout.splitlines() if row.split()[:1] == [name])
        assert len(line.split()) > 1, f"{name} tells no purpose"


def test_an_unknown_command_is_told_with_its_nearest(tmp_path: Path) -> None:
    done = run("mirgate", WANMI_HOME=str(tmp_path))

    assert done.returncode == 2
    assert "migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_is_a_sentence_and_not_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    def deed() -> int:
        raise OutOfPaper(sheets=3)

    assert commandline._say_refusals(deed) == 1
    assert capsys.readouterr().err == "wanmi: The printer has 3 sheets left.\n"


def test_a_bug_stays_loud() -> None:
    def deed() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        commandline._say_refusals(deed)


def test_dashes_and_help_are_understood() -> None:
    assert commandline._split(["help", "make-grids"]) == ("make-grids", ["--help"])
    assert commandline._split([]) == ("help", [])
    assert commandline._split(["import", "cases", "x y.csv"]) == ("import", ["cases", "x y.csv"])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds the script and a uv which tells its words."""
    place = tmp_path / "a place"
    (place / ".uv/bin").mkdir(parents=True)
    shutil.copy(ROOT / "wanmi", place / "wanmi")
    uv = place / ".uv/bin/uv"
    uv.write_text('#!/bin/sh\n[ "$1" = --version ] || printf "%s\\n" "$@" "$WANMI_HOME"\n')
    uv.chmod(0o755)
    return place


def told(checkout: Path, *words: str) -> list[str]:
    done = subprocess.run(
        [str(checkout / "wanmi"), *words],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
    )
    return done.stdout.splitlines()


def test_the_script_runs_from_the_lock_and_rebuilds_what_was_deleted(checkout: Path) -> None:
    words = told(checkout, "demo", "--city name", "two words")

    assert "--frozen" in words
    assert "--no-dev" in words
    assert words[words.index("--reinstall-package") + 1] == "wanmi"
    assert words[-4:-1] == ["demo", "--city name", "two words"]
    assert words[-1] == str(checkout / "var")


def test_the_script_leaves_a_complete_checkout_alone(checkout: Path) -> None:
    vendor = checkout / "src/wanmi/shell/static/vendor"
    vendor.mkdir(parents=True)
    (vendor / ".stamp").touch()

    words = told(checkout, "test")

    assert "--reinstall-package" not in words
    assert "--no-dev" not in words
