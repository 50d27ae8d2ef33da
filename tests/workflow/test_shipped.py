"""Shipped drawings open in other BPMN tools unchanged: valid by OMG's schema, drawn whole."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser as engine
from lxml import etree

from tests.workflow.drawings import with_photo_review
from tests.workflow.shipped import DRAWINGS, forms_of
from wanmi.organisation import duties
from wanmi.workflow import checking, drawing

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
NODES = {f"{MODEL}{kind}" for kind in ("startEvent", "endEvent", "userTask", "exclusiveGateway")}


@cache
def schema() -> etree.XMLSchema:
    """Return OMG's schema of BPMN 2.0, which comes with the engine."""
    assert engine.__file__ is not None
    path = Path(engine.__file__).parent / "schema" / "BPMN20.xsd"
    return etree.XMLSchema(etree.parse(path))


def test_there_are_at_least_the_known_ones():
    assert {
        "standard_case",
        "self_handled",
        "special_survey",
        "survey_share",
        "consultation",
        "opinion",
    } <= DRAWINGS.keys()


@pytest.mark.parametrize("code", DRAWINGS)
def test_a_shipped_drawing_is_valid_bpmn(code):
    assert schema().validate(etree.parse(DRAWINGS[code])), schema().error_log


def test_the_schema_finds_what_is_wrong():
    text = DRAWINGS["opinion"].read_text("utf-8")
    for wrong in ("<bpmn:userTask ", "<bpmn:endEvent "):
        broken = etree.fromstring(text.replace(wrong, f'{wrong}shape="round" ').encode())
        assert not schema().validate(broken)


def test_a_drawing_changed_here_stays_valid():
    assert schema().validate(etree.fromstring(with_photo_review().encode())), schema().error_log


@pytest.mark.parametrize("code", DRAWINGS)
def test_everything_of_it_is_drawn_once_and_apart(code):
    root = etree.parse(DRAWINGS[code]).getroot()
    nodes = {node.get("id") for node in root.iter(*NODES)}
    flows = {flow.get("id") for flow in root.iter(f"{MODEL}sequenceFlow")}
    shapes = [shape.get("bpmnElement") for shape in root.iter(f"{DIAGRAM}BPMNShape")]
    edges = [edge.get("bpmnElement") for edge in root.iter(f"{DIAGRAM}BPMNEdge")]

    assert nodes <= set(shapes)
    assert len(shapes) == len(set(shapes))
    assert sorted(edges) == sorted(flows)
    boxes = [
        [float(shape.find(BOUNDS).get(name)) for name in ("x", "y", "width", "height")]
        for shape in root.iter(f"{DIAGRAM}BPMNShape")
        if shape.get("bpmnElement") in nodes
    ]
    assert not [pair for pair in itertools.combinations(boxes, 2) if _overlap(*pair)]
    assert all(len(edge.findall(WAYPOINT)) >= 2 for edge in root.iter(f"{DIAGRAM}BPMNEdge"))


def _overlap(one: list[float], other: list[float]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


@pytest.mark.parametrize("code", DRAWINGS)
def test_our_own_check_finds_nothing(code):
    text = DRAWINGS[code].read_text("utf-8")

    assert checking.check(text, forms_of(code), duties.SHIPPED_ROLES) == []


@pytest.mark.parametrize("code", DRAWINGS)
def test_the_flow_log_begins_with_what_has_truly_happened(code):
    said = drawing.read(DRAWINGS[code].read_text("utf-8"))

    assert said.start_zh != drawing.Drawing.start_zh
    assert said.start_en != drawing.Drawing.start_en
