"""What changed from one version of a procedure to another, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext_noop as noop

from .drawing import Drawing, Outcome, Step, read
from .graph import Graph, read_graph

Sort = Literal["added", "removed", "changed"]
Forms = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One change; `element` is the id in the drawing where it can be shown."""

    sort: Sort
    element: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


def differences(old_xml: str, old_forms: Forms, new_xml: str, new_forms: Forms) -> list[Difference]:
    """Return every change that means something to the people who work by it."""
    old, new = read(old_xml), read(new_xml)
    return [
        *_whole(old, new),
        *_steps(old, new),
        *_ways(read_graph(old_xml), read_graph(new_xml)),
        *_forms(old_forms, new_forms),
    ]


def _whole(old: Drawing, new: Drawing) -> Iterator[Difference]:
    was, now = (str(each.whole_limit or "-") for each in (old, new))
    if was != now:
        text = noop("The whole procedure: limit %(new)s instead of %(old)s.")
        yield Difference("changed", "", text, {"old": was, "new": now})


def _steps(old: Drawing, new: Drawing) -> Iterator[Difference]:
    for key, step in new.steps.items():
        if key not in old.steps:
            text = noop("Step “%(name)s” is new; the role %(role)s does it.")
            yield Difference("added", key, text, {"name": step.name_zh, "role": step.role})
        else:
            yield from _step(old.steps[key], step)
    for key, step in old.steps.items():
        if key not in new.steps:
            text = noop("Step “%(name)s” is gone.")
            yield Difference("removed", key, text, {"name": step.name_zh})


def _step(old: Step, new: Step) -> Iterator[Difference]:
    said = {
        noop("Step “%(name)s” was called “%(old)s”."): (old.name_zh, new.name_zh),
        noop("“%(name)s”: role %(new)s instead of %(old)s."): (old.role, new.role),
        noop("“%(name)s”: limit %(new)s instead of %(old)s."): (_limit(old), _limit(new)),
        noop("“%(name)s”: limit of the post %(new)s instead of %(old)s."): (
            str(old.post_limit or "-"),
            str(new.post_limit or "-"),
        ),
        noop("“%(name)s”: clock %(new)s instead of %(old)s."): (old.stage, new.stage),
        noop("“%(name)s”: marks %(new)s instead of %(old)s."): (_marks(old), _marks(new)),
    }
    for text, (was, now) in said.items():
        if was != now:
            params: dict[str, object] = {"name": new.name_zh, "old": was, "new": now}
            yield Difference("changed", new.id, text, params)
    yield from _outcomes(old, new)


def _limit(step: Step) -> str:
    return str(step.limit) if step.limit else step.limit_from or "-"


def _marks(step: Step) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(step.marks.items())) or "-"


def _outcomes(old: Step, new: Step) -> Iterator[Difference]:
    was = {each.name: each for each in old.outcomes}
    now = {each.name: each for each in new.outcomes}
    for key in now.keys() - was.keys():
        text = noop("“%(name)s” can now end with “%(outcome)s”.")
        yield _of_outcome("added", new, now[key], text)
    for key in was.keys() - now.keys():
        text = noop("“%(name)s” can no longer end with “%(outcome)s”.")
        yield _of_outcome("removed", new, was[key], text)
    for key in sorted(was.keys() & now.keys()):
        if was[key] != now[key]:
            text = noop("“%(name)s”: the outcome “%(outcome)s” looks or asks differently.")
            yield _of_outcome("changed", new, now[key], text)


def _of_outcome(sort: Sort, step: Step, outcome: Outcome, text: str) -> Difference:
    return Difference(sort, step.id, text, {"name": step.name_zh, "outcome": outcome.name_zh})


def _ways(old: Graph | None, new: Graph | None) -> Iterator[Difference]:
    was, now = _way_set(old), _way_set(new)
    for way in sorted(now - was):
        text = noop("New way from “%(source)s” to “%(target)s”.")
        yield Difference("added", "", text, {"source": way[0], "target": way[1]})
    for way in sorted(was - now):
        text = noop("The way from “%(source)s” to “%(target)s” is gone.")
        yield Difference("removed", "", text, {"source": way[0], "target": way[1]})


def _way_set(graph: Graph | None) -> set[tuple[str, str, str]]:
    """Return the arrows by the names of what they join, with their condition."""
    if graph is None:
        return set()
    named = {key: node.label for key, node in graph.nodes.items()}
    return {
        (named.get(a.source, a.source), named.get(a.target, a.target), a.condition)
        for a in graph.arrows
    }


def _forms(old: Forms, new: Forms) -> Iterator[Difference]:
    for name in sorted(new.keys() | old.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        text = noop("Form %(form)s is gone.")
        if was is None:
            text = noop("Form %(form)s is new.")
        elif now is not None:
            text = noop("Form %(form)s asks differently: %(fields)s.")
        sort: Sort = "added" if was is None else "removed" if now is None else "changed"
        yield Difference(sort, "", text, {"form": name, "fields": _fields(was, now)})


def _fields(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    """Return the names of the fields that differ, with + and - for new and gone ones."""
    was, now = (dict((form or {}).get("properties", {})) for form in (old, new))
    said = [f"+{key}" for key in now.keys() - was.keys()]
    said += [f"-{key}" for key in was.keys() - now.keys()]
    said += [key for key in was.keys() & now.keys() if was[key] != now[key]]
    must_was, must_now = (set((form or {}).get("required", ())) for form in (old, new))
    said += [f"{key}*" for key in must_was ^ must_now]
    return ", ".join(sorted(set(said))) or "…"
