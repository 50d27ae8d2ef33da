"""Let a month of cases happen through the rooms' own actions, in the order of time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count, groupby
from typing import Any

from django.utils import timezone

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.catalogue import queries as catalogue
from wanmi.demo.building.album import Album
from wanmi.demo.clerks import Clerk, Memory
from wanmi.demo.stories import Story, Teller
from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as procedures
from wanmi.workflow import queries as workflow

Moment = tuple[datetime, int, "Happening"]


@dataclass(frozen=True)
class Happening:
    """Something about to happen: a report, or somebody finishing a task of a case."""

    story: Story | None = None
    task: workflow.Task | None = None
    memory: Memory | None = None


class History:
    """Plays stories to a moment; what would happen later stays open work."""

    def __init__(self, teller: Teller, parts: list[str], *, until: datetime) -> None:
        self.teller = teller
        self.parts = parts
        self.until = until
        self.clerk = Clerk(teller.random)
        self.album = Album()
        self._ahead: list[Moment] = []
        self._order = count()

    def play(self, moments: list[datetime]) -> int:
        """Report a case at each moment and work on it; return how many were reported."""
        for at in moments:
            self._expect(at, Happening(story=self.teller.story(at)))
        with organisation.remembering(), procedures.remembering_moves():
            for _day, happenings in groupby(self._happenings(), key=_day_of):
                self._day(happenings)
        self.album.hand_in()
        return len(moments)

    def _happenings(self) -> Iterator[Moment]:
        while self._ahead and self._ahead[0][0] <= self.until:
            yield heapq.heappop(self._ahead)

    @journal.deed()
    def _day(self, happenings: Iterator[Moment]) -> None:
        for at, _, happening in happenings:
            if happening.story is not None:
                self._report(happening.story)
            else:
                self._work(at, happening)

    def _expect(self, at: datetime, happening: Happening) -> None:
        heapq.heappush(self._ahead, (at, next(self._order), happening))

    def _report(self, story: Story) -> None:
        trouble = story.trouble
        public = story.source in ("hotline", "web")
        by = self._reporter(story)
        case = cases.report(
            story.description,
            lon=story.lon,
            lat=story.lat,
            kind=trouble.kind,
            category="" if public else trouble.code,
            part=self.parts[story.part] if story.part is not None and not public else "",
            address=story.address,
            source=story.source,
            by=by,
            at=story.at,
        )
        self.album.before(f"case:{case.pk}", trouble, by=by, at=story.at)
        self._follow(
            workflow.open_tasks(f"case:{case.pk}"), Memory(trouble.office, trouble.key), story.at
        )

    def _reporter(self, story: Story) -> User | None:
        if story.source == "web":
            return _person("citizen")
        role = "supervisor" if story.source == "supervisor" else "acceptor"
        return self._one_of(role, None, "")

    def _work(self, at: datetime, happening: Happening) -> None:
        task, memory = happening.task, happening.memory
        if task is None or memory is None:
            return
        outcome = self.clerk.outcome(task.step, memory)
        by = self._worker(task)
        fields = self._fields(task, outcome, memory)
        _, opened = cases.carry_on(task, outcome, fields, by=by, at=at, evidence_follows=True)
        if task.step == "handle":
            self.album.after(task.subject, by=by, at=at)
        self._follow(opened, memory, at)

    def _follow(self, opened: list[workflow.Task], memory: Memory, at: datetime) -> None:
        for task in opened:
            done = self.clerk.done_at(task.step, at, task.due_at)
            self._expect(done, Happening(task=task, memory=memory))

    def _worker(self, task: workflow.Task) -> User:
        if task.holder_id is not None:
            return _user(task.holder_id)
        return self._one_of(task.role, task.body_id, task.area_path, task.barred_id)

    def _one_of(self, role: str, body: int | None, path: str, barred: int | None = None) -> User:
        keys = [key for key in _holders(role, body, _street(path)) if key != barred]
        return _user(keys[int(self.teller.random.integers(len(keys)))])

    def _fields(self, task: workflow.Task, outcome: str, memory: Memory) -> dict[str, Any]:
        fields: dict[str, Any] = {"opinion": self.clerk.opinion(task.step, outcome, memory)}
        if outcome == "submit":
            fields["category"] = memory.category
        if outcome == "file":
            fields |= _standard(memory.category, self.teller.random)
        if outcome == "dispatch":
            district = task.area_path.split("/")[2]
            fields["department"] = f"{district}-{memory.office}"
        if outcome == "assign":
            handlers = _holders("handler", task.body_id, _street(task.area_path))
            fields["handler"] = handlers[int(self.teller.random.integers(len(handlers)))]
        return {name: value for name, value in fields.items() if value != ""}


def _day_of(moment: Moment) -> Any:
    return moment[0].date()


def _street(path: str) -> str:
    """Return the path of the street a path lies in; posts are never narrower in the demo."""
    return "".join(f"{code}/" for code in path.split("/")[:4] if code)


@lru_cache(maxsize=5000)
def _holders(role: str, body: int | None, path: str) -> tuple[int, ...]:
    return tuple(organisation.holders(role, body, path))


@lru_cache(maxsize=2000)
def _user(key: int) -> User:
    return accounts.people({key})[key]


@lru_cache(maxsize=100)
def _person(username: str) -> User:
    person = accounts.by_username(username)
    if person is None:
        raise LookupError(username)
    return person


@lru_cache(maxsize=500)
def _standards(category: str) -> tuple[int, ...]:
    kind, _, code = category.partition("/")
    row = catalogue.require_category(kind, code, timezone.localdate())
    return tuple(standard.pk for standard in catalogue.standards_of(row))


def _standard(category: str, random: Any) -> dict[str, int]:
    keys = _standards(category)
    return {"standard": keys[int(random.integers(len(keys)))]} if keys else {}
