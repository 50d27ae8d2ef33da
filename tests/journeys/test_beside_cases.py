"""A survey, a consultation and a deputy, in the browser: short ways that people walk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import town as towns
from tests.browser import axe, screenshot
from tests.consultations import driving as consultations
from tests.surveys import driving as surveys
from wanmi.accounts.models import User
from wanmi.organisation.models import Appointment, Deputy, Post, Role

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.servers import Server

pytestmark = pytest.mark.browser
PHONE = {"width": 375, "height": 780}
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def town(server: Server) -> towns.Town:
    return towns.build()


def _as(page: Page, server: Server, user: User, path: str = "/") -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie
    page.goto(server.url + path)


def _fits(page: Page, name: str) -> None:
    """The page stands on desk and phone, and anybody can use it."""
    for size, where in ((PHONE, "phone"), (DESK, "desk")):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # plain numbers
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (name, where)
        screenshot(page, f"{name}-{where}")
    assert axe(page) == []


def _open(page: Page) -> Any:
    """Open the first task of the desk and return the drawer."""
    page.locator("#list a[data-open]").first.click()
    page.locator("#drawer .ways").first.wait_for()
    return page.locator("#drawer")


def _way(page: Page, words: str) -> Any:
    way = page.locator("#drawer details.way", has=page.get_by_text(words, exact=True)).first
    if way.get_attribute("open") is None:
        way.locator("summary").click()
    return way


def test_a_survey_is_ordered_issued_and_seen(server: Server, town: towns.Town, page: Page) -> None:
    from playwright.sync_api import expect

    _as(page, server, town.duty_leader, "/surveys/new")
    _fits(page, "survey-order")
    page.fill("[name=title]", "垃圾专项普查")
    page.select_option("[name=category]", "event/06001")
    page.select_option("select[name=area]", "990101")
    ends = timezone.localdate() + timedelta(days=5)
    page.fill("[name=ends_on]", f"{ends}")
    page.get_by_role("button", name="下达").click()
    expect(page.locator("h1")).to_contain_text("垃圾专项普查")
    _as(page, server, town.duty_leader)
    drawer = _open(page)
    expect(drawer).to_contain_text("普查下达")
    assert axe(page) == []
    _as(page, server, town.leader, f"/surveys/{surveys.closed(town).number}")
    expect(page.locator("main")).to_contain_text("两街道共24处")
    _fits(page, "survey-closed")


def test_a_department_gives_its_opinion(server: Server, town: towns.Town, page: Page) -> None:
    from playwright.sync_api import expect

    row = consultations.opened(town)
    _as(page, server, town.dispatcher, "/consultations/new")
    _fits(page, "consultation-open")
    _as(page, server, town.department)
    drawer = _open(page)
    expect(drawer).to_contain_text("由谁恢复路面？")
    agreeing = _way(page, "同意")
    agreeing.locator("textarea").fill("我方恢复")
    agreeing.locator("button[type=submit]").click()
    expect(page.locator("#list")).to_contain_text("没有待办")
    _as(page, server, town.dispatcher, f"/consultations/{row.number}")
    expect(page.locator("main")).to_contain_text("我方恢复")
    _fits(page, "consultation")


def test_a_dispatcher_names_a_deputy_who_is_told_for_whom_they_work(
    server: Server, town: towns.Town, page: Page
) -> None:
    from playwright.sync_api import expect

    held = Appointment.objects.select_related("post__body").get(user=town.dispatcher)
    post = Post.objects.create(
        body=held.post.body,
        role=Role.objects.get(code="inspector"),
        name_zh="督察员",
        area_path=held.post.area_path,
    )
    stand_in = User.objects.create(username="standin", name_zh="李代", name_en="Stand-in")
    Appointment.objects.create(user=stand_in, post=post, valid_from=held.valid_from)
    consultations.opened(town)
    _as(page, server, town.dispatcher, f"/organisation/people/{town.dispatcher.username}/deputies")
    page.select_option("[name=person]", label=f"李代 · {held.post.body.name_zh}")
    page.check("[name=works][value=steps]")
    page.fill("[name=last]", f"{timezone.localdate() + timedelta(days=3)}")
    _fits(page, "deputy-form")
    page.get_by_role("button", name="确认授权").click()
    expect(page.locator("main")).to_contain_text("生效中")
    assert Deputy.objects.get().user == stand_in

    _as(page, server, stand_in)
    name = town.dispatcher.name_zh
    expect(page.locator("#list")).to_contain_text(f"代 {name}")
    expect(_open(page)).to_contain_text(f"您正代 {name} 办理")
    _fits(page, "deputy-desk")
