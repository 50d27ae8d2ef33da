"""Numbers and identifiers by rule: built from components, never cut out of a text."""

import string
from dataclasses import dataclass
from datetime import date
from typing import Final

from .errors import Invalid

_TOKENS: Final = {"area", "yyyy", "yy", "mm", "dd", "seq"}


class UnusablePattern(Invalid):
    """This number pattern cannot be used: %(reason)s."""

    code = "unusable_pattern"


@dataclass(frozen=True)
class NumberPattern:
    """A pattern of case numbers such as "{area}{yyyy}{mm}{dd}{seq:05}".

    The sequence begins anew in each scope: as fine as the date tokens used
    (day, month, year, never), and per area when the area is used.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse unknown tokens and a pattern that could repeat itself."""
        names = [name for _, name, _, _ in self._parts() if name is not None]
        unknown = set(names) - _TOKENS
        if unknown:
            raise UnusablePattern(reason=f"unknown token {sorted(unknown)[0]}")
        if names.count("seq") != 1:
            raise UnusablePattern(reason="it needs {seq} exactly once")
        if "dd" in names and "mm" not in names:
            raise UnusablePattern(reason="a day needs its month")
        if "mm" in names and not {"yyyy", "yy"} & set(names):
            raise UnusablePattern(reason="a month needs its year")

    def render(self, *, area: str, day: date, seq: int) -> str:
        """Return the number for an area code, a day of the city and a sequence."""
        return self.text.format(
            area=area,
            yyyy=f"{day:%Y}",
            yy=f"{day:%y}",
            mm=f"{day:%m}",
            dd=f"{day:%d}",
            seq=seq,
        )

    def scope(self, area: str, day: date) -> str:
        """Return the scope within which the sequence counts on."""
        names = {name for _, name, _, _ in self._parts()}
        parts = [area if "area" in names else ""]
        if names & {"yyyy", "yy"}:
            parts.append(f"{day:%Y}")
        parts += [f"{day:%m}"] if "mm" in names else []
        parts += [f"{day:%d}"] if "dd" in names else []
        return "/".join(parts)

    def _parts(self) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self.text))
        except ValueError as error:
            raise UnusablePattern(reason=str(error)) from error
