"""Names of a fictitious city, in Chinese and in English, each used once."""

from collections.abc import Iterator

import numpy as np

from wanmi.demo.plan.model import Name

PROVINCE = Name("示例省", "Example Province")
CITY = Name("云汀市", "Yunting City")
RIVER = Name("汀水", "Ting River")
DISTRICTS = (
    Name("临汀区", "Linting District"),
    Name("望麓区", "Wanglu District"),
    Name("澄湾区", "Chengwan District"),
    Name("东屿区", "Dongyu District"),
    Name("北垣区", "Beiyuan District"),
    Name("南浦区", "Nanpu District"),
)

FIRST = {
    "文": "Wen", "永": "Yong", "瑞": "Rui", "清": "Qing", "云": "Yun", "望": "Wang",
    "安": "An", "福": "Fu", "锦": "Jin", "翠": "Cui", "明": "Ming", "春": "Chun",
    "景": "Jing", "和": "He", "丰": "Feng", "康": "Kang", "松": "Song", "兰": "Lan",
    "桂": "Gui", "青": "Qing", "嘉": "Jia", "宁": "Ning", "远": "Yuan", "泰": "Tai",
}  # fmt: skip
SECOND = {
    "昌": "chang", "宁": "ning", "丰": "feng", "台": "tai", "平": "ping", "苑": "yuan",
    "华": "hua", "德": "de", "庭": "ting", "川": "chuan", "林": "lin", "泉": "quan",
    "汀": "ting", "桥": "qiao", "山": "shan", "溪": "xi", "园": "yuan", "湖": "hu",
    "岭": "ling", "月": "yue", "阳": "yang", "和": "he", "源": "yuan", "亭": "ting",
}  # fmt: skip
SIDES = {
    "": "", "新": "New ", "东": "East ", "西": "West ", "南": "South ", "北": "North ",
    "上": "Upper ", "下": "Lower ", "大": "Great ", "小": "Little ",
}  # fmt: skip
DIGITS = "一二三四五六七八九十"


def stems(random: np.random.Generator) -> Iterator[Name]:
    """Yield stems in a random order, each once in both languages; large cities add a side."""
    pairs = [(first, second) for first in FIRST for second in SECOND if first != second]
    order = [pairs[index] for index in random.permutation(len(pairs))]
    once = {FIRST[first] + SECOND[second]: first + second for first, second in reversed(order)}
    for zh, en in SIDES.items():
        for latin, stem in once.items():
            yield Name(zh + stem, en + latin)


def named(stem: Name, zh: str, en: str) -> Name:
    """Return a stem with its kind, as ``named(stem, "路", "Road")``."""
    return Name(stem.zh + zh, f"{stem.en} {en}")


def counted(number: int) -> str:
    """Return a number below 100 in Chinese figures, as street names carry it."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens - 1] + "十")
    return head + (DIGITS[ones - 1] if ones else "")


def ordinal(number: int) -> str:
    """Return an English ordinal figure: 1st, 2nd, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
