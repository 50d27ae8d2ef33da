"""Numbers given out one after the other, by a pattern a city may choose."""

import re
import string
from dataclasses import dataclass
from datetime import date
from typing import Final

from wanmi.kernel.errors import Invalid, Phrase

_TOKENS: Final = {"area", "yyyy", "yy", "mm", "dd", "seq"}
_WIDTH: Final = re.compile(r"0[1-9]")
# What may be read aloud, typed and put into an address without escaping.
_LITERAL: Final = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕.-]*")


class UnusablePattern(Invalid):
    """This number pattern cannot be used: %(reason)s."""

    code = "unusable_pattern"


class UnknownToken(UnusablePattern):
    """There is no token {%(token)s}; known are area, yyyy, yy, mm, dd and seq."""

    code = "unknown_token"


@dataclass(frozen=True)
class NumberPattern:
    """A pattern of case numbers such as "{area}{yyyy}{mm}{dd}{seq:05}".

    The sequence begins anew in each scope: as fine as the date tokens used
    (day, month, year, never), and per area when the area is used. A sequence
    that outgrows its width gets longer rather than starting over, so nothing
    that could be taken for one of its digits may follow it.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse unknown tokens and a pattern that could repeat itself."""
        names = self._names()
        if names.count("seq") != 1 or names[-1] != "seq":
            raise UnusablePattern(
                reason=Phrase("it needs {seq:05} exactly once, as its last token")
            )
        if re.search(r"}[^}]*\d[^}]*$", self.text):
            raise UnusablePattern(reason=Phrase("no digit may follow the sequence"))
        if "dd" in names and "mm" not in names:
            raise UnusablePattern(reason=Phrase("a day needs its month"))
        if "mm" in names and not {"yyyy", "yy"} & set(names):
            raise UnusablePattern(reason=Phrase("a month needs its year"))

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
        names = set(self._names())
        parts = [area if "area" in names else ""]
        if names & {"yyyy", "yy"}:
            parts.append(f"{day:%Y}")
        parts += [f"{day:%m}"] if "mm" in names else []
        parts += [f"{day:%d}"] if "dd" in names else []
        return "/".join(parts)

    @property
    def resets(self) -> str:
        """How often the sequence begins anew: daily, monthly, yearly or never."""
        names = set(self._names())
        if "dd" in names:
            return "daily"
        if "mm" in names:
            return "monthly"
        return "yearly" if names & {"yyyy", "yy"} else "never"

    def _names(self) -> list[str]:
        """Return the tokens in order; refuse what is none, and text that is awkward to type."""
        names: list[str] = []
        for literal, name, form, conversion in self._parts():
            if not _LITERAL.fullmatch(literal):
                raise UnusablePattern(
                    reason=Phrase("only letters, digits, 〔〕, dots and hyphens between")
                )
            if name is None:
                continue
            if name not in _TOKENS or conversion:
                raise UnknownToken(token=name)
            if not (_WIDTH.fullmatch(form or "") if name == "seq" else not form):
                raise UnusablePattern(
                    reason=Phrase("a width such as :05 belongs to {seq} and only to it")
                )
            names.append(name)
        return names

    def _parts(self) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self.text))
        except ValueError as error:
            raise UnusablePattern(reason=str(error)) from error
