"""One case through all seven phases in a real browser, each step at the desk that owns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests import town as towns
from tests.browser import axe, screenshot
from tests.cases import driving
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.cases.models import Case

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def steps(town: towns.Town) -> list[tuple[str, str, dict[str, Any]]]:
    """Return who does what, and what they choose in the form."""
    return [
        ("acceptor", "submit", {}),
        ("duty_leader", "file", {"standard": town.condition.pk}),
        ("dispatcher", "dispatch", {"department": "CLEAN"}),
        ("department", "assign", {"handler": town.handler.pk}),
        ("handler", "done", {"opinion": "已清理"}),
        ("dispatcher", "confirm", {}),
        ("supervisor", "pass", {}),
        ("duty_leader", "close", {}),
    ]


def test_a_case_crosses_all_desks_in_the_browser(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    town = towns.build()
    made = cases.report(
        "路口有垃圾",
        lon=towns.INSIDE[0],
        lat=towns.INSIDE[1],
        kind="event",
        category="06001",
        by=town.supervisor,
    )
    driving.show_before_and_after(made)
    desks = {role: new_context().new_page() for role in {who for who, _, _ in steps(town)}}

    for who, action, fields in steps(town):
        page = desks[who]
        _let_in(page, server, town.people[who])
        page.locator("#list .rowcard a[data-open]").first.click()
        page.locator(f"#drawer form[action$='/actions/{action}']").wait_for(state="attached")
        assert not axe(page), f"{who}, {action}"
        _do(page, action, fields)

    made = Case.objects.get(pk=made.pk)
    assert (made.state, made.phase) == ("closed", "evaluation")
    _read(new_context().new_page(), server, town.leader, made.number)


def _let_in(page: Page, server: Server, person: User) -> None:
    """Give the browser a session of the person and open the desk."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "wanmi.accounts.backends.LockingBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    cookie = {"name": "sessionid", "value": str(session.session_key), "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie in short
    page.goto(server.url)


def _do(page: Page, action: str, fields: dict[str, Any]) -> None:
    """Fill the action's form in the drawer and send it; the page stays the same."""
    form = page.locator(f"#drawer form[action$='/actions/{action}']")
    if not form.is_visible():
        page.locator(f"#drawer details:has(form[action$='/actions/{action}']) > summary").click()
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))
    form.locator("button[type=submit]").click()
    page.locator(".toast").first.wait_for()


def _read(page: Page, server: Server, person: User, number: str) -> None:
    _let_in(page, server, person)
    page.goto(f"{server.url}/cases/{number}")
    page.get_by_text("路口有垃圾").first.wait_for()
    page.wait_for_selector("html[data-ready]")

    assert not axe(page)
    screenshot(page, "case-closed")
