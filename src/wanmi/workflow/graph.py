"""A drawing as nodes and arrows, read without demanding that it can be run.

Checking and comparing must also understand a drawing that is still wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .drawing import BPMN, WANMI, read_xml

EVENTS = ("startEvent", "endEvent")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway")
KNOWN = (*EVENTS, *GATEWAYS, "userTask")
"""What the engine runs for us; everything else that flows is refused with its name."""
BESIDE = ("sequenceFlow", "laneSet", "extensionElements", "documentation", "textAnnotation")
ALSO_BESIDE = ("association", "group", "dataObject", "dataObjectReference", "dataStoreReference")


@dataclass(frozen=True)
class Node:
    """Something an arrow leads to or from: kind is the BPMN tag."""

    id: str
    kind: str
    name: str
    step: dict[str, str] | None = None
    """Attributes of our `step` element; None where there is none."""
    outcomes: tuple[dict[str, str], ...] = ()
    marks: dict[str, str] = field(default_factory=dict)
    default: str = ""

    @property
    def label(self) -> str:
        """Return what people call it."""
        return self.name or self.id


@dataclass(frozen=True)
class Arrow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    name: str
    condition: str


@dataclass(frozen=True)
class Graph:
    """The nodes and arrows of a drawing's only process."""

    process_id: str
    nodes: dict[str, Node]
    arrows: tuple[Arrow, ...]
    drawn: frozenset[str]
    """Ids with a shape or line in the diagram."""
    whole_limit: str = ""
    """How long the whole procedure may take, as it is written."""

    def leaving(self, node: str) -> list[Arrow]:
        """Return the arrows that leave a node."""
        return [arrow for arrow in self.arrows if arrow.source == node]

    def arriving(self, node: str) -> list[Arrow]:
        """Return the arrows that arrive at a node."""
        return [arrow for arrow in self.arrows if arrow.target == node]

    def of_kind(self, *kinds: str) -> list[Node]:
        """Return the nodes of some kinds."""
        return [node for node in self.nodes.values() if node.kind in kinds]

    def reached_from(self, starts: list[str], *, backwards: bool = False) -> set[str]:
        """Return every node the arrows lead to from some nodes, these included."""
        found, waiting = set(starts), list(starts)
        while waiting:
            at = waiting.pop()
            arrows = self.arriving(at) if backwards else self.leaving(at)
            fresh = {a.source if backwards else a.target for a in arrows} - found
            found |= fresh
            waiting += fresh
        return found


def read_graph(xml: str | bytes) -> Graph | None:
    """Return the drawing as a graph; None unless it holds exactly one process."""
    root = read_xml(xml)
    processes = root.findall(f"{{{BPMN}}}process")
    if len(processes) != 1:
        return None
    process = processes[0]
    nodes = {node.id: node for node in _nodes(process)}
    arrows = tuple(_arrow(each) for each in process.iter(f"{{{BPMN}}}sequenceFlow"))
    drawn = frozenset(str(e.get("bpmnElement")) for e in root.iter() if e.get("bpmnElement"))
    whole_limit = process.get(f"{{{WANMI}}}wholeLimit") or ""
    return Graph(str(process.get("id")), nodes, arrows, drawn, whole_limit)


def _nodes(process: etree._Element) -> Iterator[Node]:
    for each in process:
        tag = etree.QName(each).localname if isinstance(each.tag, str) else ""
        if tag and tag not in BESIDE + ALSO_BESIDE:
            yield _node(each, tag)


def _node(each: etree._Element, tag: str) -> Node:
    said = each.find(f"{{{BPMN}}}extensionElements/{{{WANMI}}}step")
    marks = each.findall(f"{{{BPMN}}}extensionElements/{{{WANMI}}}mark")
    outcomes = said.findall(f"{{{WANMI}}}outcome") if said is not None else []
    return Node(
        id=str(each.get("id")),
        kind=tag,
        name=each.get("name") or "",
        step=_attributes(said) if said is not None else None,
        outcomes=tuple(_attributes(outcome) for outcome in outcomes),
        marks={str(mark.get("name")): str(mark.get("value")) for mark in marks},
        default=each.get("default") or "",
    )


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _arrow(each: etree._Element) -> Arrow:
    condition = each.findtext(f"{{{BPMN}}}conditionExpression") or ""
    return Arrow(
        str(each.get("id")),
        str(each.get("sourceRef")),
        str(each.get("targetRef")),
        each.get("name") or "",
        condition.strip(),
    )
