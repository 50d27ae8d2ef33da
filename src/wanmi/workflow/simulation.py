"""Walking a drawing without running it for anybody: outcome by outcome, or at random.

The same engine as in earnest; nothing is stored and no clock starts.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as noop
from SpiffWorkflow.exceptions import SpiffWorkflowException

from wanmi.kernel import expressions
from wanmi.kernel.errors import Invalid

from . import engine
from .branches import constants
from .drawing import Drawing, UnusableDrawing, read
from .findings import Finding, error
from .graph import read_graph

LONGEST_PATH = 500
WALKS = 25


class PathEnds(Invalid):
    """This path leads no further: %(step)s does not wait here or has no such outcome."""

    code = "path_ends"


@dataclass(frozen=True)
class Walk:
    """Where a simulated path stands: the steps that wait, or the end it reached."""

    path: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    end: str


def questions(xml: str) -> dict[str, list[object]]:
    """Return what a drawing asks of its subject, with the values it compares with."""
    graph = read_graph(xml)
    asked: dict[str, set[object]] = {}
    for arrow in graph.arrows if graph else ():
        if arrow.condition:
            parsed = expressions.parse(arrow.condition)
            for name in parsed.names - {"outcome"}:
                asked.setdefault(name, set()).update(constants(parsed))
    return {name: sorted(values, key=str) for name, values in asked.items()}


def walk(xml: str, data: dict[str, Any], path: list[tuple[str, str]]) -> Walk:
    """Follow a path of (step, outcome) from the start and say where it stands."""
    drawing, specs = _specs(xml)
    progress = engine.start(specs, data)
    for step, outcome in path[:LONGEST_PATH]:
        waiting = {each.step: each.engine_id for each in progress.opened}
        if step not in waiting or drawing.steps[step].outcome(outcome) is None:
            raise PathEnds(step=step)
        given = {**data, "outcome": outcome}
        progress = engine.finish(specs, progress.state, waiting[step], given)
    return Walk(tuple(path), tuple(each.step for each in progress.opened), progress.end)


def random_walk(xml: str, chance: random.Random, *, longest: int = LONGEST_PATH) -> Walk:
    """Take outcomes at random until an end, a dead end, or `longest` steps."""
    drawing, specs = _specs(xml)
    data = {name: chance.choice(values or [True]) for name, values in questions(xml).items()}
    progress = engine.start(specs, data)
    path: list[tuple[str, str]] = []
    while progress.opened and not progress.end and len(path) < longest:
        opened = chance.choice(progress.opened)
        outcome = chance.choice(drawing.steps[opened.step].outcomes).name
        given = {**data, "outcome": outcome}
        progress = engine.finish(specs, progress.state, opened.engine_id, given)
        path.append((opened.step, outcome))
    return Walk(tuple(path), tuple(each.step for each in progress.opened), progress.end)


def find_dead_ends(xml: str) -> Iterator[Finding]:
    """Walk at random and yield where nothing waits and no end is reached."""
    chance = random.Random(1)  # noqa: S311  # the same walks each time, nothing secret
    found: set[str] = set()
    try:
        for _ in range(WALKS):
            taken = random_walk(xml, chance, longest=60)
            last = taken.path[-1][0] if taken.path else ""
            if not taken.waiting and not taken.end and last not in found:
                found.add(last)
                text = noop("After this step the procedure can stand still for ever.")
                yield error(last, text)
    except (UnusableDrawing, Invalid) as refused:
        yield error("", refused.message, **refused.params)
    except (SpiffWorkflowException, AttributeError, LookupError) as failure:
        text = noop("The engine cannot run this drawing: %(reason)s")
        yield error("", text, reason=str(failure)[:200])


def _specs(xml: str) -> tuple[Drawing, engine.Specs]:
    digest = hashlib.sha256(b"trial\0" + xml.encode()).hexdigest()
    return read(xml), engine.specs_of(digest, xml)
