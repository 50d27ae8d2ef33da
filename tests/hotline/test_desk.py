"""The agent's desk in a browser: a call pops up, is written down by keyboard, and counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests import town as towns
from tests.browser import axe, screenshot
from tests.journeys.test_five_desks import _let_in
from tests.suggesting import teach
from wanmi.hotline import actions as hotline
from wanmi.hotline.models import Call
from wanmi.hotline.simulator import Line, post_to, tone
from wanmi.intake import actions as intake

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CALLER = "13812345678"


@pytest.mark.browser
@pytest.mark.slow
def test_a_call_pops_up_is_written_down_by_keyboard_and_counts(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    town = towns.build()
    teach()
    _what_is_known(town)
    page = new_context().new_page()
    _let_in(page, server, town.acceptor)
    page.goto(f"{server.url}/hotline")
    page.wait_for_selector("wanmi-live[data-state=on]")
    page.keyboard.press("r")
    page.locator("#mystate .badge--good").wait_for()
    secret = (server.home / "keys" / "hotline.key").read_text()
    line = Line(post_to(server.url), secret, CALLER)

    assert line.tell("ringing")["agent"] == town.acceptor.username
    card = page.locator("#mycall")
    card.get_by_text(CALLER).wait_for()
    card.get_by_text("以往诉求").wait_for()
    assert not axe(page)
    line.tell("answered")
    page.locator("#mycall.callcard--talking").wait_for()
    _write_down(page)
    _look_at_keys_and_hand_over(page)

    page.locator("[data-key=F2] textarea").focus()
    page.keyboard.press("Control+Enter")
    page.locator(".notice--good").wait_for()
    screenshot(page, "hotline-done")
    line.tell("ended")
    line.tell("recording")
    line.hand_in(tone(0.2))

    call = Call.objects.select_related("contact__case", "agent").get()
    assert (call.state, call.outcome) == ("ended", "matter")
    assert call.contact.case.category.code == "06001"
    page.locator("#mystate .badge--good").wait_for()
    _see_the_figures(new_context, server, town, call)


def _what_is_known(town: towns.Town) -> None:
    place = intake.Place(*towns.INSIDE, address="桥头路 12 号")
    details = intake.CaseDetails("event", "06001")
    sender = intake.Sender("王女士", CALLER)
    intake.receive("letter", "路口有垃圾没人清", sender=sender, place=place, details=details)
    words = "在划定的摊位可以，请先到街道登记；不得占用盲道和消防通道。"
    draft = hotline.Draft("门前能临时摆摊吗？", words, "May I put up a stall?", "On marked places.")
    hotline.write_article(draft, by=town.duty_leader)


def _write_down(page: Page) -> None:
    page.keyboard.press("F2")
    page.keyboard.type("桥头路口又有暴露垃圾，气味很大")
    page.locator("#classes .chip").first.wait_for()
    assert "%" in page.locator("#classes .chip").first.inner_text()
    page.keyboard.press("Alt+1")
    assert page.locator("[name=category]").input_value() == "event/06001"
    page.keyboard.press("F4")
    page.keyboard.type("无名路 9 号")
    page.locator("#places .quiet").wait_for()
    for name, value in zip(("lon", "lat"), towns.INSIDE, strict=True):
        page.fill(f"[name={name}]", str(value))
    page.locator("[name=lat]").press("Tab")
    page.locator("#near [data-join]").wait_for()
    page.locator("#near [data-join]").press("Enter")
    assert page.locator("[name=joins]").input_value()
    page.locator("#near [data-join]").press("Enter")
    assert not page.locator("[name=joins]").input_value()
    page.keyboard.press("F8")
    page.keyboard.type("摆摊")
    page.locator("#answers summary").first.click()
    page.locator("#answers [data-fill]").first.click()
    assert "划定的摊位" in page.locator("[name=answer]").input_value()
    page.fill("[name=answer]", "")
    assert not axe(page)
    screenshot(page, "hotline-desk")


def _look_at_keys_and_hand_over(page: Page) -> None:
    page.keyboard.press("F9")
    page.locator("dialog#hand[open]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("F10")
    page.locator("dialog#back[open] [name=note]").fill("补充照片")
    page.locator("dialog#back[open] button[type=submit]").click()
    page.locator("#now").get_by_text("补充照片").wait_for()
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("#keyhelp[open]").get_by_text("F8").wait_for()
    page.keyboard.press("Escape")


def _see_the_figures(
    new_context: Callable[..., BrowserContext], server: Server, town: towns.Town, call: Call
) -> None:
    page = new_context().new_page()
    _let_in(page, server, town.duty_leader)
    page.goto(f"{server.url}/hotline/shift")
    page.get_by_text("今日接听率").wait_for()
    assert "100.0" in page.locator("#board").inner_text()
    assert not axe(page)
    screenshot(page, "hotline-shift")
    page.goto(f"{server.url}/hotline/calls/{call.pk}")
    page.locator("audio").wait_for()
    assert not axe(page)
    screenshot(page, "hotline-call")
    page.goto(f"{server.url}/hotline/rates")
    assert not axe(page)
    screenshot(page, "hotline-rates")
    page.locator("a.tile__number").first.click()
    page.get_by_text(call.contact.number).first.wait_for()
    screenshot(page, "hotline-rows")
    for name in ("articles", "articles/new", "calls"):
        page.goto(f"{server.url}/hotline/{name}")
        assert not axe(page), name
        screenshot(page, "hotline-" + name.replace("/", "-"))
    _read_on_a_phone(new_context(**PHONE).new_page(), server, town, call)


def _read_on_a_phone(page: Page, server: Server, town: towns.Town, call: Call) -> None:
    _let_in(page, server, town.duty_leader)
    for name in ("", "/shift", "/rates", "/calls", f"/calls/{call.pk}", "/articles"):
        page.goto(f"{server.url}/hotline{name}")
        assert not axe(page), name
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"/hotline{name} is wider than a phone"
        screenshot(page, "phone-hotline" + name.replace("/", "-"))
