"""The phone itself: bound by its key, sealed, locked by a PIN, and emptied once it is revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import town as towns
from tests.browser import screenshot
from tests.evidence import files
from tests.journeys.test_field import PHONE, started
from tests.journeys.test_five_desks import _let_in
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import Device
from wanmi.catalogue import actions as editions
from wanmi.evidence import queries as evidence
from wanmi.registers import actions as registers
from wanmi.registers.models import PartRequest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.servers import Server

SECRET = "王女士 13812345678"
KEEP = """async (words) => {
  const { add } = await import("/static/field/queue.js");
  const media = [{ blob: new Blob([words], { type: "image/jpeg" }), name: words }];
  const body = { description: words };
  await add({ url: "/api/v1/reports", title: words, kind: "report", body, media });
}"""
STORED = """async () => {
  const heard = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const deep = (value) => Promise.all(Object.values(value).map(plain));
  const plain = async (value) => {
    if (value instanceof Blob) return value.text();
    if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
    return value && typeof value === "object" ? deep(value) : String(value);
  };
  const texts = [];
  for (const { name, version } of await indexedDB.databases()) {
    const db = await heard(indexedDB.open(name, version));
    for (const store of db.objectStoreNames) {
      const rows = await heard(db.transaction(store).objectStore(store).getAll());
      texts.push(JSON.stringify(await plain(rows)));
    }
    db.close();
  }
  return texts.join("\\n");
}"""
LEFT = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: localStorage.length,
})"""


@pytest.mark.browser
@pytest.mark.slow
def test_a_phone_is_bound_sealed_locked_and_emptied(
    server: Server, chromium_browser: Browser
) -> None:
    town = towns.build()
    context = chromium_browser.new_context(**PHONE)
    page = context.new_page()
    _let_in(page, server, town.supervisor)
    started(page, server)
    page.locator("html[data-device=bound][data-vault]").wait_for(state="attached")
    device = Device.objects.get()

    context.set_offline(True)
    page.evaluate(KEEP, SECRET)
    stored = page.evaluate(STORED)
    assert "report" in stored
    assert SECRET not in stored
    page.goto(f"{server.url}/field/#/queue")
    page.locator("[data-waiting] li", has_text=SECRET).wait_for()

    page.goto(f"{server.url}/field/#/device")
    for place in ("device-pin", "device-pin-again"):
        page.fill(f"#{place}", "2468")
    page.locator("[data-pin] button[type=submit]").click()
    page.locator("[data-lock]").click()
    page.locator("dialog.device__lock[open]").wait_for()
    screenshot(page, "field-locked")
    # Started anew, it stays locked, and says nothing of what waits.
    page.goto(f"{server.url}/field/#/queue")
    page.reload()
    page.locator("dialog.device__lock[open]").wait_for()
    assert page.locator(f"text={SECRET}").count() == 0
    page.fill("dialog.device__lock input", "1111")
    page.locator("dialog.device__lock button").click()
    page.locator("dialog.device__lock [role=status]", has_text="4").wait_for()
    page.fill("dialog.device__lock input", "2468")
    page.locator("dialog.device__lock button").click()
    page.locator("[data-waiting] li", has_text=SECRET).wait_for()

    accounts.revoke_device(device, by=town.admin, reason="遗失")
    context.set_offline(False)
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    page.wait_for_url("**/sign-in**", timeout=20_000)

    nothing = {"databases": [], "caches": [], "workers": 0, "local": 0}
    for _ in range(20):
        # The service worker empties itself beside the page.
        if (left := page.evaluate(LEFT)) == nothing:
            break
        page.wait_for_timeout(250)
    assert left == nothing
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_register_is_put_right_and_a_standard_looked_up_without_a_connection(
    server: Server, chromium_browser: Browser, tmp_path: Path
) -> None:
    town = towns.build()
    edition = town.garbage.edition
    lamp = editions.enter_extension(
        edition, "part", "01", name_zh="路灯", name_en="Lamp", valid_from=edition.valid_from
    )
    part = registers.enter_part(registers.NewPart(lamp, *towns.INSIDE))
    photograph = tmp_path / "lamp.png"
    photograph.write_bytes(files.picture())
    lon, lat = towns.INSIDE
    where = {"longitude": lon, "latitude": lat, "accuracy": 6}
    context = chromium_browser.new_context(
        **PHONE | {"geolocation": where, "permissions": ["geolocation"]}
    )
    page = context.new_page()
    _let_in(page, server, town.supervisor)
    started(page, server, "lookup")
    page.locator("field-lookup[data-ready]").wait_for()

    context.set_offline(True)
    page.fill("field-lookup input", "垃圾")
    page.locator("field-lookup summary", has_text="暴露垃圾").click()
    page.locator("field-lookup details[open]", has_text="有暴露垃圾").wait_for()
    screenshot(page, "field-lookup")
    context.set_offline(False)
    page.goto(f"{server.url}/field/#/parts")
    page.locator("[data-part]").click()
    context.set_offline(True)
    page.select_option("part-survey [name=state]", "damaged")
    page.set_input_files("part-survey [data-role=near]", photograph)
    page.fill("part-survey [name=reason]", "灯杆倾斜")
    screenshot(page, "field-parts")
    page.locator("part-survey [data-send]").click()
    page.locator("part-survey [data-done]").wait_for()
    assert not PartRequest.objects.exists()

    context.set_offline(False)
    page.goto(f"{server.url}/field/#/queue")
    page.locator("[data-done] li", has_text=part.identifier).wait_for(timeout=20_000)
    row = PartRequest.objects.get()
    assert (row.after, row.before) == ({"state": "damaged"}, {"state": "intact"})
    assert len(evidence.of_subject(row.subject)) == 1
    context.close()
