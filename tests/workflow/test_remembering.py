"""The engine may answer a step it has already worked out, and answers the same."""

import json
from importlib.resources import files

from wanmi.workflow import actions as workflow
from wanmi.workflow import engine


def specs() -> engine.Specs:
    drawing = files("wanmi.cases").joinpath("data/standard_case.bpmn").read_text(encoding="utf-8")
    return engine.specs_of("test-remembering", drawing)


def test_a_remembered_move_opens_the_same_step_as_a_fresh_one():
    known = specs()
    start = engine.start(known, {"needs_verification": False})
    data = {"needs_verification": False, "outcome": "submit"}
    fresh = engine.finish(known, start.state, start.opened[0].engine_id, data)

    with workflow.remembering_moves():
        once = engine.finish(known, start.state, start.opened[0].engine_id, data)
        again = engine.finish(known, start.state, start.opened[0].engine_id, data)

    assert again is once
    assert [each.step for each in once.opened] == [each.step for each in fresh.opened]


def test_other_data_is_another_move():
    known = specs()
    start = engine.start(known, {"needs_verification": False})
    taken, refused = (
        json.loads(json.dumps({"needs_verification": False, "outcome": outcome}))
        for outcome in ("submit", "not_accept")
    )

    with workflow.remembering_moves():
        filed = engine.finish(known, start.state, start.opened[0].engine_id, taken)
        ended = engine.finish(known, start.state, start.opened[0].engine_id, refused)

    assert filed.end == ""
    assert ended.end == "not_accepted"


def test_nothing_is_remembered_outside_the_block():
    known = specs()
    start = engine.start(known, {"needs_verification": False})
    data = {"needs_verification": False, "outcome": "submit"}

    one = engine.finish(known, start.state, start.opened[0].engine_id, data)
    other = engine.finish(known, start.state, start.opened[0].engine_id, data)

    assert one is not other
