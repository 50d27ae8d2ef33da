"""Reads every sentence the product can say, and what has been translated.

`python -m tests.architecture.messages [ROOM]` prints what a room still lacks, ready
to be pasted into its `locale/zh_Hans/LC_MESSAGES/django.po`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po

from tests.architecture.house import PACKAGE, short, sources

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    # the kernel knows no gettext; it marks its own sentences with this
    "Phrase": None,
}


@dataclass(frozen=True)
class Message:
    """One sentence in English and where it stands."""

    room: str
    place: str
    text: str
    context: str = ""
    plural: str = ""


@dataclass(frozen=True)
class Entry:
    """One translated sentence of a catalogue."""

    place: str
    text: str
    forms: tuple[str, ...]
    fuzzy: bool


def messages() -> list[Message]:
    """Return every message of the product's Python files and templates."""
    found: list[Message] = []
    for path in sources("*.py"):
        found += _of_python(path)
    for path in sources("*.html", "*.txt"):
        if "templates" in path.parts:
            found += _of_template(path)
    return found


def entries() -> dict[tuple[str, str], Entry]:
    """Return all rooms' Simplified Chinese entries by (context, English text)."""
    return {
        (str(message.context or ""), _text(message.id)): Entry(
            f"{short(path)}:{message.lineno}", _text(message.id), _forms(message), message.fuzzy
        )
        for path in sorted(PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/*.po"))
        for message in _catalogue(path)
        if message.id
    }


def _catalogue(path: Path) -> Iterator:  # type: ignore[type-arg]  # Babel's messages
    with path.open("rb") as file:
        yield from read_po(file, locale="zh_Hans", abort_invalid=True)


def _text(found: str | tuple[str, ...]) -> str:
    return found if isinstance(found, str) else found[0]


def _forms(message) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    found = message.string
    return (found,) if isinstance(found, str) else tuple(found)


def room_of(path: Path) -> str:
    """Return the room a file lies in."""
    return path.relative_to(PACKAGE).parts[0]


def _of_python(path: Path) -> list[Message]:
    return [*_marked(path), *_refusals(path)]


def _marked(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        for line, name, found, _comments in extract_python(file, KEYWORDS, [], {}):
            parts = list(found) if isinstance(found, tuple) else [found]
            context = str(parts.pop(0)) if "pgettext" in name and len(parts) > 1 else ""
            # What is no literal is not to be read here; it stands as None.
            if parts and parts[0]:
                plural = str(parts[1]) if "npget" in name or name.startswith("nget") else ""
                yield Message(
                    room_of(path), f"{short(path)}:{line}", str(parts[0]), context, plural
                )


def _refusals(path: Path) -> Iterator[Message]:
    """Yield what refusals say: their first docstring line and the sentences given to them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and node.name in refusal_classes():
            text = (ast.get_docstring(node) or "").strip().partition("\n")[0]
        elif isinstance(node, ast.Call) and _called(node) in refusal_classes():
            text = _first_text(node)
        else:
            continue
        if text:
            yield Message(room_of(path), f"{short(path)}:{node.lineno}", text)


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def _first_text(node: ast.Call) -> str:
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


@cache
def refusal_classes() -> frozenset[str]:
    """Return the names of `Refused` and of every class below it, read from the sources."""
    bases: dict[str, set[str]] = {}
    for path in sources("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                names = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
                bases.setdefault(node.name, set()).update(names)
    known = {"Refused"}
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return frozenset(known)


WORD = r"""(?:"(?P<d{n}>(?:[^"\\]|\\.)*)"|'(?P<s{n}>(?:[^'\\]|\\.)*)')"""
TAG = re.compile(
    r"{%\s*(?:translate|trans)\s+"
    + WORD.format(n=1)
    # a filter or an option may follow; the context is the only one that matters
    + r"(?P<rest>[^%]*)%}"
)
INLINE = re.compile(r"\b_\(\s*" + WORD.format(n=1) + r"\s*\)")
BLOCK = re.compile(
    r"{%\s*(?:blocktranslate|blocktrans)\b(?P<head>[^%]*)%}(?P<body>.*?)"
    r"{%\s*(?:endblocktranslate|endblocktrans)\s*%}",
    re.S,
)
PLURAL = re.compile(r"{%\s*plural\s*%}")
VARIABLE = re.compile(r"{{\s*(\w+)[^}]*}}")
CONTEXT = re.compile(r"\bcontext\s+[\"']([^\"']+)[\"']")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.S)


def _of_template(path: Path) -> list[Message]:
    # Comments are blanked, not cut, so that line numbers stay true.
    text = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), path.read_text(encoding="utf-8"))
    return [
        Message(room_of(path), f"{short(path)}:{text.count(chr(10), 0, at) + 1}", said, ctx, plural)
        for at, said, ctx, plural in in_template(text)
    ]


def in_template(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield position, sentence, context and plural of every translated text in a template."""
    for match in (*TAG.finditer(text), *INLINE.finditer(text)):
        context = CONTEXT.search(match.groupdict().get("rest") or "")
        said = match["d1"] if match["d1"] is not None else match["s1"]
        yield match.start(), _unquoted(said), context[1] if context else "", ""
    for match in BLOCK.finditer(text):
        trimmed = re.search(r"\btrimmed\b", match["head"]) is not None
        one, *more = [_block_text(part, trimmed) for part in PLURAL.split(match["body"])]
        context = CONTEXT.search(match["head"])
        yield match.start(), one, context[1] if context else "", more[0] if more else ""


def _unquoted(text: str) -> str:
    # Django doubles a lone % in these tags; it looks the sentence up that way.
    return re.sub(r"\\(.)", r"\1", text).replace("%", "%%")


def _block_text(body: str, trimmed: bool) -> str:
    if trimmed:
        body = " ".join(line.strip() for line in body.strip().splitlines() if line.strip())
    return VARIABLE.sub(r"%(\1)s", body.replace("%", "%%"))


def missing(room: str = "") -> list[Message]:
    """Return what has no Chinese yet, each sentence once."""
    done = entries()
    found = {
        (message.context, message.text): message
        for message in reversed(messages())
        if (not room or message.room == room) and not _is_done(message, done)
    }
    return sorted(found.values(), key=lambda message: message.place)


def _is_done(message: Message, done: dict[tuple[str, str], Entry]) -> bool:
    entry = done.get((message.context, message.text))
    return bool(entry and entry.forms and all(entry.forms) and not entry.fuzzy)


def _stub(message: Message) -> str:
    quoted = message.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    plural = message.plural.replace('"', '\\"').replace("\n", "\\n")
    lines = [f"#: {message.place.removeprefix('src/')}"]
    lines += [f'msgctxt "{message.context}"'] if message.context else []
    lines += [f'msgid "{quoted}"']
    lines += [f'msgid_plural "{plural}"', 'msgstr[0] ""'] if plural else ['msgstr ""']
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for lacking in missing(sys.argv[1] if len(sys.argv) > 1 else ""):
        print(_stub(lacking))
