"""Every route × every role: who may come in does, everybody else is turned away."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests import town as towns
from tests.evidence import files
from tests.journeys import streaming
from tests.journeys.routes import ROUTES
from tests.journeys.routes_portal import public_values
from tests.journeys.routing import ELSEWHERE, EVERYONE, NOBODY, ROLES, Route, Scene, having
from tests.townkeeping import build_once
from wanmi.accounts import actions as accounts
from wanmi.cases import actions as cases
from wanmi.catalogue import actions as editions
from wanmi.catalogue import queries as catalogue
from wanmi.config.api import api
from wanmi.config.asgi import STREAMS
from wanmi.consultations import actions as consultations
from wanmi.dispatch import actions as dispatch
from wanmi.evidence import actions as evidence
from wanmi.geography import actions as grounds
from wanmi.hotline import actions as hotline
from wanmi.intake import actions as intake
from wanmi.organisation import actions as organisation
from wanmi.organisation import duties
from wanmi.organisation.models import Appointment, Role
from wanmi.registers import actions as registers
from wanmi.surveys import actions as surveys
from wanmi.surveys.models import SurveyShare
from wanmi.workflow import actions as workflow
from wanmi.workflow.models import Task

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OTHER_STREET = "99/9901/990101/990101002/"


@pytest.fixture
def scene(db: None, settings: Any) -> Scene:
    """A case of the first street, reported with a photograph by the supervisor."""
    # Nobody signs in by password here; fifteen slow digests would only cost time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people, *rest = build_once(_set_the_scene)
    town, (case, task, medium, values) = towns.Town(people, *rest[:4]), rest[4:]
    return Scene(town, case, task, medium, values)


def _set_the_scene() -> tuple[Any, ...]:
    town = towns.build()
    town.people[ELSEWHERE] = _somebody_elsewhere()
    received = evidence.receive(io.BytesIO(files.picture()))
    medium = evidence.record(received, by=town.supervisor, name="a.jpg")
    case = cases.report(
        "路口有垃圾",
        lon=towns.INSIDE[0],
        lat=towns.INSIDE[1],
        kind="event",
        category="06001",
        media=[medium.pk],
        by=town.supervisor,
    )
    task = Task.objects.get(subject=f"case:{case.pk}", state="open")
    workflow.claim(task, by=town.acceptor)
    part = _part_of_the_first_street()
    values = {
        "part": part.identifier,
        "part_request": _request_about(part, medium.pk, town),
        "appointment": _appointment_there(),
        **_matter_of_the_first_street(),
        **public_values(medium.pk, town.acceptor),
        **_survey_of_the_first_street(town),
        **_call_of_the_shift_leader(town),
        **_duty_of_the_supervisor(town),
        "consultation": _consultation_about(case, town),
    }
    known = (town.people, town.sanitation, town.lighting, town.garbage, town.condition)
    return (*known, case, task, medium.pk, values)


def _matter_of_the_first_street() -> dict[str, str]:
    sender = intake.Sender("王女士", "13812345678")
    row = intake.receive("letter", "问", sender=sender, place=intake.Place(*towns.INSIDE))
    return {"contact": row.number, "followed": row.tracking_code}


def _call_of_the_shift_leader(town: towns.Town) -> dict[str, str]:
    leader, now = town.duty_leader, timezone.now()
    hotline.set_state(leader, "ready", by=leader, at=now)
    call = hotline.ring("call-1", "13812345678", by="telephone", at=now)
    row = hotline.ask_callback(call, now, by=leader)
    article = hotline.write_article(hotline.Draft("问题", "答复"), by=leader)
    return {
        "call": str(call.pk),
        "callback": str(row.pk),
        "agent": str(leader.pk),
        "article": str(article.pk),
    }


def _duty_of_the_supervisor(town: towns.Town) -> dict[str, str]:
    grid = grounds.make_duty_grid("D77", name_zh="桥头一片", parent_code="990101001")
    leader, walker, now = town.duty_leader, town.supervisor, timezone.now()
    hours = timedelta(hours=4)
    shift = dispatch.plan_shift(walker, grid, now - 2 * hours, now - hours, by=leader)
    stint = dispatch.sign_on(dispatch.At(*towns.INSIDE), by=walker, now=now)
    alarm = dispatch.raise_alarm("k", lon=towns.INSIDE[0], lat=towns.INSIDE[1], by=walker)
    called = dispatch.Called(people=("supervisor",))
    callout = dispatch.call_out(dispatch.Said("请注意", called=called), by=leader)
    rows = {"shift": shift, "stint": stint, "alarm": alarm, "callout": callout}
    return {name: str(row.pk) for name, row in rows.items()}


def _survey_of_the_first_street(town: towns.Town) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=3)
    given = {"category": "event/06001", "area": "990101001", "ends_on": day}
    survey = surveys.order("垃圾普查", **given, by=town.duty_leader)
    task = Task.objects.get(subject=f"survey:{survey.pk}", state="open")
    workflow.perform(task.pk, "issue", {"split_by": "street"}, by=town.duty_leader)
    share = SurveyShare.objects.get(survey=survey)
    return {"survey": survey.number or "", "share": str(share.pk)}


def _consultation_about(case: Any, town: towns.Town) -> str:
    row = consultations.open_consultation(
        "清运责任", "由谁清运？", ["CLEAN"], case=case.number, by=town.dispatcher
    )
    return row.number or ""


def _appointment_there() -> str:
    return str(Appointment.objects.get(user__username="street").pk)


def _request_about(part: Any, medium: int, town: towns.Town) -> str:
    said = {"state": "damaged", "reason": "灯杆倾斜", "media": [medium]}
    return registers.propose("state", part=part, by=town.supervisor, **said).number or ""


def _part_of_the_first_street() -> Any:
    edition = catalogue.edition_on(date(2026, 11, 16))
    assert edition is not None
    lamp = editions.enter_extension(
        edition, "part", "01", name_zh="路灯", name_en="Lamp", valid_from=edition.valid_from
    )
    return registers.enter_part(registers.NewPart(lamp, *towns.INSIDE))


def _somebody_elsewhere() -> Any:
    every = sorted({duty for _, _, held in duties.SHIPPED_ROLES.values() for duty in held})
    Role.objects.create(code=ELSEWHERE, name_zh="别处", name_en="Elsewhere", duties=every)
    body = organisation.found_body(
        "STREET2", kind="street_office", level="street", name_zh="码头", area_path=OTHER_STREET
    )
    user = accounts.open_account(ELSEWHERE, password=towns.PASSWORD, name_zh="别处")
    organisation.appoint(user.pk, organisation.make_post(body, ELSEWHERE))
    return user


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_only_who_may_gets_in(route: Route, scene: Scene) -> None:
    wrong = [
        f"{role}: {status}, expected {sorted(expected)}"
        for role in sorted(EVERYONE)
        if (status := _try(route, role, scene).status_code) not in (expected := _due(route, role))
    ]

    assert not wrong, f"{route}\n" + "\n".join(wrong)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "GET"], ids=str)
def test_nothing_of_another_street_leaks(route: Route, scene: Scene) -> None:
    answer = _try(route, ELSEWHERE, scene)

    assert scene.case.number.encode() not in _content(answer)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.form], ids=str)
def test_forms_demand_their_token(route: Route, scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.town.people["admin"])

    assert _send(client, route, scene).status_code == 403


def test_a_borrowed_session_does_not_write_through_the_api(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.town.supervisor)

    answer = client.post("/api/v1/reports", {"description": "x"}, content_type="application/json")

    assert answer.status_code in {401, 403}


def _due(route: Route, role: str) -> frozenset[int]:
    """Return the statuses a role must get."""
    if role in route.allow:
        return route.ok
    if role != NOBODY:
        return route.refused
    return frozenset({401}) if route.is_api else route.refused | {302}


def _try(route: Route, role: str, scene: Scene) -> HttpResponseBase:
    """Call a route as a role and undo whatever it did."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if role != NOBODY:
            client.force_login(scene.town.people[role])
        answer = _send(client, route, scene)
        transaction.set_rollback(True)
    return answer


