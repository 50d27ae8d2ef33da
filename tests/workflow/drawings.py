"""Drawings for tests: the shipped one with pieces changed, and small ones of our own."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

CASES = files("wanmi.cases") / "data"
STANDARD = (CASES / "standard_case.bpmn").read_text("utf-8")
FORMS: dict[str, dict[str, Any]] = {
    form.name.removesuffix(".json"): json.loads(form.read_text("utf-8"))
    for form in (CASES / "forms").iterdir()
}
ROLES = frozenset({"supervisor", "acceptor", "duty_leader", "dispatcher", "department", "handler"})

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:wanmi="urn:wanmi:bpmn:1" id="d" targetNamespace="urn:test">'
)


def step(key: str, outcomes: str = "done", **said: str) -> str:
    """Return a user task with plain outcomes."""
    given = {"role": "handler", "limit": "1 work_day"} | said
    attributes = " ".join(f'{name}="{value}"' for name, value in given.items() if value)
    listed = "".join(f'<wanmi:outcome name="{name}"/>' for name in outcomes.split())
    return (
        f'<userTask id="{key}" name="{key}"><extensionElements><wanmi:step {attributes}>{listed}'
        "</wanmi:step></extensionElements></userTask>"
    )


def flow(source: str, target: str, condition: str = "") -> str:
    """Return a sequence flow."""
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )


def drawing(*parts: str) -> str:
    """Return a drawing with a start `s` and an end `e` around the parts."""
    inside = "".join(parts)
    ends = '<startEvent id="s"/><endEvent id="e"/>'
    return f'{HEAD}<process id="p" name="P">{ends}{inside}</process></definitions>'


def with_photo_review(xml: str = STANDARD) -> str:
    """Return the standard case with a step "photo review" between feedback and check."""
    added = (
        '<bpmn:userTask id="photo_review" name="照片审核"><bpmn:extensionElements>'
        '<wanmi:step role="dispatcher" nameEn="Photo review" stage="photo_review" '
        'limit="1 work_hour"><wanmi:outcome name="good" nameZh="合格" nameEn="Good" /></wanmi:step>'
        '<wanmi:mark name="phase" value="feedback" />'
        '<wanmi:mark name="state" value="feedback_review" />'
        "</bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:sequenceFlow id="flow_photo_check" sourceRef="photo_review" targetRef="check" />'
    )
    changed = xml.replace(
        'sourceRef="after_feedback" targetRef="check"',
        'sourceRef="after_feedback" targetRef="photo_review"',
    )
    return changed.replace(
        '<bpmn:exclusiveGateway id="needs', added + '<bpmn:exclusiveGateway id="needs', 1
    )
