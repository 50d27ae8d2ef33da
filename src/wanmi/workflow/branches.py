"""Checking where a drawing divides: every outcome leads one way, and exactly one."""

import ast
from collections.abc import Iterator
from itertools import product

from django.utils.translation import gettext_noop as noop

from wanmi.kernel import expressions
from wanmi.kernel.expressions import Expression, UnusableExpression

from .findings import Finding, error, warning
from .graph import Arrow, Graph, Node

MOST_COMBINATIONS = 500


def check_branches(graph: Graph) -> Iterator[Finding]:
    """Yield what is wrong with the ways out of gateways and steps."""
    for node in graph.of_kind("userTask", "startEvent"):
        if len(graph.leaving(node.id)) > 1:
            text = noop("Several ways leave “%(name)s”; put a gateway after it.")
            yield error(node.id, text, name=node.label)
    for node in graph.of_kind("parallelGateway", "inclusiveGateway"):
        onwards = [arrow.target for arrow in graph.leaving(node.id)]
        if node.id in graph.reached_from(onwards):
            # The engine's join fails there, but only now and then: seen, so refused outright.
            text = noop("A way leads back into “%(name)s”; what goes on at once cannot go round.")
            yield error(node.id, text, name=_gateway_label(graph, node))
    for node in graph.of_kind("exclusiveGateway", "inclusiveGateway"):
        leaving = graph.leaving(node.id)
        if len(leaving) > 1:
            yield from _gateway(graph, node, leaving)


def _gateway(graph: Graph, node: Node, leaving: list[Arrow]) -> Iterator[Finding]:
    guarded = [arrow for arrow in leaving if arrow.id != node.default]
    read: dict[str, Expression] = {}
    for arrow in guarded:
        if not arrow.condition:
            text = noop("The way to “%(name)s” has no condition.")
            yield error(arrow.id, text, name=_label(graph, arrow.target))
            continue
        try:
            read[arrow.id] = expressions.parse(arrow.condition)
        except UnusableExpression as refused:
            yield error(arrow.id, refused.message, **refused.params)
    if len(read) == len(guarded):
        yield from _coverage(graph, node, guarded, read)


def _coverage(
    graph: Graph, node: Node, guarded: list[Arrow], read: dict[str, Expression]
) -> Iterator[Finding]:
    """Try every outcome that can arrive, and every value the conditions compare with."""
    outcomes = _arriving_outcomes(graph, node.id)
    taken: set[str] = set()
    for values in _combinations(read, outcomes):
        ways = [a.id for a in guarded if _holds(read[a.id], values)]
        taken |= set(ways)
        said = ", ".join(str(value) for value in values.values())
        if not ways and not node.default:
            text = noop("No way leads on from “%(name)s” when the answer is %(said)s.")
            yield error(node.id, text, name=_gateway_label(graph, node), said=said)
        if len(ways) > 1 and node.kind == "exclusiveGateway":
            text = noop("Several ways lead on from “%(name)s” when the answer is %(said)s.")
            yield error(node.id, text, name=_gateway_label(graph, node), said=said)
    for arrow in guarded:
        if arrow.id not in taken:
            text = noop("The way to “%(name)s” is never taken.")
            yield warning(arrow.id, text, name=_label(graph, arrow.target))


def _combinations(read: dict[str, Expression], outcomes: list[str]) -> Iterator[dict[str, object]]:
    names = sorted({name for each in read.values() for name in each.names})
    choices = [
        outcomes if name == "outcome" and outcomes else _compared(read, name) for name in names
    ]
    for count, values in enumerate(product(*choices)):
        if count == MOST_COMBINATIONS:
            return
        yield dict(zip(names, values, strict=True))


def _compared(read: dict[str, Expression], name: str) -> list[object]:
    """Return the values a name is compared with; yes and no are all there are of their kind."""
    found = {value for each in read.values() if name in each.names for value in constants(each)}
    is_truth = found <= {True, False} and all(isinstance(value, bool) for value in found)
    values: list[object] = sorted(found, key=str)
    return [True, False] if is_truth else [*values, "…"]


def constants(expression: Expression) -> list[str | int | float | bool]:
    """Return the plain values an expression holds."""
    return [
        node.value
        for node in ast.walk(expression.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float | bool)
    ]


def _holds(expression: Expression, values: dict[str, object]) -> bool:
    try:
        return expressions.holds(expression, values)
    except UnusableExpression:
        return False


def _arriving_outcomes(graph: Graph, gateway: str) -> list[str]:
    """Return the outcomes of the steps whose last way leads here, through gateways only."""
    found: list[str] = []
    waiting, seen = [gateway], {gateway}
    while waiting:
        for arrow in graph.arriving(waiting.pop()):
            node = graph.nodes.get(arrow.source)
            if node is None or node.id in seen:
                continue
            seen.add(node.id)
            if node.kind == "userTask":
                found += [each.get("name", "") for each in node.outcomes]
            else:
                waiting.append(node.id)
    return list(dict.fromkeys(found))


def _label(graph: Graph, node: str) -> str:
    return graph.nodes[node].label if node in graph.nodes else node


def _gateway_label(graph: Graph, node: Node) -> str:
    """Return a gateway's name; one without is called after the step before it."""
    if node.name:
        return node.name
    before = graph.arriving(node.id)
    return _label(graph, before[0].source) if before else node.id
