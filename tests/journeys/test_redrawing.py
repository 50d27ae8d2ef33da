"""An administrator redraws the standard case: the next case follows, the running one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from tests import town as towns
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.workflow import queries
from wanmi.workflow.models import Task

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.servers import Server

pytestmark = pytest.mark.browser
EDITOR = "/procedures/standard_case/edit"


@pytest.fixture
def town(server: Server) -> towns.Town:
    return towns.build()


def _report(town: towns.Town) -> Any:
    place = {"lon": towns.INSIDE[0], "lat": towns.INSIDE[1]}
    return cases.report("路口有垃圾", **place, kind="event", category="06001", by=town.supervisor)


def _do(case: Any, action: str, by: Any, **fields: Any) -> None:
    cases.perform_task(_open(case), action, fields, by=by)


def _open(case: Any) -> Task:
    return Task.objects.get(subject=f"case:{case.pk}", state="open")


def _to_confirmed(case: Any, town: towns.Town) -> None:
    _do(case, "submit", town.acceptor)
    _do(case, "file", town.duty_leader, standard=town.condition.pk)
    _do(case, "dispatch", town.dispatcher, department="CLEAN")
    _do(case, "assign", town.department, handler=town.handler.pk)
    _do(case, "done", town.handler, opinion="已清理")
    _do(case, "confirm", town.dispatcher)


def _admin(page: Page, server: Server, path: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username="admin"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie
    page.goto(server.url + path)


ON_THE_WAY = """id => {
  const path = document.querySelector(`.djs-connection[data-element-id="${id}"] .djs-hit`);
  const at = path.getPointAtLength(path.getTotalLength() * 0.7), to = path.getScreenCTM();
  return [at.x * to.a + to.e, at.y * to.d + to.f];
}"""


def _drop_step_on_the_way(page: Page) -> None:
    """Take a step from the palette and drop it on the way from feedback to the check."""
    x, y = page.evaluate(ON_THE_WAY, "flow_after_feedback_check")
    page.locator('[data-action="create.task"]').click()
    page.mouse.move(x - 30, y)
    page.mouse.move(x, y, steps=8)
    page.mouse.click(x, y)
    page.keyboard.press("Escape")


def _describe_the_step(page: Page) -> None:
    panel = page.locator("[data-panel]")
    panel.get_by_label("中文名称", exact=True).fill("照片审核")
    panel.get_by_label("中文名称", exact=True).press("Tab")
    panel.get_by_label("角色", exact=True).select_option("dispatcher")
    panel.get_by_label("时限", exact=True).fill("1")
    panel.get_by_label("时限", exact=True).press("Tab")
    panel.get_by_label("计时阶段", exact=True).fill("photo_review")
    panel.get_by_label("计时阶段", exact=True).press("Tab")
    panel.locator('[data-add="outcomes"]').click()
    for mark, value in (("phase", "feedback"), ("state", "feedback_review")):
        panel.locator('[data-add="marks"]').click()
        panel.get_by_label("标记").last.fill(mark)
        panel.get_by_label("标记").last.press("Tab")
        panel.get_by_label("取值").last.fill(value)
        panel.get_by_label("取值").last.press("Tab")


def test_a_new_step_reaches_the_next_case_only(
    server: Server, town: towns.Town, page: Page
) -> None:
    from playwright.sync_api import expect

    running = _report(town)
    _admin(page, server, EDITOR)
    expect(page.locator("[data-editor]")).to_have_attribute("data-ready", "")

    _drop_step_on_the_way(page)
    page.locator("[data-findings] button").first.click()
    _describe_the_step(page)
    expect(page.locator("[data-findings] .findings__error")).to_have_count(0)
    page.locator("[data-publish]").click()
    page.wait_for_url("**/publish")
    expect(page.locator(".changes__added").first).to_contain_text("照片审核")
    page.get_by_role("button", name="发布").click()
    page.wait_for_url("**/procedures/standard_case/2")
    expect(page.locator("wanmi-drawing")).to_have_attribute("data-ready", "")
    expect(page.locator(".bjs-powered-by").first).to_be_visible()

    fresh = _report(town)
    _to_confirmed(running, town)
    _to_confirmed(fresh, town)

    assert _open(running).step == "check"
    assert _open(fresh).name_zh == "照片审核"
    assert _open(fresh).role == "dispatcher"


def test_findings_lead_to_their_element_and_a_path_can_be_tried(
    server: Server, town: towns.Town, page: Page
) -> None:
    from playwright.sync_api import expect

    _admin(page, server, EDITOR)
    expect(page.locator("[data-editor]")).to_have_attribute("data-ready", "")
    page.locator('[data-element-id="accept"]').first.click()
    panel = page.locator("[data-panel]")
    panel.get_by_label("时限", exact=True).fill("")
    panel.get_by_label("时限", exact=True).press("Tab")
    finding = page.locator('[data-findings] button[data-element="accept"]')
    expect(finding).to_contain_text("没有时限")
    page.locator('[data-element-id="close"]').first.click()
    finding.click()
    expect(panel).to_have_attribute("data-element", "accept")

    trying = page.locator("[data-simulation]")
    trying.get_by_role("button", name="开始").click()
    trying.get_by_role("button", name="不予受理").click()
    expect(trying.locator("[data-end]")).to_have_attribute("data-end", "not_accepted")


def test_a_form_is_changed_with_its_preview_beside_it(
    server: Server, town: towns.Town, page: Page
) -> None:
    from playwright.sync_api import expect

    _admin(page, server, "/procedures/standard_case/forms/check")
    expect(page.locator("[data-preview]")).to_contain_text("核查照片")
    page.locator('[data-field="media"]').get_by_label("至少").fill("2")
    page.locator('[data-field="media"]').get_by_label("至少").press("Tab")
    page.locator("[data-save]").click()
    expect(page.locator("[data-status]")).to_have_text("草稿已保存")

    draft = queries.draft("standard_case")
    assert draft is not None
    assert draft.forms["check"]["properties"]["media"]["minItems"] == 2


def test_a_table_shows_overlaps_at_their_rows_and_is_published(
    server: Server, town: towns.Town, chromium_browser: Browser
) -> None:
    from playwright.sync_api import expect

    # The table editor complains by itself: it is built with a talkative Inferno and wants to
    # add a style element, which the policy refuses; editing works without it.
    page = chromium_browser.new_context(locale="zh-CN").new_page()
    _admin(page, server, "/decisions/limits")
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_have_attribute("data-ready", "")
    cell = sheet.locator('td[data-row-id="row_2"]').nth(1)
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.locator("[data-check]").click()
    expect(page.locator("[data-findings] .findings__error").first).to_contain_text("行")
    expect(sheet.locator("td.is-wrong").first).to_be_visible()
    assert queries.decision("limits") is None
