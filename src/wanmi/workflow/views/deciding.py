"""Decision tables: the editor with sample rows, checking while editing, publishing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel import dmn
from wanmi.kernel.dmnchecks import gaps, overlaps
from wanmi.kernel.errors import NotFound, Refused
from wanmi.shell import pages

from .. import actions, queries
from . import words
from .asking import either, said, text_of
from .procedures import DUTY


@require_safe
@pages.with_duty(DUTY)
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Open a decision table: the newest version, else the one we ship."""
    row = queries.decision(code)
    names = dict(actions.offered_tables()).get(code)
    if names is None and row is None:
        raise NotFound
    data = {
        "source": row.source if row else actions.offered_source(code),
        "samples": row.samples if row else [],
        "words": words.table_words(),
        "urls": {
            "check": reverse("procedures:check-table", args=[code]),
            "publish": reverse("procedures:publish-table", args=[code]),
        },
    }
    name = either(row.name_zh, row.name_en) if row else either(*(names or (code, code)))
    context = {"row": row, "name": name, "data": data}
    # The table editor positions its menus by style attributes; scripts stay as strict as ever.
    return pages.allow_style_attributes(pages.render(request, "workflow/table.html", context))


@require_POST
@pages.with_duty(DUTY)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the table's columns, faults at their rows, overlaps, gaps and sample answers."""
    _known(code)
    given = said(request)
    source = text_of(given, "source")
    try:
        found = dmn.read(source)
    except dmn.UnusableTable as refused:
        return JsonResponse({"faults": _faults(refused)})
    return JsonResponse(
        {
            "columns": {"given": _columns(found.inputs), "expected": _columns(found.outputs)},
            "faults": [*_overlaps(found)],
            "gaps": gaps(found),
            "samples": [_tried(found, at, each) for at, each in enumerate(_samples(given), 1)],
        }
    )


@require_POST
@pages.with_duty(DUTY)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the table as it stands in the editor."""
    _known(code)
    given = said(request)
    try:
        row = actions.publish_decision(
            code, text_of(given, "source"), _samples(given), by=reader(request)
        )
    except Refused as refused:
        return JsonResponse({"message": pages.sentence(refused)}, status=refused.status)
    return JsonResponse({"version": row.version})


def _known(code: str) -> None:
    if code not in dict(actions.offered_tables()) and queries.decision(code) is None:
        raise NotFound


def _samples(given: dict[str, Any]) -> list[dict[str, Any]]:
    listed = given.get("samples")
    rows = listed if isinstance(listed, list) else []
    return [
        {part: dict(each.get(part) or {}) for part in ("given", "expected")}
        for each in rows[:200]
        if isinstance(each, dict)
    ]


def _columns(columns: tuple[dmn.Column, ...]) -> list[list[str]]:
    return [[each.name, each.label, each.kind.value] for each in columns]


def _faults(refused: dmn.UnusableTable) -> list[dict[str, Any]]:
    rows = [
        {"row": error["loc"][1], "column": error["loc"][-1], "sentence": error["msg"]}
        for error in refused.errors
    ]
    return rows or [{"row": 0, "column": "", "sentence": pages.sentence(refused)}]


def _overlaps(found: dmn.Table) -> list[dict[str, Any]]:
    told = []
    for each in overlaps(found):
        where = ", ".join(f"{name}: {value}" for name, value in each.where.items())
        refused = actions.OverlappingRows(first=each.first, second=each.second, where=where)
        told += [
            {"row": row, "column": "", "sentence": pages.sentence(refused)}
            for row in (each.first, each.second)
        ]
    return told


def _tried(found: dmn.Table, number: int, sample: dict[str, Any]) -> dict[str, Any]:
    """Answer one sample: what the table says, by which rows, and whether it was expected."""
    try:
        decision = dmn.decide(found, sample["given"])
        answer: dict[str, Any] = actions.plain_answers(decision.answers)
        rows = list(decision.rows)
    except Refused as refused:
        return {"rows": [], "answer": {}, "good": False, "sentence": pages.sentence(refused)}
    try:
        actions.require_answer(found, number, sample)
    except actions.SampleFails as refused:
        sentence = pages.sentence(refused)
        return {"rows": rows, "answer": answer, "good": False, "sentence": sentence}
    return {"rows": rows, "answer": answer, "good": True, "sentence": ""}
