"""The public's pages as people use them: on a phone, without a connection, day and night."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests import town as towns
from tests.browser import axe, screenshot
from tests.evidence import files
from tests.intake.test_loop import finish, hear
from tests.journeys.test_five_desks import _let_in
from wanmi.evidence import actions as evidence
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.workflow import queries as tasks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.servers import Server

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
}
SCRIPT_BYTES = 200_000


def fits(page: Page) -> bool:
    return not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def look(page: Page, name: str) -> None:
    """Photograph a page by day and by night; it passes axe and fits a phone in both."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert not axe(page)
        assert fits(page), f"{name} is wider than the screen"
        screenshot(page, f"portal-{name}-{theme}")
    page.emulate_media(color_scheme="light")


def fill(page: Page, server: Server, words: str = "路口有一堆垃圾，味道很大") -> None:
    page.goto(f"{server.url}/public/report")
    page.locator("wanmi-report[data-ready]").wait_for()
    page.fill("[name=address]", "桥头路 12 号")
    page.fill("[name=words]", words)


@pytest.mark.browser
@pytest.mark.slow
def test_a_phone_reports_the_desk_has_it_and_the_reporter_rates(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    town = towns.build()
    page = new_context(**PHONE, geolocation={"longitude": 120.0005, "latitude": 30.0005}).new_page()
    page.context.grant_permissions(["geolocation"])
    scripts: list[int] = []
    page.on("response", lambda answer: scripts.append(_weight(answer)))
    fill(page, server)
    assert sum(scripts) < SCRIPT_BYTES, "too heavy before the map"
    page.click("[data-position]")
    page.locator("wanmi-report[data-looked]").wait_for()
    page.set_input_files(
        "[name=photographs]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}
    )
    page.locator("wanmi-map[data-ready]").wait_for()
    look(page, "report-phone")
    page.click(".portal__send button")
    page.wait_for_url("**/public/follow/*?new=1")
    look(page, "follow-phone")

    contact = Contact.objects.get()
    desk = new_context().new_page()
    _let_in(desk, server, town.acceptor)
    desk.goto(f"{server.url}/contacts/{contact.number}")
    assert "路口有一堆垃圾" in desk.locator("main").inner_text()
    _closed(town, contact)

    page.reload()
    page.check("[name=rating][value=satisfied]", force=True)
    look(page, "answered-phone")
    page.locator("form[action$='/rate'] button[type=submit]").click()
    page.wait_for_url("**?kept=1")
    contact.refresh_from_db()
    assert contact.rating == "satisfied"
    page.goto(f"{server.url}/public/mine")
    page.locator("wanmi-mine[data-ready] [data-sent] li").wait_for()
    look(page, "mine-phone")


def _closed(town: towns.Town, contact: Contact) -> None:
    """Let the city put right what was reported (its clock stands at a Monday) and answer."""
    details = intake.CaseDetails("event", "06001")
    place = intake.Place(contact.lon, contact.lat)
    other = intake.receive("portal", "同样", place=place, details=details, at=towns.MONDAY_MORNING)
    Contact.objects.filter(pk=contact.pk).update(received_at=towns.MONDAY_MORNING)
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")
    intake.perform_task(task, "join", {"case": other.case.number}, by=town.acceptor)
    finish(town, other.case)
    hear()


def _weight(answer: object) -> int:
    """Return the bytes of a script other than the map's own library."""
    url = answer.url  # type: ignore[attr-defined]  # Playwright's response
    if not url.endswith((".js", ".mjs")) or "maplibre" in url:
        return 0
    return len(answer.body())  # type: ignore[attr-defined]


@pytest.mark.browser
@pytest.mark.slow
def test_without_a_connection_a_report_waits_and_is_sent_once(
    server: Server, chromium_browser: Browser
) -> None:
    towns.build()
    # A context of our own: without a network the console complains, as it should.
    context = chromium_browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{server.url}/public/report")
    page.locator("body[data-installed]").wait_for(state="attached", timeout=20_000)
    page.reload()
    page.locator("body[data-installed]").wait_for(state="attached", timeout=20_000)
    context.set_offline(True)
    fill(page, server, "没有网络时提交")
    page.click(".portal__send button")
    page.locator("[data-kept]").wait_for()
    screenshot(page, "portal-kept-phone")
    page.goto(f"{server.url}/public/mine")
    page.locator("[data-waiting] li").wait_for()
    screenshot(page, "portal-waiting-phone")
    assert not Contact.objects.exists()

    context.set_offline(False)
    page.locator("[data-sent] li").wait_for()
    page.reload()
    page.locator("[data-sent] li").wait_for()

    assert Contact.objects.get().words == "没有网络时提交"
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_large_screen_shows_the_same(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    towns.build()
    place, details = intake.Place(*towns.INSIDE), intake.CaseDetails("event", "06001")
    contact = intake.receive("portal", "路口有垃圾", place=place, details=details)
    phone = new_context(**PHONE).new_page()
    phone.goto(f"{server.url}/public/numbers")
    look(phone, "numbers-phone")
    page = new_context().new_page()
    for name, address in (
        ("numbers", "numbers"),
        ("home", ""),
        ("report", "report"),
        ("find", "follow"),
        ("follow", f"follow/{contact.tracking_code}"),
    ):
        page.goto(f"{server.url}/public/{address}")
        page.locator("body[data-installed]").wait_for(state="attached")
        if name == "report":
            page.locator("wanmi-map[data-ready]").wait_for()
        look(page, f"{name}-desktop")


@pytest.mark.browser
@pytest.mark.slow
def test_a_clerk_hides_a_face_and_everybody_sees_the_copy(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    town = towns.build()
    medium = evidence.store(BytesIO(files.picture()), by=None)
    contact = intake.receive(
        "portal",
        "路口有一堆垃圾，请联系 13812345678",
        place=intake.Place(*towns.INSIDE),
        details=intake.CaseDetails("event", "06001"),
        media=[medium.pk],
        may_publish=True,
    )
    desk = new_context().new_page()
    _let_in(desk, server, town.acceptor)
    desk.goto(f"{server.url}/publishing")
    look(desk, "publishing")
    desk.goto(f"{server.url}/publishing/{contact.number}")
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_load_state()
    look(desk, "publish")
    desk.locator(f"a[href$='/pictures/{medium.pk}']").click()
    desk.locator("wanmi-redact[data-ready]").wait_for()
    frame = desk.locator(".redact__picture").bounding_box()
    assert frame is not None
    desk.mouse.move(frame["x"] + 100, frame["y"] + 80)
    desk.mouse.down()
    desk.mouse.move(frame["x"] + 220, frame["y"] + 200)
    desk.mouse.up()
    desk.keyboard.press("Shift+ArrowRight")
    look(desk, "redact")
    desk.check("wanmi-redact [type=checkbox]")
    desk.locator("wanmi-redact [type=submit]").click()
    desk.wait_for_url(f"**/publishing/{contact.number}")

    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/public/")
    page.locator("#public-map[data-ready]").wait_for()
    look(page, "home-phone")
    page.locator("a[data-open]").click()
    page.locator("#one-map[data-ready]").wait_for()
    look(page, "one-phone")
    assert "138****5678" in page.locator("main").inner_text()
    wide = new_context().new_page()
    wide.goto(f"{server.url}/public/")
    wide.locator("#public-map[data-ready]").wait_for()
    look(wide, "home-wide")
