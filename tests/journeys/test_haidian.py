"""A case inside a real district: Haidian's outline, drafted grids, all phases to the end.

The town's bodies answer for its own district; here they are given posts over
the real one, as a city that has just loaded its codes and outlines would do.
"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import town as towns
from tests.cases import driving
from wanmi.geography import queries
from wanmi.organisation.models import Body, Post

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HAIDIAN = "11/1101/110108/"
ZHONGGUANCUN = (116.3107, 39.9836)
"""Longitude and latitude near the middle of 中关村, CGCS2000."""
CODES = {
    "provinces.csv": "code,name\n11,北京市\n",
    "cities.csv": "code,name,provinceCode\n1101,市辖区,11\n",
}


@pytest.fixture
def town(shared_data: Path, tmp_path: Path) -> towns.Town:
    """Build the town's people over Haidian, whose grids are drafted at 500 m."""
    found = towns.build()
    for name, text in CODES.items():
        (tmp_path / name).write_text(text)
        _command("import", "areas", str(tmp_path / name))
    outlines = shared_data / "data/boundaries/beijing_110000_districts.json"
    _command("import", "areas", str(outlines), coordinates="gcj02")
    _command("make_grids", within="110108", size=500.0)
    Body.objects.update(area_path=HAIDIAN)
    Post.objects.update(area_path=HAIDIAN)
    return found


def _command(*words: str, **options: object) -> None:
    call_command(*words, stdout=StringIO(), stderr=StringIO(), **options)


def test_a_case_in_haidian_crosses_all_phases_in_a_real_grid(town):
    lon, lat = ZHONGGUANCUN

    case = driving.report(town, lon=lon, lat=lat)
    for action, who, fields in (
        ("submit", town.acceptor, {}),
        ("file", town.duty_leader, {"standard": town.condition.pk}),
        ("dispatch", town.dispatcher, {"department": "CLEAN"}),
        ("assign", town.department, {"handler": town.handler.pk}),
        ("done", town.handler, {"opinion": "已清理"}),
        ("confirm", town.dispatcher, {}),
        ("pass", town.supervisor, {}),
        ("close", town.duty_leader, {}),
    ):
        case = driving.act(case, action, who, **fields)

    assert case.is_located
    assert case.grid_code.startswith("110108900")
    assert case.area_path.startswith(HAIDIAN)
    assert (case.phase, case.state) == ("evaluation", "closed")
    located = queries.locate(lon, lat)
    assert located.district.name_zh == "海淀区"
    assert located.grid_code == case.grid_code
