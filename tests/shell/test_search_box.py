"""The one search box in a real browser: "/" leads there, arrows walk, Enter opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests import town as towns
from tests.browser import axe, screenshot
from tests.shell.test_browser import let_in
from wanmi.cases import actions as cases

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def town(server: Server) -> towns.Town:
    """A small town with two reports."""
    town = towns.build()
    for words in ("东湖路路灯不亮", "桥头路口路灯歪斜"):
        cases.report(
            words,
            lon=towns.INSIDE[0],
            lat=towns.INSIDE[1],
            kind="event",
            category="06001",
            by=town.supervisor,
            address="桥头路 12 号",
        )
    return town


def type_slowly(page: Page, words: str) -> None:
    box = page.get_by_role("combobox", name="搜索案件")
    box.fill(words)
    page.get_by_role("option").first.wait_for()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_suggestions_and_results_are_clean(
    device: dict[str, object],
    town: towns.Town,
    server: Server,
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(**device).new_page()
    let_in(page, server, town.acceptor)
    type_slowly(page, "路灯")
    name = "phone" if device else "desk"
    screenshot(page, f"search-suggestions-{name}")
    assert not axe(page)

    page.goto(f"{server.url}/search?q=桥头")
    screenshot(page, f"search-results-{name}")
    assert not axe(page)


def test_the_keyboard_alone_opens_what_was_found(
    town: towns.Town, server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    let_in(page, server, town.acceptor)
    page.keyboard.press("/")
    type_slowly(page, "东湖")
    box = page.get_by_role("combobox", name="搜索案件")

    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    type_slowly(page, "东湖路")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "found-cases-1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")


def test_enter_without_a_choice_shows_all_groups(
    town: towns.Town, server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    let_in(page, server, town.acceptor)
    page.keyboard.press("/")
    type_slowly(page, "桥头")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")

    assert page.get_by_role("heading", name="区域").is_visible()
    page.get_by_role("button", name="同时查找上报人").click()
    page.get_by_text("此次查找已留痕").wait_for()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_counts_beside_the_list_are_clean(
    device: dict[str, object],
    town: towns.Town,
    server: Server,
    new_context: Callable[..., BrowserContext],
) -> None:
    cases.report("井盖破损", by=town.acceptor, source="hotline", kind="event", category="06001")
    page = new_context(**device).new_page()
    let_in(page, server, town.acceptor)
    page.goto(f"{server.url}/cases?counts=yes")
    page.get_by_role("button", name="收起统计").wait_for()
    screenshot(page, f"list-counts-{'phone' if device else 'desk'}")
    assert not axe(page)


def test_the_map_shows_more_than_the_page(
    town: towns.Town, server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    let_in(page, server, town.acceptor)
    with page.expect_response("**/cases/points?q=*") as asked:
        page.goto(f"{server.url}/cases?q=东湖路")

    assert len(asked.value.json()["points"]) == 1
    shown = "document.querySelector('wanmi-map').points.features.length"
    page.wait_for_function(f"{shown} === 1 && document.querySelector('wanmi-map').dataset.ready")
