"""The words of Chinese place names: segmented, normalised, with the door number apart."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# 12号, 12-3号, 甲12号, 12号院, No. 12; also Chinese numerals before 号.
_DOOR = re.compile(
    r"(?P<mark>[甲乙丙丁])?(?P<number>\d{1,5})(?P<rest>[-－之]\d{1,4})?\s*(?P<unit>号院?|號|弄|#)"
)
_ENGLISH_DOOR = re.compile(r"(?:\bno\.?\s*)?\b(\d{1,5})\b", re.IGNORECASE)
_CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十百]+(?=号|號|弄)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Address:
    """An address taken apart: the name of the place, and the door number at the end of it."""

    name: str
    number: str
    digits: int | None
    rest: str


def normal(text: str) -> str:
    """Return a text with full-width letters, case and inner blanks made alike."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()


def words_of(texts: Iterable[str]) -> str:
    """Return the words of some names, each once, separated by blanks."""
    found: dict[str, None] = {}
    for text in texts:
        for word in rjieba.cut_for_search(normal(text)):
            if _WORD.fullmatch(word):
                found[word] = None
    return " ".join(found)


def take_apart(text: str) -> Address:
    """Return name, door number and what follows it: 学院路12号院3号楼 → 学院路, 12, 3号楼."""
    plain = _CHINESE_NUMBER.sub(lambda found: str(_to_int(found.group())), normal(text))
    door = _DOOR.search(plain)
    if door and door.start() > 0:
        number = f"{door['mark'] or ''}{door['number']}{door['rest'] or ''}"
        return Address(
            plain[: door.start()].strip(), number, int(door["number"]), plain[door.end() :].strip()
        )
    english = None if re.search(r"[一-鿿]", plain) else _ENGLISH_DOOR.search(plain)
    if english:
        name = (plain[: english.start()] + plain[english.end() :]).strip(" ,")
        return Address(name, english[1], int(english[1]), "")
    return Address(plain, "", None, "")


def digits_of(number: str) -> int | None:
    """Return the leading number of a door number: 甲12-3 → 12."""
    found = re.search(r"\d+", number)
    return int(found.group()) if found else None


def _to_int(numeral: str) -> int:
    """Return 二十三 as 23, 一百零五 as 105, 一二三 as 123."""
    if not re.search("[十百]", numeral):
        return int(numeral.translate(_NUMERALS))
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = (_digit(hundreds) or 1) * 100 if "百" in numeral else 0
    if ten:
        value += (_digit(tens.strip("零〇")) or 1) * 10
    return value + _digit(ones.strip("零〇"))


def _digit(text: str) -> int:
    return int(text.translate(_NUMERALS)) if text else 0
