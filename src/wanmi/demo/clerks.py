"""How the demo city's people decide: which way they finish a step, how long they take.

Used for the history and by the simulated people alike, so that both look the same.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from wanmi.demo.troubles import RESULTS

MINUTES = {
    "verify": (8, 45),
    "accept": (2, 16),
    "file": (2, 18),
    "dispatch": (2, 18),
    "assign": (6, 50),
    "feedback": (4, 26),
    "check": (12, 80),
    "close": (3, 22),
}
"""Shortest and usual longest time at each desk; one in twelve takes three times as long."""

CHANCES = {
    "verify": {"exists": 0.92, "not_exist": 0.08},
    "accept": {"submit": 0.97, "not_accept": 0.03},
    "file": {"file": 0.975, "refuse": 0.025},
    "check": {"pass": 0.93, "not_pass": 0.07},
}
"""Steps that can go more than one way."""

ONLY = {
    "dispatch": "dispatch",
    "assign": "assign",
    "handle": "done",
    "feedback": "confirm",
    "close": "close",
}

OPINIONS = {
    "exists": "现场属实",
    "not_exist": "现场未发现所述问题",
    "not_accept": "不属于城市管理范围或情况不属实",
    "refuse": "未达到立案条件",
    "pass": "现场已恢复，核查通过",
    "not_pass": "现场仍有残留，需返工",
    "rework": "核查未通过，退回返工",
    "close": "达到结案条件，同意结案",
    "confirm": "处置结果符合要求，反馈监督中心",
}

LATE_SHARE = 0.12
TYPICAL_SHARE_OF_LIMIT = 0.42


@dataclass
class Memory:
    """What the people remember of one case between its steps; ``category`` is "kind/code"."""

    office: str
    category: str
    outcomes: dict[str, str] = field(default_factory=dict)


class Clerk:
    """Decides by chance, from the city's one generator."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random

    def outcome(self, step: str, memory: Memory) -> str:
        """Return how a step is finished and remember it."""
        chosen = self._outcome(step, memory)
        memory.outcomes[step] = chosen
        return chosen

    def opinion(self, step: str, outcome: str, memory: Memory) -> str:
        """Return what is written beside the outcome, in the city's language."""
        if step == "handle":
            results = RESULTS.get(memory.office, RESULTS["brigade"])
            return results[int(self.random.integers(len(results)))]
        return OPINIONS.get(outcome, "")

    def done_at(self, step: str, opened: datetime, due: datetime | None) -> datetime:
        """Return when somebody will have finished a step opened at a moment."""
        if step == "handle" and due is not None:
            return opened + (due - opened) * self._share()
        low, high = MINUTES.get(step, (5, 30))
        slow = 3.0 if self.random.random() < 1 / 12 else 1.0
        return opened + timedelta(minutes=float(self.random.uniform(low, high)) * slow)

    def _outcome(self, step: str, memory: Memory) -> str:
        if step == "close":
            return "rework" if memory.outcomes.get("check") == "not_pass" else "close"
        if step == "accept" and memory.outcomes.get("verify") == "not_exist":
            return "not_accept"
        chances = CHANCES.get(step)
        if chances is None:
            return ONLY[step]
        return str(self.random.choice(list(chances), p=list(chances.values())))

    def _share(self) -> float:
        """Return which share of its limit a handling takes; some are late."""
        if self.random.random() < LATE_SHARE:
            return float(self.random.uniform(1.02, 1.8))
        return float(
            np.clip(self.random.lognormal(np.log(TYPICAL_SHARE_OF_LIMIT), 0.5), 0.05, 0.98)
        )
