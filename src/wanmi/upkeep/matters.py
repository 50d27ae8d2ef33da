"""What can be under upkeep: each room offers its matters, this room drafts, shows and applies them.

A matter is a sort of thing an administrator may change (roles, number patterns,
notices). Its items are the single things. The content of an item is a JSON
object described by a JSON Schema, so that one form, one comparison and one API
serve all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.functional import Promise

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import Scope

Content = dict[str, Any]
Words = str | Promise


@dataclass(frozen=True)
class Item:
    """One thing of a matter."""

    key: str
    label: str
    note: str = ""

    def fits(self, words: str) -> bool:
        """Say whether it is named by some words."""
        return words.casefold() in f"{self.key} {self.label} {self.note}".casefold()


@dataclass(frozen=True)
class Effect:
    """A sentence, already in the reader's language, about what a change would do."""

    sentence: str
    severity: str = "info"
    """info, warn (think again) or stop (cannot be applied)."""


@dataclass(frozen=True)
class Asked:
    """How an item is asked for: JSON Schema and the hints of `shell.schemaforms`."""

    schema: dict[str, Any]
    hints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One field: its words before and after; lists say what was added and taken out."""

    label: str
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_list: bool = False


class Matter:
    """What a room says about things it puts under upkeep. `now` is the truth as it stands."""

    key: ClassVar[str]
    label: ClassVar[Words]
    help: ClassVar[Words]
    group: ClassVar[Words]
    duty: ClassVar[str]
    icon: ClassVar[str] = "gear"
    is_kept: ClassVar[bool] = False
    """Whether the changes themselves are the truth, since no table holds it (`KeptMatter`)."""
    may_add: ClassVar[bool] = False
    """Whether new items may be made; their key is then given by the administrator."""

    key_form: ClassVar[str] = r"[a-z][a-z0-9_]{0,29}"
    """What the key of a new item must look like."""
    is_listed: ClassVar[bool] = True
    """Whether its things have a list here; those of another page do not."""

    def may(self, scope: Scope, item: str = "") -> bool:
        """Say whether a person may change this thing, or any of the matter.

        What holds for the whole city needs the duty over all of it.
        """
        return scope.may(self.duty, organisation.whole_area())

    def items(self) -> Sequence[Item]:
        """Return what there is, in the order of the page."""
        raise NotImplementedError

    def search(self, words: str) -> Sequence[Item]:
        """Return the things named by some words; no words name everything."""
        return [each for each in self.items() if each.fits(words)]

    def label_of(self, item: str) -> str:
        """Return the name of a thing, or its key where it is new or gone."""
        return next((each.label for each in self.items() if each.key == item), item)

    def asked(self, item: str) -> Asked:
        """Return how an item is asked for."""
        raise NotImplementedError

    def now(self, item: str) -> Content | None:
        """Return how an item stands today; None where there is no such thing."""
        raise NotImplementedError

    def keep(self, item: str, content: Content | None, *, by: journal.Actor, at: datetime) -> None:
        """Write an item into the room's own tables, inside the deed around it."""
        raise NotImplementedError

    def check(self, item: str, content: Content, scope: Scope) -> None:
        """Refuse (kernel.errors) a content that no schema can describe, or not from this person."""

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say what this change would do to work under way, from a day on."""
        return ()

    def differences(
        self, item: str, before: Content | None, after: Content | None
    ) -> Sequence[Difference] | None:
        """Say what a change changes in words of its own; None means field by field."""
        return None

    def page(self, item: str) -> str:
        """Return the address of a page of its own where a thing is edited, else ""."""
        return ""

    can_try: ClassVar[bool] = False
    """Whether a draft can be tried on oneself (`try_out`)."""

    def try_out(self, item: str, content: Content, *, by: User, at: datetime) -> None:
        """Let whoever drafts see it as others will."""

    def blank(self, item: str) -> Content:
        """Return what the form of a new item begins with."""
        return {}


_matters: dict[str, Matter] = {}


def offer(matter: Matter) -> None:
    """Put a sort of things under upkeep."""
    _matters[matter.key] = matter


def known() -> list[Matter]:
    """Return every matter offered, in the order they were."""
    return list(_matters.values())


def find(key: str) -> Matter | None:
    """Return a matter by its key."""
    return _matters.get(key)


@dataclass(frozen=True)
class Place:
    """A page elsewhere in the house where something is administered."""

    key: str
    label: Words
    help: Words
    group: Words
    url_name: str
    duty: str
    icon: str = "gear"


Burden = Callable[[int | None, int | None], Sequence[Effect]]
"""What waits for a body, or for a post of it (by their keys)."""

_burdens: list[Burden] = []


def offer_burden(burden: Burden) -> None:
    """Say what work waits for a body or a post, before it is closed."""
    if burden not in _burdens:
        _burdens.append(burden)


def burdens(*, body: int | None = None, post: int | None = None) -> list[Effect]:
    """Return what waits for a body or a post."""
    return [effect for each in _burdens for effect in each(body, post)]


_places: dict[str, Place] = {}


def offer_place(place: Place) -> None:
    """Put another page on the start page of the administration."""
    _places[place.key] = place


def places() -> list[Place]:
    """Return every page offered."""
    return list(_places.values())
