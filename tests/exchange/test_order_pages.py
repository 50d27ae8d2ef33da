"""The list of work orders in a browser, and matters a clerk enters by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import town as towns
from tests.browser import axe, screenshot
from tests.exchange.test_work_orders import TABLE, URL
from tests.journeys.test_five_desks import _let_in
from wanmi.intake.models import Contact
from wanmi.workflow import queries as tasks

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.servers import Server

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize(("door", "name"), [("leader", "领导批办"), ("media", "媒体曝光")])
def test_what_leaders_and_the_media_bring_has_its_limit_and_its_name(
    town: towns.Town, door: str, name: str
) -> None:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.acceptor)
    given = {"door": door, "purpose": "report", "words": "桥头有垃圾，请速办"}

    assert client.post("/contacts/new", {f"contact-{k}": v for k, v in given.items()} | given)

    contact = Contact.objects.get()
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")
    assert task.due_at is not None
    page = client.get(f"/contacts/{contact.number}").content.decode()
    assert name in page
    assert name in client.get("/contacts").content.decode()


@pytest.mark.browser
def test_work_orders_read_well_at_any_width(
    town: towns.Town,
    server: Server,
    new_context: Callable[..., BrowserContext],
) -> None:
    client = Client()
    client.force_login(town.acceptor)
    client.post(URL, {"pasted": TABLE + "12345-3\t路灯不亮\t求助\t\t\t2020-01-05 18:00\n"})
    for name, size in SIZES.items():
        page = new_context(viewport=size).new_page()
        _let_in(page, server, town.acceptor)
        page.goto(f"{server}{URL}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        screenshot(page, f"work-orders-{name}")
        assert axe(page) == []
