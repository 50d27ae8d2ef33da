"""Reading the environment: one typed reader, a safe default for everything.

`declared` remembers every variable that was asked for, so that a test can hold
`docs/run/settings.md` to the code.
"""

import os
from pathlib import Path

__all__ = ["HOME", "declared", "env", "env_flag", "env_int", "env_list"]

declared: dict[str, str] = {}


def env(name: str, default: str = "") -> str:
    """Return the text of `WANMI_<name>`, or the default when unset or empty."""
    declared[f"WANMI_{name}"] = default
    return os.environ.get(f"WANMI_{name}") or default


def env_flag(name: str, default: bool = False) -> bool:
    """Return a yes/no setting; 1, true, yes and on mean yes."""
    return env(name, "yes" if default else "no").lower() in {"1", "true", "yes", "on"}


def env_int(name: str, default: int) -> int:
    """Return a whole-number setting."""
    return int(env(name, str(default)))


def env_list(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


HOME = Path(env("HOME", "var")).resolve()
"""Folder that holds all state: database, media, keys, kept tiles."""
