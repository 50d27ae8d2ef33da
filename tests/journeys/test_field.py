"""A day with the terminal on a phone: without signal, killed, restarted, nothing lost or twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests import town as towns
from tests.browser import axe, screenshot
from tests.evidence import files
from tests.journeys.test_five_desks import _let_in
from wanmi.cases import actions as cases
from wanmi.cases import queries
from wanmi.cases.models import Case
from wanmi.evidence.models import Attachment, Media
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.servers import Server

LON, LAT = towns.INSIDE
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
    "reduced_motion": "reduce",
    "geolocation": {"longitude": LON, "latitude": LAT, "accuracy": 8},
    "permissions": ["geolocation"],
}
MANY = 50
IN_TIME_MS = 10_000
PIECE_BYTES = 512 * 1024
LARGE = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": files.picture(size=(1600, 1200))}
PICTURE = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": files.picture(size=(320, 240))}


@contextmanager
def phone(browser: Browser, server: Server, person: Any) -> Iterator[BrowserContext]:
    """A phone of one person; without a network its console complains, as it should."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    _let_in(page, server, person)
    started(page, server)
    page.close()
    yield context
    context.close()


def started(page: Page, server: Server, panel: str = "") -> None:
    """Open the terminal and wait until its files are kept on the phone."""
    page.goto(f"{server.url}/field/#/{panel}")
    page.locator("body[data-started][data-installed]").wait_for(state="attached")


def reporting(context: BrowserContext, server: Server) -> Page:
    page = context.new_page()
    started(page, server, "report")
    page.locator("field-report[data-ready]").wait_for()
    return page


def report(page: Page, words: str = "路口有垃圾") -> None:
    page.set_input_files("field-report input[data-role=near]", PICTURE)
    page.locator("field-report .shots__shot").wait_for()
    page.fill("field-report [name=words]", words)
    page.locator("field-report [data-send]:enabled").click()
    page.locator("field-report [data-done]:not([hidden])").wait_for()


def all_sent(page: Page) -> None:
    page.locator("[data-queue-state][data-state=sent]").wait_for()


@pytest.mark.browser
@pytest.mark.slow
def test_a_day_without_signal_loses_nothing_and_sends_nothing_twice(
    server: Server, chromium_browser: Browser
) -> None:
    town = towns.build()
    with phone(chromium_browser, server, town.supervisor) as context:
        page = reporting(context, server)
        page.locator("field-report field-classes[data-ready]").wait_for()

        # The network is cut before the report is sent, and the app is killed over a draft.
        context.set_offline(True)
        page.set_input_files("field-report input[data-role=near]", LARGE)
        page.locator("field-report .shots__shot").wait_for()
        page.fill("field-report [name=words]", "没写完")
        page.locator("field-report[data-kept]").wait_for(state="attached")
        page.wait_for_timeout(400)
        page.close()
        page = reporting(context, server)
        assert page.locator("field-report .shots__shot").count() == 1
        assert page.input_value("field-report [name=words]") == "没写完"
        page.locator("field-report [data-send]:enabled").click()
        page.locator("field-report [data-done]:not([hidden])").wait_for()
        page.close()
        assert not Case.objects.exists()

        # It breaks while a photograph is on its way, then after the server stored the report.
        context.set_offline(False)
        lost = {"pieces": 0, "answers": 0}
        context.route("**/api/v1/uploads/*", lambda route: _lose_first(route, lost, "pieces"))
        context.route("**/api/v1/reports", lambda route: _lose_first(route, lost, "answers"))
        page = reporting(context, server)
        for _ in range(3):
            page.evaluate("() => self.fieldQueue.flush()")
        all_sent(page)

    case = Case.objects.get()
    assert lost == {"pieces": 1, "answers": 1}
    assert len(LARGE["buffer"]) > PIECE_BYTES
    assert case.description == "没写完"
    medium = Media.objects.get(pk=Attachment.objects.get(subject=f"case:{case.pk}").media_id)
    assert medium.sha256 == _digest(LARGE["buffer"])
    said = medium.claims["terminal"]
    assert (said["lon"], said["lat"], said["accuracy_m"], said["role"]) == (LON, LAT, 8, "near")
    assert said["shot_at"]
    assert "Chrom" in said["device"]


