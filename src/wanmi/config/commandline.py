"""The `wanmi` command: every room's management commands and the project's own tools.

A command is the Django management command of the same name in one of the rooms
(`make-grids` is `make_grids`). Nothing here knows the rooms by name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from importlib import metadata

from wanmi.config import tools

USAGE = "usage: wanmi COMMAND [OPTIONS]    (wanmi COMMAND --help tells more)"


def main() -> None:
    """Run one command and leave with its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanmi.config.settings")
    name, words = _split(sys.argv[1:])
    if name in tools.TOOLS:
        sys.exit(tools.TOOLS[name](words))
    sys.exit(_say_refusals(lambda: _run(name, words)))


def _split(words: list[str]) -> tuple[str, list[str]]:
    """Return the command and its own words; `help NAME` is `NAME --help`."""
    if not words or words[0] in {"-h", "--help"}:
        return "help", []
    name, *rest = words
    if name == "--version":
        return "version", rest
    if name == "help" and rest:
        return rest[0], ["--help"]
    return name, rest


def _run(name: str, words: list[str]) -> int:
    # Late: Django's parts must not be imported before the settings are named.
    import django
    from django.core.management import ManagementUtility, get_commands

    django.setup()
    _speak_the_callers_language()
    if name == "help":
        return _print_help()
    if name == "version":
        print(metadata.version("wanmi"))
        return 0
    command = name.replace("-", "_")
    if command not in get_commands():
        return _unknown(name)
    ManagementUtility(["wanmi", command, *words]).execute()
    return 0


def _say_refusals(deed: Callable[[], int]) -> int:
    """Run a deed; what a person can put right is told as a sentence, not as a trace."""
    from wanmi.kernel.errors import Refused

    try:
        return deed()
    except Refused as refusal:
        print(f"wanmi: {_sentence(refusal)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has left (`wanmi help | head`); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _sentence(refusal: Exception) -> str:
    from django.utils.translation import gettext

    message = gettext(getattr(refusal, "message", str(refusal)))
    params = getattr(refusal, "params", {})
    return message % params if params else message


def _speak_the_callers_language() -> None:
    """Follow the terminal: Chinese where its locale says so, else English."""
    from django.utils import translation

    locale = next(
        (os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), ""
    )
    translation.activate("zh-hans" if locale.lower().startswith("zh") else "en")


def own_commands() -> dict[str, str]:
    """Return our own commands, as typed, with the room each one lives in."""
    from django.core.management import get_commands

    return {
        name.replace("_", "-"): app.removeprefix("wanmi.")
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app.startswith("wanmi.")
    }


def _print_help() -> int:
    from django.core.management import load_command_class

    print(USAGE + "\n\nCommands:")
    for name, room in own_commands().items():
        command = load_command_class(f"wanmi.{room}", name.replace("-", "_"))
        print(f"  {name:<22} {_first_line(command.help)}")
    print("\nFor developers, from a checkout:")
    for name, tool in tools.TOOLS.items():
        print(f"  {name:<22} {_first_line(tool.__doc__ or '')}")
    print("\nDjango's own commands (migrate, shell, dbshell, …) work as well.")
    return 0


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""


def _unknown(name: str) -> int:
    from django.core.management import get_commands

    known = {n.replace("_", "-") for n in get_commands()} | set(tools.TOOLS)
    near = get_close_matches(name, sorted(known), n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    print(f"wanmi: there is no command “{name}”.{hint} `wanmi help` lists them.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
