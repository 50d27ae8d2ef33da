"""The shell in a real browser: stories without complaints, the keyboard, the drawer, the theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests import town as towns
from tests.browser import axe
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.shell import gallery

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def town(server: Server) -> towns.Town:
    """A small town with two reports that wait for the acceptor."""
    town = towns.build()
    for step in range(2):
        cases.report(
            f"路口有垃圾 {step}",
            lon=towns.INSIDE[0] + step * 0.001,
            lat=towns.INSIDE[1],
            kind="event",
            category="06001",
            by=town.supervisor,
        )
    return town


def let_in(page: Page, server: Server, person: User) -> None:
    """Give the browser a session of the person; the tests' quick passwords stay in the tests."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "wanmi.accounts.backends.LockingBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    cookie = {"name": "sessionid", "value": str(session.session_key), "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie in short
    page.goto(server.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_story_is_clean(
    scheme: Any, town: towns.Town, server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(color_scheme=scheme).new_page()
    let_in(page, server, town.admin)

    wrong = {}
    for name in gallery.names():
        page.goto(f"{server.url}/_gallery/{name}")
        page.wait_for_selector("html[data-ready]")
        wrong[name] = axe(page)

    assert not {name: found for name, found in wrong.items() if found}


def test_a_task_is_opened_closed_and_finished_by_keyboard_alone(
    town: towns.Town, server: Server, page: Page
) -> None:
    let_in(page, server, town.acceptor)
    rows = page.locator("#list .rowcard")
    rows.nth(1).wait_for()

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("#drawer h2").wait_for()
    page.keyboard.press("Escape")
    assert page.url == f"{server.url}/"
    assert rows.first.locator("a[data-open]").evaluate("link => link === document.activeElement")

    page.keyboard.press("Enter")
    page.locator("#drawer .way__form button[type=submit]").first.wait_for()
    assert "/tasks/" in page.url
    page.locator("#drawer .way__form button[type=submit]").first.press("Enter")

    page.locator(".toast").wait_for()
    page.wait_for_function("() => document.querySelectorAll('#list .rowcard').length === 1")
    assert page.url == f"{server.url}/"
    assert page.locator("#drawer > *").count() == 0


def test_map_and_list_agree_and_a_new_report_appears_without_reload(
    town: towns.Town, server: Server, page: Page
) -> None:
    let_in(page, server, town.acceptor)
    page.wait_for_selector("wanmi-live[data-state=on]")
    page.wait_for_selector("#desk-map[data-ready=true]")
    assert page.locator("#desk-map").evaluate("map => map.points.features.length") == 2
    assert not axe(page)
    page.locator("#list .rowcard").nth(1).wait_for()

    cases.report("新的问题", lon=towns.INSIDE[0], lat=towns.INSIDE[1], by=town.supervisor)

    page.get_by_text("新的问题").first.wait_for()


def test_the_chosen_theme_stays(town: towns.Town, server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sign-in")
    before = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    let_in(page, server, town.acceptor)
    page.locator(".topbar__end details.menu summary").last.click()
    page.locator("button[name=theme][value=dark]").click()

    page.wait_for_selector("html[data-theme=dark]")
    after = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    assert after != before


def test_a_point_is_picked_on_the_map_by_keyboard(
    town: towns.Town, server: Server, page: Page
) -> None:
    let_in(page, server, town.supervisor)
    page.goto(f"{server.url}/report")
    page.wait_for_selector("wanmi-map[pick][data-ready=true]")

    page.locator("wanmi-map canvas").press("Enter")

    assert page.locator("[data-lon]").input_value()
    assert page.locator("[data-lat]").input_value()
