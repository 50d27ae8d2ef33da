"""What `wanmi verify` walks: the chain, and whatever other rooms offer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .queries import verify_chain

Check = Callable[[], Iterator[str]]
"""Gives "" for each whole thing and a sentence for each broken one."""

_checks: dict[str, Check] = {}


@dataclass
class Finding:
    """What one check showed: how many things it looked at, and the faults in order."""

    name: str
    checked: int = 0
    faults: list[str] = field(default_factory=list)


def offer_check(name: str, check: Check) -> None:
    """Let another room have its things verified together with the journal."""
    _checks[name] = check


def verify() -> list[Finding]:
    """Walk everything; the chain first."""
    return [_chain(), *(_walk(name, check) for name, check in sorted(_checks.items()))]


def _chain() -> Finding:
    report = verify_chain()
    faults = []
    if report.broken_at is not None:
        faults.append(f"entry {report.broken_at}: {report.reason}")
    return Finding("journal", report.checked, faults)


def _walk(name: str, check: Check) -> Finding:
    finding = Finding(name)
    for fault in check():
        finding.checked += 1
        if fault:
            finding.faults.append(fault)
    return finding
