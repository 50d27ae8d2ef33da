"""The interface is complete in Simplified Chinese and in English."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture import messages
from tests.architecture.house import short, sources

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*}|(?<!%)%[sd]")
ENGLISH = re.compile(r"[A-Za-z]{2}|^\W*$|%\(")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What is the same in both languages may stand in a page as it is.
NAMES = {"Wanmi", "万米", "简体中文", "English", "CSV", "XLSX", "GeoJSON", "API"}


def test_every_sentence_has_its_chinese() -> None:
    missing = messages.missing()

    told = "\n".join(f"{message.place}: {message.text!r}" for message in missing)
    assert not missing, (
        f"{len(missing)} sentences lack Chinese "
        f"(python -m tests.architecture.messages ROOM prints entries to fill in):\n{told}"
    )


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        f"{entry.place}: {entry.text!r} → {form!r}"
        for entry in messages.entries().values()
        for form in entry.forms
        if set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(entry.text))
        or (len(entry.forms) == 1 and _differ(form, entry.text))
    ]

    assert not wrong, "\n".join(wrong)


def _differ(form: str, text: str) -> bool:
    return sorted(set(PLACEHOLDER.findall(form))) != sorted(set(PLACEHOLDER.findall(text)))


def test_sources_speak_english() -> None:
    other = [f"{m.place}: {m.text}" for m in messages.messages() if not ENGLISH.search(m.text)]

    assert not other, "\n".join(other)


TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
BLOCKS = re.compile(
    r"{%\s*(blocktranslate|blocktrans|comment)\b.*?{%\s*end\1\s*%}|<!--.*?-->", re.S
)
# Keys are named as they are printed on the keyboard; class names are shown to nobody.
CLASSES = re.compile(
    r"<kbd>.*?</kbd>|{%\s*block \w*(?:class|attributes?)\s*%}.*?{%\s*endblock\b.*?%}", re.S
)
SAID = re.compile(r"\b(?:title|alt|placeholder|aria-label|aria-description)=\"([^\"]*)\"")


def bare_words(text: str) -> list[str]:
    """Return words of a template that are shown without going through translation."""
    text = TAGS.sub(" ", CLASSES.sub(" ", BLOCKS.sub(" ", text)))
    shown = [*SAID.findall(text), *re.split(r"<[^>]*>", text)]
    words = {word for part in shown for word in re.findall(r"[^\W\d_]{2,}", part)}
    return sorted(words - NAMES)


def _pages() -> list[Path]:
    """Return templates that hold markup; samples of the gallery and the bilingual 500 apart."""
    return [
        path
        for path in sources("*.html")
        if "gallery" not in path.parts
        and path.name != "500.html"
        and "<" in path.read_text(encoding="utf-8")
    ]


def test_pages_say_nothing_untranslated() -> None:
    bare = {short(path): bare_words(path.read_text(encoding="utf-8")) for path in _pages()}

    assert not {page: words for page, words in bare.items() if words}


def test_scripts_hold_no_chinese() -> None:
    """Scripts take their words from data- attributes."""
    speaking = [
        short(path)
        for path in sources("*.js", "*.mjs")
        if CHINESE.search(
            re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
        )
    ]

    assert not speaking


def test_the_reader_sees_what_pages_say() -> None:
    text = """{% translate "One %" %} {% trans 'Two' context "lamp" %} {{ _("Three") }}
    {% blocktranslate trimmed count n=n %}
      {{ n }} case
    {% plural %}
      {{ n }} cases
    {% endblocktranslate %}"""

    found = {(said, ctx, plural) for _at, said, ctx, plural in messages.in_template(text)}

    assert found == {
        ("One %%", "", ""),
        ("Two", "lamp", ""),
        ("Three", "", ""),
        ("%(n)s case", "", "%(n)s cases"),
    }
    assert bare_words('<p title="Hallo">{% translate "x" %} Bare</p>') == ["Bare", "Hallo"]