def _send(client: Client, route: Route, scene: Scene) -> HttpResponseBase:
    if f"/{route.path}" in STREAMS:
        return streaming.opened(client, f"/{route.path}", STREAMS[f"/{route.path}"])
    body = route.body(scene) if route.body else {}
    # A file travels as a form; everything else of the API as JSON.
    is_json = route.is_api and not any(hasattr(value, "read") for value in body.values())
    more = {"content_type": "application/json"} if is_json and route.method != "GET" else {}
    return getattr(client, route.method.lower())(_url(route, scene), body, **more)


def _url(route: Route, scene: Scene) -> str:
    prefix = "api/v1/" if route.is_api and route.url else ""
    return "/" + (prefix + route.url if route.url else route.path).format(
        number=scene.case.number,
        code=scene.case.tracking_code,
        case=scene.case.pk,
        task=scene.task.pk,
        media=scene.media,
        **scene.values,
    )


def _content(answer: HttpResponseBase) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]


def declared() -> Iterator[tuple[str, Any]]:
    """Yield every address of the house as declared, with its view; the API's apart."""
    for path, view in _walk(get_resolver().url_patterns, ""):
        if not path.startswith("api/v1/"):
            yield path, view
    for path, application in STREAMS.items():
        yield path.lstrip("/"), application


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def api_routes() -> set[tuple[str, str]]:
    """Return method and path of every operation of the HTTP API."""
    found = api.get_openapi_schema()["paths"].items()
    return {
        (method.upper(), path.lstrip("/"))
        for path, operations in found
        for method in operations
        if method.upper() in METHODS
    }


