"""Reading a BPMN drawing: its steps with roles, limits, outcomes and forms.

Our facts stand in extension elements of the namespace below, which other BPMN
tools keep and ignore:

    <wanmi:step role="duty_leader" nameEn="File" stage="filing" limit="0.5 work_hour">
      <wanmi:outcome name="file" nameZh="立案" nameEn="File" form="file" />
    </wanmi:step>
    <wanmi:mark name="state" value="pending_filing" />

Everything a step does not say is none: no limit, no body, nobody barred.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from wanmi.kernel.errors import Invalid, Phrase
from wanmi.kernel.limits import Limit, LimitType, UnusableLimit

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
WANMI = "urn:wanmi:bpmn:1"

FORBIDDEN = ("scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask", "script")

REQUESTED = "request"
"""Tone of an outcome nobody may choose: an approved request takes it."""


class UnusableDrawing(Invalid):
    """This drawing cannot be run: %(reason)s"""

    code = "unusable_drawing"


@dataclass(frozen=True)
class Outcome:
    """One way to finish a step; `form` names the JSON Schema of what it asks."""

    name: str
    name_zh: str
    name_en: str
    form: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Step:
    """A user task of the drawing.

    `stage` groups steps under one clock; `post_limit` is the post's own beside it.
    `limit_from`, `body_from`,
    `holder_from` and `barred_from` name keys of the instance's data.
    """

    id: str
    name_zh: str
    name_en: str
    role: str
    stage: str
    limit: Limit | None = None
    limit_from: str = ""
    post_limit: Limit | None = None
    body_from: str = ""
    holder_from: str = ""
    barred_from: str = ""
    outcomes: tuple[Outcome, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)

    def outcome(self, name: str) -> Outcome | None:
        """Return the outcome of a name."""
        return next((each for each in self.outcomes if each.name == name), None)


@dataclass(frozen=True)
class Drawing:
    """What a drawing says, as far as we run it."""

    process_id: str
    name_zh: str
    name_en: str
    steps: dict[str, Step]
    ends: dict[str, dict[str, str]]
    """Marks of each end event by its id."""
    whole_limit: Limit | None = None
    """How long the whole procedure may take."""
    start_zh: str = "开始"
    start_en: str = "Begin"
    """What the first line of the flow log says has happened."""


def read(xml: str | bytes) -> Drawing:
    """Read a drawing. Raises UnusableDrawing with the reason."""
    root = read_xml(xml)
    _refuse_forbidden(root)
    processes = root.findall(f"{{{BPMN}}}process")
    if len(processes) != 1:
        raise UnusableDrawing(reason="it must hold exactly one process")
    process = processes[0]
    steps = {step.id: step for step in _steps(process)}
    if not steps:
        raise UnusableDrawing(reason="it has no step for anybody")
    ends = {str(end.get("id")): _marks(end) for end in process.iter(f"{{{BPMN}}}endEvent")}
    name = process.get("name") or str(process.get("id"))
    name_en = process.get(f"{{{WANMI}}}nameEn") or name
    whole = _limit(name, process.get(f"{{{WANMI}}}wholeLimit") or "")
    begun = _start(process)
    return Drawing(str(process.get("id")), name, name_en, steps, ends, whole, *begun)


def _start(process: etree._Element) -> tuple[str, str]:
    """Return what the start of a drawing is called in both languages."""
    start = process.find(f"{{{BPMN}}}startEvent")
    if start is None:
        return Drawing.start_zh, Drawing.start_en
    named = f"{{{WANMI}}}nameEn"
    return start.get("name") or Drawing.start_zh, start.get(named) or Drawing.start_en


LARGEST_BYTES = 2_000_000


def read_xml(xml: str | bytes) -> etree._Element:
    """Return the root of a drawing's XML; entities and document types are refused."""
    data = xml.encode() if isinstance(xml, str) else xml
    if len(data) > LARGEST_BYTES:
        raise UnusableDrawing(reason=Phrase("the file is too large"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnusableDrawing(reason=f"it is not XML ({error.msg})") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):  # missing in the stubs
        raise UnusableDrawing(reason=Phrase("a document type is not allowed"))
    return root


def _refuse_forbidden(root: etree._Element) -> None:
    for tag in FORBIDDEN:
        if root.find(f".//{{{BPMN}}}{tag}") is not None:
            raise UnusableDrawing(reason=f"{tag} is not allowed in a drawing")


def _steps(process: etree._Element) -> Iterator[Step]:
    for node in process.iter(f"{{{BPMN}}}userTask"):
        said = node.find(f"{{{BPMN}}}extensionElements/{{{WANMI}}}step")
        if said is None or not said.get("role"):
            raise UnusableDrawing(reason=f"step {node.get('id')} names no role")
        yield _step(node, said)


def _step(node: etree._Element, said: etree._Element) -> Step:
    identifier = str(node.get("id"))
    name_zh = node.get("name") or identifier
    return Step(
        id=identifier,
        name_zh=name_zh,
        name_en=said.get("nameEn") or name_zh,
        role=str(said.get("role")),
        stage=said.get("stage") or identifier,
        limit=_limit(identifier, said.get("limit") or ""),
        limit_from=said.get("limitFrom") or "",
        post_limit=_limit(identifier, said.get("postLimit") or ""),
        body_from=said.get("bodyFrom") or "",
        holder_from=said.get("holderFrom") or "",
        barred_from=said.get("barredFrom") or "",
        outcomes=tuple(_outcome(each) for each in said.findall(f"{{{WANMI}}}outcome")),
        marks=_marks(node),
    )


def _outcome(said: etree._Element) -> Outcome:
    name = str(said.get("name"))
    return Outcome(
        name,
        said.get("nameZh") or name,
        said.get("nameEn") or name,
        said.get("form") or "",
        said.get("tone") or "plain",
    )


def limit_of(text: str) -> Limit:
    """Read a limit such as "0.5 work_hour". Raises ValueError or UnusableLimit."""
    value, _, kind = text.partition(" ")
    return Limit(value, LimitType(kind))


def _limit(step: str, text: str) -> Limit | None:
    if not text:
        return None
    try:
        return limit_of(text)
    except (ValueError, UnusableLimit) as error:
        raise UnusableDrawing(reason=f"limit {text!r} of step {step} is unknown") from error


def _marks(node: etree._Element) -> dict[str, str]:
    found = node.findall(f"{{{BPMN}}}extensionElements/{{{WANMI}}}mark")
    return {str(mark.get("name")): str(mark.get("value")) for mark in found}
