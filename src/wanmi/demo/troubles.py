"""What goes wrong in the demo city, how often, how people put it, and whose duty it is.

Classes are those of GB/T 47678.5-2026: events by what happens, parts by what breaks.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True)
class Trouble:
    """A kind of trouble: class code, weight, the office whose duty it is, and words for it."""

    kind: str
    code: str
    weight: float
    office: str
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return kind and code together, as forms name a class."""
        return f"{self.kind}/{self.code}"


def _read() -> tuple[Trouble, ...]:
    text = files("wanmi.demo").joinpath("data/troubles.csv").read_text(encoding="utf-8")
    return tuple(
        Trouble(
            row["kind"],
            row["code"],
            float(row["weight"]),
            row["office"],
            tuple(row["words"].split("|")),
        )
        for row in csv.DictReader(StringIO(text))
    )


TROUBLES = _read()
EVENTS = tuple(trouble for trouble in TROUBLES if trouble.kind == "event")
PARTS = tuple(trouble for trouble in TROUBLES if trouble.kind == "part")

RESULTS = {
    "sanitation": ("已清理干净，周边一并保洁", "垃圾已清运，地面已冲洗"),
    "municipal": ("已修复，现场恢复通行", "已更换并加固"),
    "landscape": ("已补植修剪，绿地恢复整洁", "已清理并修复"),
    "water": ("已更换井盖，周边已检查", "已疏通，排水正常"),
    "traffic": ("已复位加固", "已清理，秩序恢复"),
    "power": ("已检修恢复，现场安全", "已更换箱门并上锁"),
    "works": ("已责令整改，围挡和喷淋到位", "已清理占道材料"),
    "brigade": ("已劝离并清理现场", "当事人已整改，现场恢复"),
}
"""How each kind of office words a result."""
