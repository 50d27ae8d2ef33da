"""One case through all seven phases over HTTP, each step by the account whose duty it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wanmi.demo.client import Json, Person, filled
from wanmi.demo.people import ACCOUNTS
from wanmi.demo.photographs import Shot, photograph
from wanmi.demo.plan.model import CityPlan
from wanmi.demo.troubles import TROUBLES

Say = Callable[[str], None]
TROUBLE = TROUBLES[0]


class PhaseMissing(Exception):
    """The case did not reach the phase it should have reached."""


@dataclass(frozen=True)
class Desk:
    """A step of the tour: who does it, what is done, and the phase the case is in then."""

    username: str
    step: str
    action: str
    then: str


DESKS = (
    Desk("supervisor", "verify", "exists", "filing"),
    Desk("acceptor", "accept", "submit", "filing"),
    Desk("duty_leader", "file", "file", "dispatch"),
    Desk("dispatcher", "dispatch", "dispatch", "handling"),
    Desk("department", "assign", "assign", "handling"),
    Desk("handler", "handle", "done", "feedback"),
    Desk("dispatcher", "feedback", "confirm", "check_and_close"),
    Desk("supervisor", "check", "pass", "check_and_close"),
    Desk("duty_leader", "close", "close", "evaluation"),
)

PHASES = ("collection", "filing", "dispatch", "handling", "feedback", "check_and_close",
          "evaluation")  # fmt: skip


class Tour:
    """Leads one case through the house at an address."""

    def __init__(self, url: str, plan: CityPlan, *, say: Say, at: datetime) -> None:
        self.url = url
        self.plan = plan
        self.say = say
        self.at = at
        self.people: dict[str, Person] = {}
        self.seen: list[str] = []

    def lead(self) -> Json:
        """Report a case, work it to the end and return it. Raises PhaseMissing, Unexpected."""
        try:
            case = self._report()
            for desk in DESKS:
                case = self._work(case, desk)
            self._evaluated(case)
            return case
        finally:
            for person in self.people.values():
                person.leave()

    def _report(self) -> Json:
        part = self.plan.parts[len(self.plan.parts) // 2]
        citizen = self._person("citizen")
        media = [citizen.upload(self._picture(part.lon, part.lat, is_after=False))]
        words = TROUBLE.words[0]
        answer = citizen.report(description=words, lon=part.lon, lat=part.lat, media=media)
        self._tell("collection", "citizen", _("reported case %(number)s") % answer)
        self._expect(answer, "collection")
        return {**answer, "lon": part.lon, "lat": part.lat}

    def _work(self, case: Json, desk: Desk) -> Json:
        person = self._person(desk.username)
        task = self._task(person, case, desk)
        given = self._given(desk, person, case)
        if desk.step == "assign":
            given["handler"] = _key_of(task, "assign", "handler")
        answer = person.act(task["id"], desk.action, **filled(task, desk.action, given))
        label = next(each["label"] for each in task["actions"] if each["name"] == desk.action)
        self._tell(case["phase"], desk.username, label)
        self._expect(answer, desk.then)
        return answer

    def _task(self, person: Person, case: Json, desk: Desk) -> Json:
        for task in person.tasks(case["number"]):
            if task["case"] == case["number"] and task["step"] == desk.step:
                return task
        raise PhaseMissing(f"{desk.username}: {desk.step} of {case['number']}")

    def _given(self, desk: Desk, person: Person, case: Json) -> Json:
        given: dict[str, Any] = {"opinion": _OPINIONS.get(desk.step, "")}
        if desk.step == "accept":
            given["category"] = f"{TROUBLE.kind}/{TROUBLE.code}"
        if desk.step == "dispatch":
            given["department"] = f"{self.plan.grids[0].code[:6]}-{TROUBLE.office}"
        if desk.step in ("handle", "check"):
            picture = self._picture(case["lon"], case["lat"], is_after=True)
            given["media"] = [person.upload(picture)]
        return {name: value for name, value in given.items() if value != ""}

    def _evaluated(self, case: Json) -> None:
        answer = self._person("duty_leader").case(case["number"])
        self._expect(answer, "evaluation")
        facts = answer.get("facts") or {}
        if not facts.get("archive"):
            raise PhaseMissing(f"{case['number']}: facts")
        met = [name for name, value in facts.items() if value == 1]
        self._tell("evaluation", "system", _("evaluated: %(facts)s") % {"facts": ", ".join(met)})
        if missing := [phase for phase in PHASES if phase not in self.seen]:
            raise PhaseMissing(", ".join(missing))

    def _person(self, username: str) -> Person:
        if username not in self.people:
            self.people[username] = Person(self.url, username)
        return self.people[username]

    def _picture(self, lon: float, lat: float, *, is_after: bool) -> bytes:
        return photograph(TROUBLE, Shot(self.at, lon, lat), seed=7, is_after=is_after)

    def _tell(self, phase: str, username: str, words: str) -> None:
        if phase not in self.seen:
            self.seen.append(phase)
        self.say(f"{PHASES.index(phase) + 1}/7 {phase:<16} {username:<12} {words}")

    def _expect(self, answer: Json, phase: str) -> None:
        if answer["phase"] != phase:
            raise PhaseMissing(f"{answer['number']}: {answer['phase']} ≠ {phase}")


def _key_of(task: Json, action: str, username: str) -> int | None:
    """Return the choice of a form that stands for the account of this name, by its title."""
    names = {
        name
        for each in ACCOUNTS
        if each.username == username
        for name in (each.name_zh, each.name_en)
    }
    form = next(each["fields"] for each in task["actions"] if each["name"] == action)
    choices = form["properties"]["handler"]["oneOf"]
    return next((choice["const"] for choice in choices if choice["title"] in names), None)


_OPINIONS = {"verify": "现场属实", "handle": "已清理干净", "check": "现场已恢复"}
