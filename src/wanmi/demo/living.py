"""The simulated people: they report, decide and handle over HTTP, at the pace of a calm day.

They leave a task alone for a while, so that whoever tries the demo accounts can take it first,
and never touch what another person has taken on.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import numpy as np

from wanmi.demo.clerks import Clerk, Memory
from wanmi.demo.client import Json, Person, Unexpected, filled
from wanmi.demo.photographs import Shot, photograph
from wanmi.demo.plan.model import CityPlan
from wanmi.demo.stories import Story, Teller
from wanmi.demo.troubles import TROUBLES, Trouble

log = logging.getLogger(__name__)

PATIENCE = (timedelta(seconds=40), timedelta(seconds=240))
"""How long a task lies before somebody simulated takes it."""

HANDLING = (timedelta(minutes=2), timedelta(minutes=15))
"""How long work on the spot takes for cases of today."""

BY_KEY = {trouble.key: trouble for trouble in TROUBLES}
AT_ONCE = 3
LEFT_FOR_VISITORS = 3
"""How many tasks of a post always wait for whoever tries the demo accounts."""

PHOTOGRAPHED = frozenset({"verify", "handle", "check"})


@dataclass(frozen=True)
class Colleague:
    """An account that is simulated, and its role."""

    username: str
    role: str


@dataclass
class Town:
    """The people of a city at work: call `report` and `work` again and again."""

    url: str
    teller: Teller
    colleagues: Sequence[Colleague]
    clerk: Clerk = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    remembered: dict[str, Memory] = field(default_factory=dict)
    ripe_at: dict[int, datetime] = field(default_factory=dict)
    awake_since: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.clerk = Clerk(self.random)

    @property
    def random(self) -> np.random.Generator:
        """Return the city's one source of chance."""
        return self.teller.random

    def report(self, now: datetime) -> str | None:
        """Have somebody report a trouble with a photograph; return the case's number."""
        story = self.teller.story(now)
        reporter = self._reporter(story)
        person = self.person(reporter.username)
        return self._tried(lambda: self._report(person, reporter.role, story))

    def work(self, now: datetime) -> int:
        """Have one colleague look at their tasks and finish the ripe ones; return how many."""
        workers = [each for each in self.colleagues if each.role not in ("citizen", "street")]
        colleague = workers[int(self.random.integers(len(workers)))]
        person = self.person(colleague.username)
        tasks = self._tried(person.tasks) or []
        ripe = [task for task in self._spare(tasks) if self._is_ripe(task, colleague, now)]
        return sum(
            self._tried(lambda t=task: self._finish(person, t, now)) or 0 for task in ripe[:3]
        )

    def _spare(self, tasks: list[Json]) -> list[Json]:
        """Return the tasks a colleague may take: their own, and all but the newest of the post."""
        own = [task for task in tasks if task["holder"] is not None]
        free = sorted(
            (task for task in tasks if task["holder"] is None), key=lambda task: task["opened_at"]
        )
        return own + free[: max(0, len(free) - LEFT_FOR_VISITORS)]

    def _reporter(self, story: Story) -> Colleague:
        role = {"supervisor": "supervisor", "web": "citizen"}.get(story.source, "acceptor")
        fitting = [each for each in self.colleagues if each.role == role]
        return fitting[int(self.random.integers(len(fitting)))]

    def _report(self, person: Person, role: str, story: Story) -> str:
        trouble = story.trouble
        shot = Shot(story.at, story.lon, story.lat)
        picture = photograph(trouble, shot, seed=_seed(story.lon, story.lat))
        known: dict[str, Any] = {"kind": trouble.kind, "category": trouble.code}
        answer = person.report(
            description=story.description,
            lon=story.lon,
            lat=story.lat,
            address=story.address,
            source="" if role in ("supervisor", "citizen") else story.source,
            media=[person.upload(picture)],
            **(known if role == "supervisor" else {}),
        )
        number = str(answer["number"])
        self.remembered[number] = Memory(trouble.office, f"{trouble.kind}/{trouble.code}")
        return number

    def _is_ripe(self, task: Json, colleague: Colleague, now: datetime) -> bool:
        if task["holder"] not in (None, colleague.username):
            return False
        if task["id"] not in self.ripe_at:
            self.ripe_at[task["id"]] = self._ripe_at(task)
        return now >= self.ripe_at[task["id"]]

    def _ripe_at(self, task: Json) -> datetime:
        """Return when somebody takes a task: soon, but work on the spot takes its time.

        What was under way before the town woke up goes on at the pace of its limit.
        """
        opened = datetime.fromisoformat(task["opened_at"])
        due = datetime.fromisoformat(task["deadline"]) if task["deadline"] else None
        if task["step"] == "handle" and opened < self.awake_since:
            return self.clerk.done_at("handle", opened, due)
        low, high = HANDLING if task["step"] == "handle" else PATIENCE
        return opened + low + (high - low) * float(self.random.random())

    def _finish(self, person: Person, task: Json, now: datetime) -> int:
        memory = self._memory(person, task)
        outcome = self.clerk.outcome(task["step"], memory)
        if outcome not in {action["name"] for action in task["actions"]}:
            return 0
        given: Json = {"opinion": self.clerk.opinion(task["step"], outcome, memory)}
        given["category"] = memory.category
        if task["step"] in PHOTOGRAPHED:
            given["media"] = [person.upload(self._picture(person, task, memory, now))]
        if task["step"] == "assign":
            given["handler"] = self._handler(task, outcome)
        fields = filled(task, outcome, {name: value for name, value in given.items() if value})
        person.act(task["id"], outcome, **fields)
        self.ripe_at.pop(task["id"], None)
        return 1

    def _handler(self, task: Json, outcome: str) -> Any:
        """Choose somebody of the department at random."""
        form = next(each["fields"] for each in task["actions"] if each["name"] == outcome)
        choices = form["properties"]["handler"]["oneOf"]
        return choices[int(self.random.integers(len(choices)))]["const"]

    def _memory(self, person: Person, task: Json) -> Memory:
        """Remember a case, or read its file when it began before our time."""
        number = task["case"]
        if number not in self.remembered:
            case = person.case(number)
            category = f"{case['kind']}/{case['category']}"
            self.remembered[number] = Memory(_trouble(category).office, _trouble(category).key)
            self.remembered[number].outcomes |= _past(case)
        return self.remembered[number]

    def _picture(self, person: Person, task: Json, memory: Memory, now: datetime) -> bytes:
        case = person.case(task["case"])
        lon, lat = case["lon"] or 0.0, case["lat"] or 0.0
        is_after = task["step"] != "verify" and memory.outcomes.get("check") != "not_pass"
        shot = Shot(now, lon, lat)
        return photograph(_trouble(memory.category), shot, seed=_seed(lon, lat), is_after=is_after)

    def person(self, username: str) -> Person:
        """Return a colleague at their phone or desk."""
        if username not in self.people:
            self.people[username] = Person(self.url, username)
        return self.people[username]

    def _tried(self, do: Any) -> Any:
        """Do something as people do: who is refused or finds the line dead tries later."""
        try:
            return do()
        except (Unexpected, httpx.TransportError) as error:
            log.info("%s", error)
            return None


def town(plan: CityPlan, url: str, colleagues: Sequence[Colleague], *, seed: int) -> Town:
    """Return the town of a plan; its chance differs with every start."""
    random = np.random.default_rng([seed, int(datetime.now(UTC).timestamp())])
    return Town(url, Teller(plan, random), colleagues)


def _trouble(category: str) -> Trouble:
    return BY_KEY.get(category, TROUBLES[0])


def _past(case: Json) -> dict[str, str]:
    """Return how the steps of a case ended so far."""
    return {line["step"]: line["outcome"] for line in case["timeline"] if line.get("outcome")}


def _seed(lon: float, lat: float) -> int:
    """Return a number that is the same for the same place, so that the street looks the same."""
    return abs(round(lon * 1e5) * 31 + round(lat * 1e5))
