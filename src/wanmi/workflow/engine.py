"""SpiffWorkflow behind one small face: start a drawing, finish a step, store the state.

The engine knows no tables. Its state is stored without the drawing (the
stock serializer writes the whole drawing into each instance) and can be
rebuilt by finishing the same steps again.
"""

import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from wanmi.kernel import expressions

from .drawing import UnusableDrawing, read


@dataclass(frozen=True)
class Opened:
    """A step that now waits for somebody, with the engine's key for it."""

    step: str
    engine_id: str


@dataclass(frozen=True)
class Progress:
    """Where an instance stands: the waiting steps, or the end event it reached."""

    opened: tuple[Opened, ...]
    state: bytes
    end: str = ""


@dataclass(frozen=True)
class Specs:
    """A parsed drawing, shared by all its instances and read only."""

    digest: str
    main: Any  # the engine's process specification, untyped upstream
    called: dict[str, Any]


class _SafeEnvironment(BasePythonScriptEngineEnvironment):
    """Conditions are evaluated by the safe evaluator; nothing is ever executed."""

    def evaluate(self, expression: str, context: dict[str, Any], external: Any = None) -> Any:
        return expressions.evaluate(expression, context)

    def execute(self, script: str, context: Any, external: Any = None) -> Any:
        raise UnusableDrawing(reason="scripts are not allowed in a drawing")

    def call_service(self, context: Any, **more: Any) -> Any:
        raise UnusableDrawing(reason="service calls are not allowed in a drawing")


_scripts = PythonScriptEngine(environment=_SafeEnvironment())
_known: dict[str, Specs] = {}
MOST_ALIVE = 500
"""Workflows kept between two steps, the latest; each saves restoring it."""
_alive: dict[bytes, Any] = {}
_alive_lock = threading.Lock()


