"""Cases of another system come once, completely, and every doubtful row is named."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from shapely.geometry import box

from tests.cases.test_seven_phases import act
from tests.conftest import ROOT
from tests.town import INSIDE, OUTSIDE
from wanmi.cases import queries
from wanmi.cases.models import Case
from wanmi.catalogue import actions as catalogue
from wanmi.geography import actions as geography
from wanmi.journal import queries as journal
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as workflow

MAPPING = """
kind = "cases"
time_zone = "America/New_York"
time_formats = ["%m/%d/%Y %H:%M"]
[columns]
number = "Key"
description = "What"
reported_at = "From"
ended_at = "To"
state = "Status"
category = "Type"
lon = "X"
lat = "Y"
[constants]
origin = "old"
[values.state]
"Closed" = "closed"
"Open" = "handling"
"Odd" = "on_the_moon"
[values.category]
"Garbage" = "event/06001"
"Other" = ""
"Gone" = "event/99999"
"""
HEAD = "Key,What,From,To,Status,Type,X,Y"
CLOSED = (
    f"7,Garbage at the gate,7/14/2026 1:20,7/14/2026 9:00,Closed,Garbage,{INSIDE[0]},{INSIDE[1]}"
)
OPEN = f"8,路灯不亮,7/15/2026 8:00,,Open,Other,{INSIDE[0]},{INSIDE[1]}"
AWAY = f"9,far away,7/15/2026 8:00,7/15/2026 9:00,Closed,Other,{OUTSIDE[0]},{OUTSIDE[1]}"
NOWHERE = "10,no place,7/15/2026 8:00,7/15/2026 9:00,Closed,Other,,"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def bring_in(tmp_path):
    """Import rows and return what was said."""

    def run(*rows: str, good: bool = False, dry_run: bool = False) -> str:
        file, mapping, out = tmp_path / "old.csv", tmp_path / "m.toml", StringIO()
        file.write_text("\n".join([HEAD, *rows]), "utf-8")
        mapping.write_text(MAPPING, "utf-8")
        try:
            call_command(
                "import",
                "cases",
                str(file),
                mapping=mapping,
                keep_good=good,
                dry_run=dry_run,
                stdout=out,
                stderr=out,
            )
        except SystemExit as ended:
            out.write(f"exit {ended.code}")
        return out.getvalue()

    return run


def test_an_ended_case_comes_as_it_ended(town, bring_in):
    said = bring_in(CLOSED)

    case = Case.objects.get()
    assert "1 accepted" in said
    assert (case.state, case.phase, case.source) == ("closed", "evaluation", "import")
    assert case.reported_at == datetime(2026, 7, 14, 5, 20, tzinfo=UTC)
    assert case.ended_at == datetime(2026, 7, 14, 13, 0, tzinfo=UTC)
    assert (case.category_code, case.is_located, case.grid_code[:6]) == ("06001", True, "990101")
    assert case.number.startswith("99010120260714")
    assert workflow.instance_of(f"case:{case.pk}") is None


def test_an_open_case_begins_the_procedure_here(town, bring_in):
    bring_in(OPEN)

    case = Case.objects.get()
    assert (case.phase, case.state) == ("filing", "reported")
    case = act(case, "submit", town.acceptor, category="event/06001")
    assert case.state == "pending_filing"


def test_an_imported_case_is_found_by_words(town, bring_in):
    bring_in(CLOSED, OPEN)
    scope = organisation.scope_of(town.leader)

    found = queries.filtered(queries.visible(scope), scope=scope, q="路灯")

    assert [case.origin_key for case in found] == ["8"]


def test_coming_again_changes_nothing(town, bring_in):
    bring_in(CLOSED, OPEN)
    before = list(Case.objects.order_by("pk").values())

    said = bring_in(CLOSED, OPEN, NOWHERE)

    assert "1 accepted, 2 unchanged" in said
    assert list(Case.objects.order_by("pk").values())[:2] == before


def test_rows_without_a_grid_are_taken_and_named(town, bring_in):
    said = bring_in(CLOSED, AWAY, NOWHERE)

    assert "3 accepted" in said
    assert "line 3: unlocated: The point lies in none of our unit grids." in said
    assert "line 4: unlocated: The row has no place." in said
    assert Case.objects.filter(is_located=False).count() == 2
    assert set(Case.objects.filter(is_located=False).values_list("area_path", flat=True)) == {
        "99/9901/"
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (CLOSED.replace("Garbage,1", "Gone,1"), "no class 99999"),
        (CLOSED.replace("Garbage,1", "Strange,1"), "not in the mapping of category"),
        (CLOSED.replace("Closed", "Odd"), "no state “on_the_moon”"),
        (CLOSED.replace("7/14/2026 9:00", ""), "needs the time of its end"),
        (CLOSED.replace("Closed", "Open"), "its state is an open one"),
        (CLOSED.replace("7/14/2026 9:00", "7/13/2026 9:00"), "The times cannot be"),
        (CLOSED.replace("7/14/2026 9:00", "7/13/2099 9:00"), "The times cannot be"),
        (CLOSED.replace("7/14/2026 1:20", "yesterday"), "cannot be used as reported_at"),
        (CLOSED.replace("Garbage at the gate", ""), "“description” is missing"),
        (CLOSED.replace("7,Garb", ",Garb"), "“number” is missing"),
        (OPEN.replace("8,", "7,", 1), "stands in line 2 already"),
        (CLOSED.replace(f"{INSIDE[0]},{INSIDE[1]}", f"{INSIDE[1]},{INSIDE[0]}"), "swapped"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_reason(town, bring_in, row, reason):
    first = CLOSED if "already" in reason else NOWHERE

    said = bring_in(first, row)

    assert "line 3: rejected: " in said
    assert reason in said
    assert "exit 1" in said
    assert not Case.objects.exists()


def test_good_rows_may_be_kept_beside_bad_ones(town, bring_in):
    said = bring_in(CLOSED, OPEN.replace("Other", "Gone"), good=True)

    assert "1 accepted" in said
    assert "1 rejected" in said
    assert Case.objects.count() == 1


def test_one_event_tells_the_counts(town, bring_in):
    before = journal.head_number()
    bring_in(CLOSED, NOWHERE, OPEN.replace("Other", "Gone"), good=True)
    bring_in(CLOSED, NOWHERE)

    (entry,) = journal.after(before)
    assert entry.kind == "cases.CasesImported"
    assert entry.data == {"origin": "old", "accepted": 2, "unlocated": 1, "rejected": 1}


def test_a_trial_changes_nothing(town, bring_in):
    assert "1 accepted" in bring_in(CLOSED, dry_run=True)
    assert not Case.objects.exists()


def test_a_real_city_comes_completely(town, shared_data):
    file = shared_data / "data/sample_311/nyc_311_animals_2025.csv"
    catalogue.enter_shipped_editions()
    _brooklyn()
    out = StringIO()

    call_command(
        "import", "cases", str(file), mapping=Path(ROOT / "docs/examples/nyc311.toml"), stdout=out
    )

    said = out.getvalue()
    assert "4969 accepted, 0 unchanged" in said
    assert "0 rejected" in said
    rows = Case.objects.filter(origin="nyc311")
    assert rows.count() == 4969
    assert rows.filter(ended_at__isnull=True, state="reported").count() == 277
    assert rows.filter(lon__isnull=True).count() == 62
    assert said.count("The row has no place.") == 62
    assert rows.filter(is_located=False).count() == said.count(": unlocated: ") < 4969
    assert rows.get(origin_key="64345465").reported_at == datetime(2025, 3, 14, 5, 20, tzinfo=UTC)
    assert rows.filter(category_code="0137").count() == 1695


def _brooklyn() -> None:
    """Draw one coarse grid over Brooklyn."""
    new = geography.NewArea
    geography.enter_areas(
        [
            new("district", "990102", "布鲁克林", "Brooklyn", "9901"),
            new("street", "990102001", "街道", "Street", "990102"),
            new("community", "990102001001", "社区", "Community", "990102001"),
            new(
                "unit_grid",
                "990102001001001",
                "网格",
                "Grid",
                "990102001001",
                boundary=box(-74.05, 40.57, -73.85, 40.74),
            ),
        ],
        on=date(2026, 1, 1),
        source="test",
    )


def test_every_open_case_gets_a_task_and_a_clock_of_its_own(town, bring_in):
    bring_in(OPEN, OPEN.replace("8,", "11,", 1))

    for case in Case.objects.all():
        subject = f"case:{case.pk}"
        assert len(workflow.open_tasks(subject)) == 1
        assert case.due_at in [clock.due_at for clock in workflow.clocks_of(subject)]
