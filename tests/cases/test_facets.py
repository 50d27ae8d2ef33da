"""The newest cases by their words: the same rows as the plain filters give."""

from datetime import timedelta
from itertools import product

import pytest

from tests.town import MONDAY_MORNING
from wanmi.cases import facets, queries
from wanmi.cases.facetwords import beginnings, can_be_said, parts
from wanmi.cases.models import Case
from wanmi.organisation import queries as organisation

STREETS = ("99/9901/990101/990101001/", "99/9901/990101/990101002/", "99/9901/990102/990102001/")
STATES = (("handling", "handling"), ("checking", "check_and_close"), ("closed", "evaluation"))
KINDS, SOURCES, CLASSES = ("event", "part"), ("supervisor", "hotline"), ("01001", "06001")


@pytest.fixture
def many(db):
    """Cases of every combination, three of each, none of them urgent in the last street."""
    every = list(product(STREETS, STATES, KINDS, SOURCES, CLASSES, (True, False))) * 3
    return Case.objects.bulk_create(
        Case(
            number=f"F{place}",
            tracking_code=f"F{place}",
            area_path=f"{street}{street[-10:-1]}010/",
            state=state,
            phase=phase,
            kind=kind,
            source=source,
            category_code=code,
            is_urgent=urgent and street != STREETS[-1],
            description="x",
            reported_at=MONDAY_MORNING,
            ended_at=MONDAY_MORNING + timedelta(hours=1) if state == "closed" else None,
        )
        for place, (street, (state, phase), kind, source, code, urgent) in enumerate(every)
    )


def keys(rows):
    return list(rows.order_by("-pk").values_list("pk", flat=True))


def someone(*paths):
    duties = frozenset({organisation.duties.SEE_CASES})
    held = tuple(organisation.Holding(1, "leader", 1, path, duties) for path in paths)
    return organisation.Scope(7, held)


WANTED = [
    {},
    {"state": "closed"},
    {"state": "handling", "kind": "part", "source": "hotline"},
    {"phase": "check_and_close", "urgent": False},
    {"kind": "event", "source": "supervisor", "urgent": True},
    {"category": "06001", "source": "hotline", "open": True},
    {"category": "06001", "state": "closed", "area": STREETS[1]},
    {"kind": "part", "area": "99/9901/990102/"},
    {"kind": "part", "area": "99/9901/990101/990101001/990101001010/"},
    {"kind": "part", "area": "98/"},
    {"state": "handling", "open": False},
    {"state": "hand%"},
    {"state": "handling/handling:event", "urgent": False},
    {"state": "voided", "kind": "part", "urgent": True},
    {"urgent": True, "located": True},
    {"source": "hotline", "lamp": "red"},
    {"department": "nobody", "state": "closed"},
]
READERS = (("99/9901/",), ("99/9901/990101/",), STREETS[2:], (STREETS[0], STREETS[2]), ("",), ())


def test_the_newest_are_those_of_the_plain_filters(many):
    for paths, wanted in product(READERS, WANTED):
        scope = someone(*paths)
        plain = queries.filtered(queries.listed(scope), scope=scope, **wanted)

        found = queries.newest(scope, wanted, upto=5)

        assert keys(found)[:5] == keys(plain)[:5], (paths, wanted)


def test_a_rare_combination_is_not_looked_for_in_every_case(many):
    scope, wanted = someone("99/9901/"), {"kind": "part", "urgent": True}

    found = queries.newest(scope, wanted, upto=5)

    assert found.count() == 5
    assert "fitting" in str(found.query)


def test_pages_follow_each_other_by_cursor(many):
    scope, wanted = someone("99/9901/990101/"), {"kind": "part", "source": "hotline"}
    seen, cursor = [], ""

    while cursor is not None:
        rows = queries.newest(scope, wanted, upto=8, cursor=cursor)
        page = queries.page(rows, limit=7, cursor=cursor, show=lambda case: case.pk)
        seen, cursor = seen + page["items"], page["next"]

    assert seen == keys(queries.filtered(queries.listed(scope), scope=scope, **wanted))


def test_what_words_do_not_answer_streams_by_the_plain_filters(many):
    scope = someone("99/9901/")

    for wanted, upto in (({}, 5), ({"open": True}, 5), ({"kind": "part"}, facets.DEEPEST + 1)):
        assert "fitting" not in str(queries.newest(scope, wanted, upto=upto).query)


def test_a_filter_is_a_piece_of_the_word_with_its_marks():
    wanted = {"state": "closed", "kind": "part", "urgent": True}

    assert beginnings(wanted) == ["0closed/", "1closed/"]
    assert parts(wanted) == [":part;", "!1"]
    assert beginnings({"open": True}) == ["1"]
    assert not can_be_said({"state": "closed/"})
