"""What people send to the pages of areas, read and checked."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line, clean_text
from wanmi.shell import pages

from .models import AreaKind

LENGTHS = {
    "name_zh": 80,
    "name_en": 120,
    "land_use": 20,
    "region_class": 8,
    "responsible_body": 18,
}
NOTE_LENGTH = 2000


@dataclass(frozen=True)
class Wanted:
    """The filters of the list as they stand in the address."""

    q: str
    kind: str
    parent: str

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the place in the tree narrows the list."""
        return bool(self.q or self.kind)


def wanted(request: HttpRequest) -> Wanted:
    """Read the filters; text that cannot be kept is no filter."""
    kind = pages.line_of(request.GET, "kind", 60)
    return Wanted(
        pages.line_of(request.GET, "q", 60),
        kind if kind in AreaKind.values else "",
        pages.line_of(request.GET, "parent", 60),
    )


def attributes(sent: QueryDict) -> dict[str, str]:
    """Read sent attributes of an area; its Chinese name must stay."""
    found = {
        name: clean_line(sent.get(name, ""), max_length=length)
        for name, length in LENGTHS.items()
        if name in sent
    }
    if "note" in sent:
        found["note"] = clean_text(sent.get("note", ""), max_length=NOTE_LENGTH)
    if found.get("name_zh") == "":
        raise Invalid("An area needs a name.")
    return found


def day(text: str) -> date:
    """Read a day as browsers send it (ISO)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("Name a day, such as 2026-11-30.") from None