def test_every_api_route_is_listed() -> None:
    listed = {(route.method, route.path) for route in ROUTES if route.is_api}

    assert api_routes() - listed == set(), "not in tests/journeys/routes.py"
    assert listed - api_routes() == set(), "listed, but gone"


def test_every_address_is_listed() -> None:
    listed = {route.path for route in ROUTES if not route.is_api}
    found = {path for path, _ in declared()}

    assert found - listed == set(), "not in tests/journeys/routes.py"
    assert listed - found == set(), "listed, but gone"


def test_the_table_agrees_with_the_guards() -> None:
    """A page that names its duty lets in exactly the roles that hold it."""
    guards = {path: getattr(view, "duty", "") for path, view in declared()}

    wrong = [
        str(route)
        for route in ROUTES
        if (duty := guards.get(route.path)) and not route.allow <= having(duty)
    ]

    assert not wrong


def test_every_method_of_an_address_is_listed(scene: Scene) -> None:
    listed: dict[str, set[str]] = {}
    examples = {}
    for route in ROUTES:
        listed.setdefault(route.path, set()).add(route.method)
        examples[route.path] = route

    lacking = {
        path: methods - listed[path]
        for path, route in examples.items()
        if not route.is_api
        if (methods := _methods(route, scene)) - listed[path]
    }

    assert not lacking


def _methods(route: Route, scene: Scene) -> set[str]:
    """Return the methods an address answers; one that refuses none answers them all."""
    client = Client(raise_request_exception=False)
    client.force_login(scene.town.people["admin"])
    if application := STREAMS.get(f"/{route.path}"):
        answer = streaming.opened(client, f"/{route.path}", application, method="PROPFIND")
    else:
        answer = client.generic("PROPFIND", _url(route, scene))
    if answer.status_code == 405:
        return {word.strip() for word in answer["Allow"].split(",")} & METHODS
    return {"GET", "POST"} if answer.status_code == 200 else {route.method}


def test_the_table_knows_every_role() -> None:
    assert set(duties.SHIPPED_ROLES) == ROLES
    assert all(re.fullmatch(r"[a-z_/<>:{}\w.-]*", route.path) for route in ROUTES)
    assert all(route.allow <= EVERYONE for route in ROUTES)
