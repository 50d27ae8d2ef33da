"""Checking a drawing before it is published: each finding names its element and explains.

Errors forbid publishing; warnings ask for a second look. The drawing need not
be runnable: whatever can be said about it is said at once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

from wanmi.kernel.limits import UnusableLimit

from .branches import check_branches
from .drawing import FORBIDDEN, UnusableDrawing, limit_of
from .findings import Finding, error, warning
from .graph import KNOWN, Graph, Node, read_graph
from .simulation import find_dead_ends

Forms = Mapping[str, Mapping[str, Any]]


def check(xml: str, forms: Forms, roles: Collection[str] | None = None) -> list[Finding]:
    """Return everything wrong with a drawing; `roles` are the codes that exist, if known."""
    try:
        graph = read_graph(xml)
    except UnusableDrawing as refused:
        return [error("", refused.message, **refused.params)]
    if graph is None:
        return [error("", noop("The drawing must hold exactly one process."))]
    found = [
        *_kinds(graph),
        *_ends(graph),
        *_reach(graph),
        *_readable("", graph.process_id, graph.whole_limit),
        *_steps(graph, forms, roles),
        *_marks(graph),
        *check_branches(graph),
        *_diagram(graph),
    ]
    if not any(each.severity == "error" for each in found):
        found += find_dead_ends(xml)
    return sorted(found, key=lambda each: each.severity)


def _kinds(graph: Graph) -> Iterator[Finding]:
    for node in graph.nodes.values():
        if node.kind in FORBIDDEN:
            text = noop("“%(name)s” is a %(kind)s: scripts and services are not run here.")
            yield error(node.id, text, name=node.label, kind=node.kind)
        elif node.kind not in KNOWN:
            text = noop("“%(name)s” is a %(kind)s, which is not run here; use a user task.")
            yield error(node.id, text, name=node.label, kind=node.kind)


def _ends(graph: Graph) -> Iterator[Finding]:
    starts = graph.of_kind("startEvent")
    if len(starts) != 1:
        yield error("", noop("The drawing needs exactly one start."))
    if not graph.of_kind("endEvent"):
        yield error("", noop("The drawing needs an end."))
    if not graph.of_kind("userTask"):
        yield error("", noop("The drawing has no step for anybody."))


def _reach(graph: Graph) -> Iterator[Finding]:
    starts = [node.id for node in graph.of_kind("startEvent")]
    ends = [node.id for node in graph.of_kind("endEvent")]
    reached = graph.reached_from(starts)
    leading = graph.reached_from(ends, backwards=True)
    for node in graph.nodes.values():
        if starts and node.id not in reached:
            yield error(node.id, noop("Nothing leads to “%(name)s”."), name=node.label)
        if ends and node.id not in leading:
            text = noop("From “%(name)s” no end can be reached.")
            yield error(node.id, text, name=node.label)


def _steps(graph: Graph, forms: Forms, roles: Collection[str] | None) -> Iterator[Finding]:
    for node in graph.of_kind("userTask"):
        said = node.step or {}
        yield from _role(node, said.get("role", ""), roles)
        yield from _limit(node, said)
        yield from _outcomes(node, forms)
        if len(node.id) > 60:
            yield error(node.id, noop("The id of “%(name)s” is too long."), name=node.label)


def _role(node: Node, role: str, roles: Collection[str] | None) -> Iterator[Finding]:
    if not role:
        text = noop("“%(name)s” says not which role does it.")
        yield error(node.id, text, name=node.label)
    elif roles is not None and role not in roles:
        text = noop("“%(name)s” is given to the role %(role)s, which does not exist.")
        yield error(node.id, text, name=node.label, role=role)


def _limit(node: Node, said: Mapping[str, str]) -> Iterator[Finding]:
    written = said.get("limit", "")
    if not written and not said.get("limitFrom"):
        yield warning(node.id, noop("“%(name)s” has no time limit."), name=node.label)
    for each in (written, said.get("postLimit", "")):
        yield from _readable(node.id, node.label, each)


def _readable(element: str, label: str, written: str) -> Iterator[Finding]:
    if not written:
        return
    try:
        limit_of(written)
    except (ValueError, UnusableLimit):
        text = noop("“%(name)s”: “%(limit)s” is no time limit.")
        yield error(element, text, name=label, limit=written)


def _outcomes(node: Node, forms: Forms) -> Iterator[Finding]:
    names = [outcome.get("name", "") for outcome in node.outcomes]
    if not names:
        text = noop("“%(name)s” has no outcome, so nobody could finish it.")
        yield error(node.id, text, name=node.label)
    elif all(outcome.get("tone") == "request" for outcome in node.outcomes):
        text = noop("“%(name)s” has no outcome anybody may choose.")
        yield error(node.id, text, name=node.label)
    if "" in names or len(set(names)) < len(names):
        text = noop("Each outcome of “%(name)s” needs a name of its own.")
        yield error(node.id, text, name=node.label)
    for outcome in node.outcomes:
        form = outcome.get("form", "")
        if form and form not in forms:
            text = noop("“%(name)s” asks with the form %(form)s, which does not exist.")
            yield error(node.id, text, name=node.label, form=form)


def _marks(graph: Graph) -> Iterator[Finding]:
    """An end that lacks a mark the others have would leave its subject without a state."""
    yield from _lacking(graph.of_kind("endEvent"), error)
    yield from _lacking(graph.of_kind("userTask"), warning)


def _lacking(nodes: list[Node], found: Callable[..., Finding]) -> Iterator[Finding]:
    usual = {name for node in nodes for name in node.marks}
    for node in nodes:
        for name in sorted(usual - node.marks.keys()):
            text = noop("“%(name)s” lacks the mark %(mark)s that others like it have.")
            yield found(node.id, text, name=node.label, mark=name)


def _diagram(graph: Graph) -> Iterator[Finding]:
    for node in graph.nodes.values():
        if node.id not in graph.drawn:
            text = noop("“%(name)s” is missing in the diagram.")
            yield warning(node.id, text, name=node.label)