class _WithoutDrawing(BpmnWorkflowConverter):
    """Writes the digest of the drawing instead of the drawing."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        written: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
        written["drawing"] = workflow.spec.drawing_digest
        written["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        written["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return written

    def from_dict(self, written: dict[str, Any]) -> Any:
        specs = _known[written.pop("drawing")]
        workflow = self.target_class(specs.main, specs.called, deserializing=True)
        workflow.tasks = self.mapping_from_dict(written["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(written["root"]))
        self.set_default_attributes(workflow, written)
        self.subprocesses_from_dict(written["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(written.pop("bpmn_events", []))
        return workflow


_serializer = BpmnWorkflowSerializer(
    BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: _WithoutDrawing})
)


@lru_cache(maxsize=200)
def specs_of(digest: str, xml: str) -> Specs:
    """Return the parsed drawing, kept by its digest."""
    drawing = read(xml)
    parser = BpmnParser()
    try:
        parser.add_bpmn_xml(etree.fromstring(xml.encode()))
        main = parser.get_spec(drawing.process_id)
        called = parser.get_subprocess_specs(drawing.process_id)
    except (SpiffWorkflowException, KeyError, AttributeError) as error:
        raise UnusableDrawing(reason=str(error)) from error
    main.drawing_digest = digest
    specs = _known[digest] = Specs(digest, main, called)
    return specs


def start(specs: Specs, data: dict[str, Any]) -> Progress:
    """Begin a new instance with data and run it to the first waiting steps."""
    workflow = BpmnWorkflow(specs.main, specs.called, script_engine=_scripts)
    workflow.task_tree.data.update(data)
    for child in workflow.task_tree.children:
        child.data.update(data)
    return _run(workflow)


_moves: ContextVar[dict[tuple[Any, ...], Progress] | None] = ContextVar("moves", default=None)


@contextmanager
def remembering_moves() -> Iterator[None]:
    """Until the block ends, answer the same step from the same state with the same data at once.

    For thousands of instances in a row. The engine's keys only tell the steps of one instance
    apart, so instances may share them. Not for drawings with timers: their state holds moments.
    """
    mark = _moves.set({})
    try:
        yield
    finally:
        _moves.reset(mark)


def finish(specs: Specs, state: bytes, engine_id: str, data: dict[str, Any]) -> Progress:
    """Finish one waiting step with data and run on. Raises KeyError for a step not waiting."""
    known = _moves.get()
    if known is None:
        return _finish(specs, state, engine_id, data)
    move = (specs.digest, state, engine_id, json.dumps(data, sort_keys=True))
    if move not in known:
        known[move] = _finish(specs, state, engine_id, data)
    return known[move]


def _finish(specs: Specs, state: bytes, engine_id: str, data: dict[str, Any]) -> Progress:
    workflow = _taken_alive(state) or _restore(specs, state)
    task = next(each for each in _waiting(workflow) if str(each.id) == engine_id)
    task.data.update(data)
    task.run()
    return _run(workflow)


class StepGone(Exception):
    """Something the instance has passed is not in the other drawing."""


def carry(old: Specs, new: Specs, state: bytes) -> Progress:
    """Return the state of an instance as if it had come to the same steps by another drawing.

    What was passed stays as it was; what lies ahead is predicted anew. Raises
    StepGone when something passed or waiting is not drawn in the other one.
    """
    written = json.loads(zlib.decompress(state))
    assert written["drawing"] == old.digest
    for task in written["tasks"].values():
        is_behind = task["state"] & (TaskState.FINISHED_MASK | TaskState.READY | TaskState.WAITING)
        if is_behind and task["task_spec"] not in new.main.task_specs:
            raise StepGone(task["task_spec"])
    written["drawing"] = new.digest
    _drop_ahead(written["tasks"])
    workflow = _serializer.deserialize_json(json.dumps(written))
    workflow.script_engine = _scripts
    for task in _waiting(workflow):
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    return _run(workflow)


def _drop_ahead(tasks: dict[str, Any]) -> None:
    """Forget what was only predicted: the other drawing may go on differently."""
    ahead = {key for key, task in tasks.items() if task["state"] & TaskState.PREDICTED_MASK}
    ahead |= {key for key, task in tasks.items() if task["state"] == TaskState.FUTURE}
    for key in ahead:
        del tasks[key]
    for task in tasks.values():
        task["children"] = [child for child in task["children"] if child not in ahead]


def replay(specs: Specs, data: dict[str, Any], done: list[tuple[str, dict[str, Any]]]) -> Progress:
    """Rebuild an instance by finishing the recorded steps again, in order."""
    return redo(specs, start(specs, data), done)


def redo(specs: Specs, progress: Progress, done: list[tuple[str, dict[str, Any]]]) -> Progress:
    """Finish recorded steps again from where an instance stands."""
    for step, given in done:
        engine_id = next(each.engine_id for each in progress.opened if each.step == step)
        progress = finish(specs, progress.state, engine_id, given)
    return progress


def _restore(specs: Specs, state: bytes) -> Any:
    assert specs.digest in _known
    workflow = _serializer.deserialize_json(zlib.decompress(state).decode())
    workflow.script_engine = _scripts
    return workflow


def _run(workflow: Any) -> Progress:
    workflow.do_engine_steps()
    opened = tuple(Opened(task.task_spec.bpmn_id, str(task.id)) for task in _waiting(workflow))
    state = zlib.compress(_serializer.serialize_json(workflow).encode(), 1)
    end = _end_of(workflow) if workflow.is_completed() else ""
    if not end:
        _keep_alive(state, workflow)
    return Progress(opened, state, end)


def _taken_alive(state: bytes) -> Any:
    """Take the live workflow that was stored as exactly this state, if it is still here.

    Whoever takes it owns it. A step that is rolled back leaves the old state in
    the database, which nothing here goes by: it is restored then.
    """
    with _alive_lock:
        return _alive.pop(state, None)


def _keep_alive(state: bytes, workflow: Any) -> None:
    with _alive_lock:
        _alive[state] = workflow
        while len(_alive) > MOST_ALIVE:
            del _alive[next(iter(_alive))]


def _waiting(workflow: Any) -> list[Any]:
    found = workflow.get_tasks(state=TaskState.READY, manual=True)
    return sorted(found, key=lambda task: (task.task_spec.bpmn_id, str(task.id)))


def _end_of(workflow: Any) -> str:
    ends = [
        task
        for task in workflow.get_tasks(state=TaskState.COMPLETED)
        if type(task.task_spec).__name__ == "EndEvent"
    ]
    return str(max(ends, key=lambda task: task.last_state_change).task_spec.bpmn_id)
