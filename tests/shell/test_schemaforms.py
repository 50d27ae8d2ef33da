"""Forms drawn from JSON Schema: what is read back is valid, or the field says what is wrong."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wanmi.kernel.errors import Invalid
from wanmi.shell.schemaforms import SchemaForm

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["opinion", "result"],
    "properties": {
        "opinion": {"type": "string", "title": "Opinion", "minLength": 2, "maxLength": 20},
        "result": {"type": "string", "enum": ["pass", "not_pass"]},
        "hours": {"type": "number", "minimum": 0, "maximum": 72},
        "people": {"type": "integer", "minimum": 1},
        "on": {"type": "string", "format": "date"},
        "urgent": {"type": "boolean"},
        "media": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
        "place": {
            "type": "object",
            "required": ["lon", "lat"],
            "properties": {
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
            },
        },
    },
}
HINTS: dict[str, Any] = {"media": {"widget": "media"}, "place": {"widget": "place"}}


def sent(**values: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_answers_come_back_in_the_types_of_the_schema() -> None:
    form = SchemaForm(SCHEMA, HINTS)

    answers = form.read(
        sent(
            opinion="已更换",
            result="pass",
            hours="1.5",
            people="2",
            on="2026-11-21",
            urgent="on",
            media=["7", "8"],
            place_lon="116.3",
            place_lat="39.98",
        )
    )

    assert answers == {
        "opinion": "已更换",
        "result": "pass",
        "hours": 1.5,
        "people": 2,
        "on": "2026-11-21",
        "urgent": True,
        "media": ["7", "8"],
        "place": {"lon": 116.3, "lat": 39.98},
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("opinion", "", "请填写此项。"),
        ("opinion", "好", "请至少写 2 个字。"),
        ("opinion", "a\x00b", "文字中有无法保存的字符。"),
        ("opinion", "a\ud800b", "文字中有无法保存的字符。"),
        ("result", "maybe", "请从给出的选项中选择。"),
        ("hours", "many", "请输入数字。"),
        ("hours", "nan", "请输入数字。"),
        ("hours", "1e999", "请输入数字。"),
        ("hours", "-1", "请输入不小于 0 的数。"),
        ("people", "1.5", "请输入数字。"),
        ("on", "21.11.2026", "请输入日期，例如 2026-11-21。"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(name: str, value: str, sentence: str) -> None:
    form = SchemaForm(SCHEMA, HINTS)

    with translation.override("zh-hans"):
        answers = form.read(sent(**({"opinion": "已更换", "result": "pass"} | {name: value})))

    assert answers is None
    assert sentence in next(field for field in form if field.name == name).errors


def test_half_a_place_is_refused() -> None:
    form = SchemaForm(SCHEMA, HINTS)

    assert form.read(sent(opinion="已更换", result="pass", place_lon="116.3")) is None


def test_what_an_action_refuses_stands_beside_the_field_it_names() -> None:
    form = SchemaForm(SCHEMA, HINTS)

    form.refuse(Invalid(errors=[{"loc": ["body", "hours"], "msg": "Too many."}]))

    assert [field.name for field in form if field.errors] == ["hours"]


def test_every_control_is_named_and_its_error_is_heard() -> None:
    form = SchemaForm(SCHEMA, HINTS, prefix="t7")
    form.read(sent(result="pass"))

    html = str(form)

    assert 'id="t7-opinion"' in html
    assert 'for="t7-opinion"' in html
    assert 'aria-describedby="t7-opinion-error' in html
    assert 'role="alert"' in html


def test_a_sent_value_is_shown_again_and_escaped() -> None:
    form = SchemaForm(SCHEMA, HINTS)
    form.read(sent(opinion='"><script>alert(1)</script>'))

    html = str(form)

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@given(
    st.dictionaries(
        st.sampled_from([*SCHEMA["properties"], "place_lon", "place_lat", "unknown"]),
        st.lists(st.text(max_size=30), min_size=1, max_size=4),
    )
)
def test_read_never_lets_through_what_the_schema_refuses(data: dict[str, list[str]]) -> None:
    form = SchemaForm(SCHEMA, HINTS)

    answers = form.read(sent(**data))

    assert str(form)
    if answers is None:
        assert form.has_errors
    else:
        assert Draft202012Validator(SCHEMA).is_valid(answers)
