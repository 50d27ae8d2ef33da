"""A city's decision tables decide before the shipped rules do."""

from __future__ import annotations

from typing import Any

import pytest

from tests import town as towns
from tests.town import Town
from wanmi.cases import actions as cases
from wanmi.cases import deciding, queries
from wanmi.cases.models import Case
from wanmi.catalogue.models import CaseStandard
from wanmi.kernel import dmn
from wanmi.kernel.dmnchecks import gaps, overlaps
from wanmi.workflow import actions as workflow
from wanmi.workflow.models import Clock, Task


def _filed(town: Town, **fields: Any) -> tuple[Case, Task]:
    where = {"lon": towns.INSIDE[0], "lat": towns.INSIDE[1]}
    case = cases.report("垃圾", **where, kind="event", category="06001", by=town.supervisor)
    _do(case, "submit", town.acceptor)
    _do(case, "file", town.duty_leader, **fields)
    return case, Task.objects.get(subject=f"case:{case.pk}", state="open")


def _do(case: Case, action: str, by: Any, **fields: Any) -> None:
    task = Task.objects.get(subject=f"case:{case.pk}", state="open")
    cases.perform_task(task, action, fields, by=by)


def test_the_shipped_tables_are_sound() -> None:
    for code in (deciding.ROUTING, deciding.LIMITS):
        assert overlaps(dmn.read(deciding.shipped_table(code))) == []
    assert gaps(dmn.read(deciding.shipped_table(deciding.LIMITS))) == []


@pytest.mark.parametrize(("named", "suggested"), [("LAMPS", "LAMPS"), ("路灯管理所", "LAMPS")])
def test_the_table_suggests_the_department(named: str, suggested: str, town: Town) -> None:
    source = deciding.shipped_table(deciding.ROUTING).replace("环境卫生管理部门", named)
    case, task = _filed(town, standard=town.condition.pk)
    before = queries.filled_form(task, "dispatch", case)["properties"]["department"]["default"]

    workflow.publish_decision(deciding.ROUTING, source, [])
    after = queries.filled_form(task, "dispatch", case)["properties"]["department"]["default"]

    assert (before, after) == ("CLEAN", suggested)


@pytest.mark.parametrize(("urgent", "limit"), [(True, "2 urgent_hour"), (False, "1 work_day")])
def test_the_table_gives_the_limit_where_no_standard_does(
    urgent: bool, limit: str, town: Town
) -> None:
    CaseStandard.objects.all().delete()
    workflow.publish_decision(deciding.LIMITS, deciding.shipped_table(deciding.LIMITS), [])

    case, _ = _filed(town, is_urgent=urgent)
    _do(case, "dispatch", town.dispatcher, department="CLEAN")

    clock = Clock.objects.get(instance__subject=f"case:{case.pk}", stage="handling")
    assert f"{clock.limit_value.normalize():f} {clock.limit_type}" == limit
    case.refresh_from_db()
    assert case.rule["by"] == "table"
