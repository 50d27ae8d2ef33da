"""A day with the terminal on a phone: without signal, killed, restarted, nothing lost or twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import town as towns
from tests.browser import screenshot
from tests.journeys.test_five_desks import _let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.servers import Server

PHONE = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
    "reduced_motion": "reduce",
}


def started(page: Page, server: Server, panel: str = "") -> None:
    """Open the terminal and wait until its files are kept on the phone."""
    page.goto(f"{server.url}/field/#/{panel}")
    page.locator("body[data-started][data-installed]").wait_for(state="attached", timeout=20_000)


@pytest.mark.browser
@pytest.mark.slow
def test_it_starts_without_a_connection(server: Server, chromium_browser: Browser) -> None:
    town = towns.build()
    # A context of our own: without a network the console complains, as it should.
    context = chromium_browser.new_context(**PHONE)
    page = context.new_page()
    _let_in(page, server, town.supervisor)
    started(page, server)
    page.close()

    context.set_offline(True)
    page = context.new_page()
    started(page, server, "queue")

    page.locator("field-queue[data-ready] [data-none]").wait_for()
    screenshot(page, "field-queue-offline")
    context.close()
