"""Who hears of which entry: by duty and area, their own deeds, and what they are told."""

from collections.abc import Callable
from dataclasses import dataclass

from wanmi.journal.events import Entry
from wanmi.organisation.queries import Scope, duties


@dataclass(frozen=True)
class Rule:
    """The duty that lets somebody hear of a room's events, and of those that have no place yet."""

    duty: str
    unlocated_duty: str


_rules: dict[str, Rule] = {}
_REST = Rule(duties.SEE_JOURNAL, duties.SEE_JOURNAL)


def let_hear(room: str, duty: str, *, unlocated_duty: str = "") -> None:
    """Say which duty lets people hear of a room's events within their area.

    Events without an area are heard by those who hold `unlocated_duty`
    anywhere, or `duty` over everything. A room without a rule is heard by
    those who may read the journal.
    """
    _rules[room] = Rule(duty, unlocated_duty or duty)


def may_hear(scope: Scope, entry: Entry) -> bool:
    """Say whether somebody hears of an entry."""
    if entry.actor == f"user:{scope.user_id}" or scope.user_id in entry.data.get("users", ()):
        return True
    rule = _rules.get(entry.kind.partition(".")[0], _REST)
    if entry.area_path:
        return scope.may(rule.duty, entry.area_path)
    return scope.may(rule.unlocated_duty) or scope.may(rule.duty, "")


def changes_rights(scope: Scope, entry: Entry) -> bool:
    """Say whether an entry may have changed what this person may do."""
    room = entry.kind.partition(".")[0]
    if room == "organisation":
        return entry.data.get("user") == scope.user_id or "user" not in entry.data
    return room == "accounts" and entry.subject == f"user:{scope.user_id}" and _closes(entry.kind)


def _closes(kind: str) -> bool:
    return kind not in _HARMLESS


_HARMLESS = frozenset(
    f"accounts.{name}"
    for name in ("SignedIn", "TokenGiven", "ProfileChanged", "PreferencesChanged")
)


MayHear = Callable[[Scope, Entry], bool]
