"""Templates stay small, and hold nothing the strict content policy would block."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import short, sources

MAX_LINES = 150

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", re.I),
    "inline style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "hx-on": re.compile(r"\bhx-on\b", re.I),
    "js: value": re.compile(r"\bhx-[a-z:]+\s*=\s*[\"']\s*(js|javascript):", re.I),
    "trigger filter": re.compile(r"\bhx-trigger[a-z:]*\s*=\s*[\"'][^\"']*\[", re.I),
    "javascript address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
    "foreign address": re.compile(
        r"<(script|link|img|iframe)\b[^>]*\b(src|href)=[\"']https?:", re.I
    ),
}
# Django's short comment ends with its line; a longer one would be shown to people.
LONG_COMMENT = re.compile(r"{#(?![^\n]*#})")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)


def _offences(text: str) -> list[str]:
    bare = COMMENT.sub("", text)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(bare)]


def test_templates_are_small_and_clean() -> None:
    wrong = [f"{short(path)}: {offence}" for path in sources("*.html") for offence in _wrong(path)]

    assert not wrong, "\n" + "\n".join(wrong)


def _wrong(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    told = _offences(text)
    if LONG_COMMENT.search(text):
        told.append("a comment over several lines")
    if text.count("\n") > MAX_LINES:
        told.append(f"more than {MAX_LINES} lines")
    return told


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">',
        '<button onclick="go()">',
        '<a hx-on:click="go()">',
        "<a hx-vals='js:{a: 1}'>",
        '<a hx-trigger="keyup[key==13]">',
        '<script src="https://example.org/a.js"></script>',
    ],
)
def test_an_offence_would_be_seen(text: str) -> None:
    assert _offences(text)


def test_clean_parts_pass() -> None:
    assert not _offences('<script type="module" src="{% static "shell/a.js" %}"></script>')
    assert not _offences('<a hx-get="/x" hx-target="#y" data-on="1">')
