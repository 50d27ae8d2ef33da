"""Reports of the same problem are suggested and linked, never deleted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.driving import act, later, report
from wanmi.cases import actions as cases
from wanmi.cases import links
from wanmi.cases.likeness import common, distance_m, likeness
from wanmi.kernel.errors import Invalid
from wanmi.workflow import queries as tasks

SHARE = st.floats(0, 3)


@given(SHARE, SHARE, st.text(max_size=20), st.text(max_size=20))
def test_likeness_lies_between_nothing_and_one(place, time, words, other):
    assert 0 <= likeness(place, time, words, other) <= 1


@given(SHARE, SHARE, st.text(max_size=20))
def test_nearer_is_never_less_alike(place, time, words):
    assert likeness(place / 2, time, words, words) >= likeness(place, time, words, words)


def test_words_in_common_count_pairs_of_characters():
    assert common("路口有垃圾", "路口有垃圾") == 1
    assert common("路口有垃圾", "井盖丢失") == 0


def test_a_thousandth_of_a_degree_north_is_about_111_metres():
    assert distance_m(120, 30, 120, 30.001) == pytest.approx(111.2, abs=0.1)


def alike(case):
    return links.alike(
        category_id=case.category_id,
        lon=case.lon,
        lat=case.lat,
        at=case.reported_at,
        words=case.description,
        but=case.pk,
    )


def test_the_same_class_nearby_and_recent_is_suggested(town):
    first = report(town)
    second = report(town, lon=120.0006)

    found = alike(second)

    assert [each.case.pk for each in found] == [first.pk]
    assert found[0].distance_m == pytest.approx(9.6, abs=0.5)
    assert found[0].likeness > 0.8


def test_what_is_far_is_not_suggested(town):
    report(town)
    far = report(town, lon=120.0035)

    assert alike(far) == []


def test_a_duplicate_ends_linked_to_its_original(town):
    first, second = report(town), report(town)

    second = act(second, "duplicate", town.acceptor, 5, original=first.number)

    assert second.state == "not_accepted"
    assert links.original_of(second.pk) == first.pk
    assert [case.pk for case in links.duplicates_of(first.pk)] == [second.pk]


def test_a_duplicate_of_a_duplicate_points_at_the_first(town):
    first, second, third = report(town), report(town), report(town)
    act(second, "duplicate", town.acceptor, 5, original=first.number)

    act(third, "duplicate", town.acceptor, 6, original=second.number)

    assert links.original_of(third.pk) == first.pk


def test_a_case_is_no_duplicate_of_itself_or_of_nothing(town):
    case = report(town)

    for number in (case.number, "9999999999"):
        with pytest.raises(Invalid):
            act(case, "duplicate", town.acceptor, original=number)


def test_a_problem_handled_on_the_spot_needs_two_photographs(town):
    with pytest.raises(cases.PhotographsMissing):
        report(town, self_handled=True)


def test_a_problem_handled_on_the_spot_is_only_audited(town, photographs):
    case = report(town, self_handled=True, media=photographs(town.supervisor, 2))

    case = act(case, "accept", town.acceptor)

    assert (case.state, case.phase) == ("self_handled_closed", "evaluation")


def test_a_reporter_who_can_be_reached_is_asked_after_closing(town):
    from tests.cases.driving import to_closed
    from wanmi.cases.models import Reporter, VisitBack

    case = to_closed(town)
    assert not tasks.open_tasks(f"case:{case.pk}")

    case = report(town, source="hotline", reporter=cases.Reporter(phone="13800000000"))
    case = act(case, "exists", town.supervisor, 2)
    case = act(case, "submit", town.acceptor, 5)
    case = act(case, "file", town.duty_leader, 10, standard=town.condition.pk)
    case = act(case, "dispatch", town.dispatcher, 15, department="CLEAN")
    case = act(case, "assign", town.department, 20, handler=town.handler.pk)
    case = act(case, "done", town.handler, 60, opinion="已清理")
    case = act(case, "confirm", town.dispatcher, 65)
    case = act(case, "pass", town.supervisor, 70)
    case = act(case, "close", town.duty_leader, 75)
    task = tasks.open_tasks(f"case:{case.pk}")[0]
    fields = {"answer": "satisfied", "opinion": "很及时"}
    cases.perform_task(task, "record", fields, by=town.acceptor, at=later(100))

    assert VisitBack.objects.get(case=case).answer == "satisfied"
    assert Reporter.objects.filter(case=case).exists()
