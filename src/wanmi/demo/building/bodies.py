"""Found the bodies on three levels, make their posts and appoint people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wanmi.accounts import actions as accounts
from wanmi.demo.people import ACCOUNTS, PASSWORD, Account, colleague
from wanmi.demo.plan.model import Area, CityPlan
from wanmi.organisation import actions as organisation
from wanmi.organisation.queries import Body, Post

DEPARTMENTS = (
    ("municipal", "市政设施管理所", "Municipal Works Office"),
    ("sanitation", "环境卫生管理所", "Sanitation Office"),
    ("landscape", "园林绿化管理所", "Parks and Greenery Office"),
    ("water", "供水排水管理所", "Water and Drainage Office"),
    ("traffic", "交通设施管理所", "Traffic Facilities Office"),
    ("power", "电力通信管理所", "Power and Telecom Office"),
    ("works", "住建工地管理所", "Building Sites Office"),
)
SUPERVISION_STAFF = (("acceptor", 3), ("duty_leader", 2))
COMMAND_STAFF = (("dispatcher", 2),)
DEPARTMENT_STAFF = (("department", 1), ("handler", 2))


class Staffing:
    """Makes posts and gathers who is to sit on them; all accounts are opened together."""

    def __init__(self, since: date) -> None:
        self.since = since
        self.seats: list[tuple[Post, accounts.NewAccount]] = []

    def fill(self, body: Body, role: str, count: int = 1, area_path: str | None = None) -> None:
        """Make a post for some colleagues."""
        post = organisation.make_post(body, role, area_path=area_path)
        for _ in range(count):
            number = len(self.seats) + 1
            self._seat(post, f"{role}{number:03d}", *colleague(number))

    def seat(self, body: Body, account: Account) -> None:
        """Make a post of its own for a demo account."""
        post = organisation.make_post(body, account.role, name_zh=f"{account.name_zh}岗")
        self._seat(post, account.username, account.name_zh, account.name_en)

    def appoint(self) -> None:
        """Open all accounts and appoint everybody since the day."""
        people = accounts.open_accounts([new for _, new in self.seats], password=PASSWORD)
        for person, (post, _) in zip(people, self.seats, strict=True):
            organisation.appoint(person.pk, post, from_date=self.since)

    def _seat(self, post: Post, username: str, name_zh: str, name_en: str) -> None:
        self.seats.append((post, accounts.NewAccount(username, name_zh, name_en)))


def found_bodies(plan: CityPlan, *, since: date) -> None:
    """Found every body of the city with its people; the demo accounts sit in the first district."""
    organisation.enter_shipped_roles()
    staffing = Staffing(since)
    city = next(area for area in plan.areas if area.level == "city")
    bodies = dict(_city(plan, city))
    districts = [area for area in plan.areas if area.level == "district"]
    for place, district in enumerate(districts):
        own = dict(_district(plan, district, bodies["bureau"]))
        _staff_district(staffing, plan, district, own)
        bodies |= own if place == 0 else {}
    _staff_city(staffing, bodies)
    for account in ACCOUNTS:
        staffing.seat(bodies[account.body], account)
    staffing.appoint()


def _staff_city(staffing: Staffing, bodies: dict[str, Body]) -> None:
    """Give the city's command its dispatchers and its own department people, for transfers."""
    for role, count in COMMAND_STAFF:
        staffing.fill(bodies["city_command"], role, count)
    for role, count in DEPARTMENT_STAFF:
        staffing.fill(bodies["city_bridges"], role, count)


_CENTRES = (
    ("supervision", "监督中心", "Supervision Centre"),
    ("command", "指挥中心", "Command Centre"),
)


@dataclass(frozen=True)
class Seat:
    """The area whose bodies are founded, its path, level and what stands above."""

    area: Area
    path: str
    level: str
    parent: Body | None = None

    def found(self, key: str, kind: str, zh: str, en: str, number: int) -> Body:
        """Found a body named after the area; ``number`` makes its social-credit code."""
        return organisation.found_body(
            f"{self.area.code}-{key}",
            kind=kind,
            level=self.level,
            name_zh=f"{self.area.name.zh}{zh}",
            name_en=f"{self.area.name.en} {en}",
            area_path=self.path,
            credit_code=credit_code(self.area.code, number),
            parent=self.parent,
        )


def _city(plan: CityPlan, city: Area) -> Iterator[tuple[str, Body]]:
    path = plan.path(city.code)
    bureau = Seat(city, path, "city").found(
        "bureau", "bureau", "城市管理局", "Management Bureau", 1
    )
    yield "bureau", bureau
    seat = Seat(city, path, "city", bureau)
    for number, (key, zh, en) in enumerate(_CENTRES, start=2):
        yield f"city_{key}", seat.found(key, f"{key}_centre", f"城市管理{zh}", en, number)
    bridges = seat.found("bridges", "department", "桥隧养护处", "Bridges and Tunnels Office", 4)
    yield "city_bridges", bridges
    yield "public", Seat(city, path, "city").found("public", "bureau", "公众", "Public", 9)


def _district(plan: CityPlan, district: Area, bureau: Body) -> Iterator[tuple[str, Body]]:
    """Yield the bodies of a district: two centres apart, departments, brigade, street offices."""
    seat = Seat(district, plan.path(district.code), "district", bureau)
    for number, (key, zh, en) in enumerate(_CENTRES, start=11):
        yield key, seat.found(key, f"{key}_centre", f"城市管理{zh}", en, number)
    for number, (key, zh, en) in enumerate(DEPARTMENTS, start=21):
        yield key, seat.found(key, "department", zh, en, number)
    yield "brigade", seat.found("brigade", "brigade", "城管执法大队", "Enforcement Brigade", 31)
    for number, street in enumerate(plan.below(district.code), start=41):
        own = Seat(street, plan.path(street.code), "street", bureau)
        office = own.found("office", "street_office", "办事处", "Office", number)
        yield ("street" if number == 41 else street.code), office


def credit_code(code: str, number: int) -> str:
    """Return a social-credit code of 18 characters that no real body has (division 99…).

    Form of GB 32100: authority, kind, division, nine characters of identity, check character.
    """
    digits = "".join(character for character in code if character.isdigit())[:6].ljust(6, "0")
    body = f"12{digits}{int(digits) % 10000:04d}{number:05d}"
    return body + _check(body)


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _check(body: str) -> str:
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return _ALPHABET[(31 - total % 31) % 31]


def _staff_district(
    staffing: Staffing, plan: CityPlan, district: Area, bodies: dict[str, Body]
) -> None:
    for role, count in SUPERVISION_STAFF:
        staffing.fill(bodies["supervision"], role, count)
    for role, count in COMMAND_STAFF:
        staffing.fill(bodies["command"], role, count)
    for street in plan.below(district.code):
        staffing.fill(bodies["supervision"], "supervisor", 2, plan.path(street.code))
    handling = [key for key, _, _ in DEPARTMENTS] + ["brigade"]
    for key in handling:
        for role, count in DEPARTMENT_STAFF:
            staffing.fill(bodies[key], role, count)
    for body in bodies.values():
        if body.kind == "street_office":
            staffing.fill(body, "street")
            staffing.fill(body, "department")
            staffing.fill(body, "handler", 2)
