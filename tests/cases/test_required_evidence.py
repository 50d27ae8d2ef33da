"""Closing demands two photographs: what the case has counts, what is wanting is asked for."""

import pytest

from tests.cases.driving import later, show_before_and_after, to_closing
from tests.town import Town
from wanmi.cases import actions as cases
from wanmi.cases import queries
from wanmi.evidence import queries as evidence
from wanmi.kernel.errors import Invalid
from wanmi.workflow import queries as tasks


def closing(case):
    return next(task for task in tasks.open_steps(f"case:{case.pk}") if task.step == "close")


def close(case, town: Town, **fields):
    return cases.perform_task(closing(case), "close", fields, by=town.duty_leader, at=later(100))


def test_a_case_without_photographs_is_not_closed(town):
    case = to_closing(town)

    with pytest.raises(Invalid) as refused:
        close(case, town)

    assert [error["loc"] for error in refused.value.errors] == [["media"]]
    case.refresh_from_db()
    assert case.state == "pending_closing"


def test_what_the_case_has_is_enough(town):
    case = to_closing(town)
    show_before_and_after(case)

    assert close(case, town).state == "closed"


def test_the_wanting_ones_are_added_while_closing(town, photographs):
    case = to_closing(town)

    with pytest.raises(Invalid):
        close(case, town, media=photographs(town.duty_leader, 1))
    assert close(case, town, media=photographs(town.duty_leader, 2)).state == "closed"
    purposes = {each.purpose for each in evidence.of_subject(f"case:{case.pk}")}
    assert purposes == {"close"}


def test_the_form_asks_for_as_many_as_are_wanting(town):
    case = to_closing(town)

    form = queries.filled_form(closing(case), "close", case)
    assert form["required"] == ["media"]
    assert form["properties"]["media"]["minItems"] == 2
    show_before_and_after(case)

    form = queries.filled_form(closing(case), "close", case)
    assert form["required"] == []
    assert "minItems" not in form["properties"]["media"]
