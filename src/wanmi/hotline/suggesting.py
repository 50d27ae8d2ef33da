"""Which class somebody's words may mean: names of classes and conditions found in them.

No probability is shown: this only saves typing, the agent chooses.
"""

from wanmi.catalogue import queries as catalogue
from wanmi.shell.pages import spoken

MOST = 5


def classes_for(words: str) -> list[tuple[str, str]]:
    """Return classes in force whose name has most of its character pairs in the words."""
    said = _pairs(words)
    if not said:
        return []
    found = []
    for row in catalogue.categories():
        for name in (row.name_zh, row.name_en):
            wanted = _pairs(name)
            if wanted and (shared := len(wanted & said) / len(wanted)) >= 0.5:
                found.append((shared, row))
                break
    found.sort(key=lambda each: (-each[0], each[1].code))
    return [
        (f"{row.kind}/{row.code}", f"{row.code} {spoken(row.name_zh, row.name_en)}")
        for _, row in found[:MOST]
    ]


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split()).lower()
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