def _lose_first(route: Route, lost: dict[str, int], what: str) -> None:
    """Let the first request reach the server and lose the answer; let the others pass."""
    if lost[what]:
        return route.continue_()
    lost[what] += 1
    route.fetch()
    return route.abort("connectionreset")


def _digest(content: Any) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.browser
@pytest.mark.slow
def test_fifty_reports_queued_without_signal_arrive_once_each_in_order(
    server: Server, chromium_browser: Browser
) -> None:
    town = towns.build()
    with phone(chromium_browser, server, town.supervisor) as context:
        page = reporting(context, server)
        context.set_offline(True)
        page.evaluate(
            QUEUE_MANY, {"many": MANY, "lon": LON, "lat": LAT, "bytes": list(PICTURE["buffer"])}
        )
        page.close()

        # Killed and opened again in the middle of sending, by two tabs at a time.
        context.set_offline(False)
        first, second = context.new_page(), context.new_page()
        started(first, server, "queue")
        started(second, server, "queue")
        first.close()
        second.evaluate("() => self.fieldQueue.flush()")
        all_sent(second)
        screenshot(second, "field-queue-sent")

    words = [case.description for case in Case.objects.order_by("pk")]
    assert words == [f"第 {place} 件" for place in range(MANY)]
    assert Attachment.objects.count() == Media.objects.count() == MANY


QUEUE_MANY = """async ({many, lon, lat, bytes}) => {
  const { add } = await import("/static/field/queue.js");
  for (let place = 0; place < many; place += 1) {
    const blob = new Blob([new Uint8Array(bytes)], { type: "image/jpeg" });
    const title = `第 ${place} 件`;
    const body = { description: title, lon, lat, system: "wgs84", category: "06001" };
    await add({ url: "/api/v1/reports", body, media: [{ blob, name: "a.jpg" }], title });
  }
}"""


@pytest.mark.browser
@pytest.mark.slow
def test_a_task_somebody_else_did_meanwhile_is_explained_and_kept_as_a_note(
    server: Server, chromium_browser: Browser
) -> None:
    town = towns.build()
    with phone(chromium_browser, server, town.supervisor) as context:
        page = context.new_page()
        started(page, server, "tasks")
        page.locator("field-tasks[data-ready] [data-none]").wait_for()
        case = cases.report("路灯不亮", lon=LON, lat=LAT, source="hotline", by=town.acceptor)
        (task,) = tasks.open_steps(f"case:{case.pk}")
        # Heard by /events: nobody asked for the list again.
        page.locator(f"[data-task='{task.pk}']").click(timeout=IN_TIME_MS)
        page.locator("field-task[data-task] [data-action]").first.wait_for()
        action = page.locator("[data-action]").first.get_attribute("data-action")
        context.set_offline(True)
        page.locator("[data-action]").first.click()
        page.fill("field-task textarea", "到场已看过")
        page.set_input_files("field-task input[type=file]", PICTURE)
        page.locator("field-task .shots__shot").wait_for()
        page.locator("field-task [data-bring]").click()
        page.locator("[data-queue-state][data-state=waiting]").wait_for()

        workflow.perform(task.pk, str(action), {"opinion": "别人先到"}, by=town.supervisor)
        context.set_offline(False)
        page.locator("[data-queue-state][data-state=refused]").wait_for()
        page.goto(f"{server.url}/field/#/queue")
        line = page.locator("field-queue [data-refused] li")
        line.wait_for()
        page.locator("field-queue [data-done] li").wait_for()
        screenshot(page, "field-conflict")
        assert not axe(page)
        assert "案卷" in line.inner_text()

    note = next(line for line in queries.whole(case).flow if line.operation == "note")
    assert "到场已看过" in note.opinion
    assert Attachment.objects.filter(subject=f"case:{case.pk}", purpose="note").count() == 1
