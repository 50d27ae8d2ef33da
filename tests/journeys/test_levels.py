"""A district sends a case up to the city in the browser and gets the result back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from tests import town as towns
from tests.cases import levels
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.workflow.models import Task

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def town(server: Server) -> towns.Town:
    return towns.build()


@pytest.fixture
def city(town: towns.Town) -> dict[str, User]:
    return levels.add_city()


def _as(page: Page, server: Server, username: str, path: str = "/") -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie
    page.goto(server.url + path)


def _do(case: Any, action: str, by: Any, **fields: Any) -> None:
    task = Task.objects.get(subject=f"case:{case.pk}", state="open", request="")
    cases.perform_task(task, action, fields, by=by)


def _filed(town: towns.Town) -> Any:
    place = {"lon": towns.INSIDE[0], "lat": towns.INSIDE[1]}
    case = cases.report("路面塌陷", **place, kind="event", category="06001", by=town.supervisor)
    _do(case, "submit", town.acceptor)
    _do(case, "file", town.duty_leader, standard=town.condition.pk)
    return case


def _open_first(page: Page) -> None:
    page.locator("#list a[data-open]").first.click()
    page.locator("#drawer .ways").first.wait_for()


def _way(page: Page, words: str) -> Any:
    """Open a way of the drawer and return its form."""
    way = page.locator("#drawer details.way", has=page.get_by_text(words, exact=True)).first
    if way.get_attribute("open") is None:
        way.locator("summary").click()
    return way


def test_a_district_sends_a_case_up_and_gets_the_result_back(
    server: Server, town: towns.Town, city: dict[str, User], page: Page
) -> None:
    from playwright.sync_api import expect

    case = _filed(town)
    _as(page, server, "dispatcher")
    _open_first(page)
    sending = _way(page, "上下级流转")
    sending.get_by_label("流转至").select_option(label="上报至 市指挥中心")
    sending.get_by_label("理由").fill("属市管道路")
    sending.get_by_role("button", name="提交").click()
    expect(page.locator("#drawer")).to_contain_text("待回复")
    _as(page, server, "dispatcher")
    expect(page.locator("#list")).to_contain_text("没有待办")

    _as(page, server, "city_dispatcher")
    _open_first(page)
    expect(page.locator("#drawer")).to_contain_text("属市管道路")
    dispatching = _way(page, "派遣")
    dispatching.get_by_label("责任部门").select_option("CITYROAD")
    dispatching.get_by_role("button", name="派遣").click()
    expect(page.locator("#list")).to_contain_text("没有待办")

    _do(case, "assign", city["department"], handler=city["handler"].pk)
    _do(case, "done", city["handler"], opinion="路面已修复")
    _as(page, server, "city_dispatcher")
    _open_first(page)
    confirming = _way(page, "确认并反馈")
    confirming.get_by_label("意见").fill("市级已办结")
    confirming.get_by_role("button", name="确认并反馈").click()
    expect(page.locator("#list")).to_contain_text("没有待办")

    _as(page, server, "dispatcher")
    expect(page.locator("#list")).to_contain_text("流转结果")
    _open_first(page)
    expect(page.locator("#drawer")).to_contain_text("市级已办结")
    _way(page, "知悉").get_by_role("button", name="知悉").click()
    expect(page.locator("#list")).to_contain_text("没有待办")

    _as(page, server, "dispatcher", f"/cases/{case.number}")
    clocks = page.locator(".clocks")
    expect(clocks).to_contain_text("派遣 · 指挥中心")
    expect(clocks).to_contain_text("派遣 · 市指挥中心")
