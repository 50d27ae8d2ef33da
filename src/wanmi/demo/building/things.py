"""Enter the city's parts into the register, each class under the office that keeps it."""

from datetime import date, datetime

from wanmi.catalogue import queries as catalogue
from wanmi.demo.plan.model import CityPlan, Part
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import Body
from wanmi.registers import actions as registers

EDITION = "2026"
KEEPERS = {
    ("01", "001"): "water", ("01", "002"): "water", ("01", "003"): "water", ("01", "004"): "water",
    ("01", "005"): "power", ("01", "007"): "power", ("01", "027"): "power", ("01", "030"): "power",
    ("01", "048"): "power", ("01", "028"): "power", ("01", "075"): "power", ("01", "011"): "power",
    ("01", "073"): "water", ("01", "069"): "water", ("01", "070"): "water",
}  # fmt: skip
"""Classes that another office keeps than the rest of their major class."""

MAJOR_KEEPERS = {
    "01": "municipal",
    "02": "traffic",
    "03": "sanitation",
    "04": "landscape",
    "05": "municipal",
}


def enter_parts(plan: CityPlan, *, since: date, at: datetime) -> list[str]:
    """Enter every part of the plan as one survey; return their identifiers in its order."""
    classes = {
        (row.major_code, row.minor_code): row
        for row in catalogue.categories(kind="part", edition=EDITION)
    }
    offices = {body.code: body for body in organisation.bodies(kind="department")}
    parts = registers.enter_parts(
        [_new(plan, part, classes[part.major, part.minor], offices, since) for part in plan.parts],
        source="survey",
        at=at,
    )
    return [part.identifier for part in parts]


def keeper(major: str, minor: str) -> str:
    """Return the key of the office that keeps a class of parts."""
    return KEEPERS.get((major, minor), MAJOR_KEEPERS[major])


def _new(
    plan: CityPlan,
    part: Part,
    row: catalogue.Category,
    offices: dict[str, Body],
    since: date,
) -> registers.NewPart:
    district = plan.grids[part.grid].code[:6]
    office = offices[f"{district}-{keeper(part.major, part.minor)}"]
    return registers.NewPart(
        category=row,
        lon=part.lon,
        lat=part.lat,
        department_code=office.credit_code,
        department_name=office.name_zh,
        maintainer_code=office.credit_code,
        maintainer_name=office.name_zh,
        initial_date=since,
        data_source="实测",
        position_class="C" if part.minor == "013" and part.major == "04" else "A",
    )
