"""A small town with people for tests: one district, two communities, every role once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from shapely.geometry import box

from tests.townkeeping import build_once
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.catalogue.models import CaseStandard, Category, Edition
from wanmi.geography import actions as geography
from wanmi.geography.actions import NewArea
from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Body
from wanmi.workflow import actions as workflow

WEST, SOUTH, STEP = 120.0, 30.0, 0.001
INSIDE = (120.0005, 30.0005)
OUTSIDE = (121.0, 31.0)
CITY = "99/9901/"
DISTRICT = "99/9901/990101/"
STREET = "99/9901/990101/990101001/"
PASSWORD = "a-long-test-password"
MONDAY_MORNING = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Monday 16 November 2026, 09:00 in the town."""


@dataclass(frozen=True)
class Town:
    """The people by role, the department, and two classes."""

    people: dict[str, User]
    sanitation: Body
    lighting: Body
    garbage: Category
    condition: CaseStandard

    def __getattr__(self, role: str) -> User:
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None


def build() -> Town:
    """Enter the town into an empty database."""
    return Town(*build_once(_build))


def _build() -> tuple[dict[str, User], Body, Body, Category, CaseStandard]:
    _areas()
    garbage, condition = _catalogue()
    organisation.enter_shipped_roles()
    department, other = _bodies()
    workflow.publish_shipped_procedures()
    cases.enter_shipped_rules()
    return _people(), department, other, garbage, condition


def _areas() -> None:
    top = [
        NewArea("province", "99", "示范省", "Demo Province"),
        NewArea("city", "9901", "示范市", "Demo City", "99"),
        NewArea("district", "990101", "江岸区", "Riverside", "9901"),
        NewArea("street", "990101001", "桥头街道", "Bridgehead", "990101"),
        NewArea("street", "990101002", "码头街道", "Wharf", "990101"),
        NewArea("community", "990101001001", "东社区", "East", "990101001"),
        NewArea("community", "990101002001", "西社区", "West", "990101002"),
    ]
    grids = [
        NewArea(
            "unit_grid",
            f"{community}{place + 1:03}",
            f"网格{place + 1}",
            f"Grid {place + 1}",
            community,
            boundary=box(west + place * STEP, SOUTH, west + (place + 1) * STEP, SOUTH + STEP),
        )
        for community, west in (("990101001001", WEST), ("990101002001", WEST + 0.01))
        for place in range(4)
    ]
    geography.enter_areas([*top, *grids], on=date(2026, 1, 1), source="test")


def _catalogue() -> tuple[Category, CaseStandard]:
    edition, _ = Edition.objects.get_or_create(
        code="2026",
        defaults={
            "standard": "GB/T 47678.5-2026",
            "name_zh": "2026 版",
            "name_en": "2026 edition",
            "minor_digits": 3,
            "valid_from": date(2026, 7, 1),
        },
    )
    garbage = Category.objects.create(
        edition=edition,
        kind="event",
        major_code="06",
        major_zh="市容环境",
        major_en="City appearance",
        minor_code="001",
        name_zh="暴露垃圾",
        name_en="Exposed garbage",
        department_zh="环境卫生管理部门",
        symbol="garbage",
        valid_from=date(2026, 7, 1),
    )
    condition = CaseStandard.objects.create(
        category=garbage,
        condition_no=1,
        condition_key="dirty",
        condition_zh="有暴露垃圾",
        condition_en="Garbage lies open",
        limit_value=4,
        limit_type="work_hour",
        closing_key="clean",
        closing_zh="清理干净",
        closing_en="Cleaned",
        valid_from=date(2026, 7, 1),
    )
    return garbage, condition


def _bodies() -> tuple[Body, Body]:
    found = organisation.found_body
    bureau = found(
        "BUREAU", kind="bureau", level="city", name_zh="城管局", name_en="Bureau", area_path=CITY
    )
    watch = found(
        "WATCH", kind="supervision_centre", level="city", name_zh="监督中心", area_path=CITY
    )
    command = found(
        "COMMAND", kind="command_centre", level="district", name_zh="指挥中心", area_path=DISTRICT
    )
    sanitation = found(
        "CLEAN",
        kind="department",
        level="district",
        name_zh="环境卫生管理所",
        name_en="Sanitation",
        area_path=DISTRICT,
    )
    lamps = found(
        "LAMPS",
        kind="department",
        level="district",
        name_zh="路灯管理所",
        name_en="Street lighting",
        area_path=DISTRICT,
    )
    street = found(
        "STREET1", kind="street_office", level="street", name_zh="桥头街道办", area_path=STREET
    )
    for body, roles in (
        (bureau, ("admin", "leader", "evaluator", "inspector", "legal", "citizen")),
        (watch, ("acceptor", "duty_leader", "supervisor")),
        (command, ("dispatcher",)),
        (sanitation, ("department", "handler", "officer", "squad_leader")),
        (street, ("street",)),
    ):
        for role in roles:
            organisation.make_post(body, role)
    return sanitation, lamps


def _people() -> dict[str, User]:
    from wanmi.organisation.models import Post

    people = {}
    for post in Post.objects.select_related("role").order_by("id"):
        role = post.role.code
        people[role] = accounts.open_account(
            role, password=PASSWORD, name_zh=post.role.name_zh, name_en=post.role.name_en
        )
        organisation.appoint(people[role].pk, post, from_date=date(2026, 1, 1))
    return people
