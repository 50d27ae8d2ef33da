"""The pages of what people bring, as clerks use them: list, one matter, entering by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import town as towns
from tests.browser import axe, screenshot
from tests.journeys.test_five_desks import _let_in
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.journal import queries as entries

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def _ask(words: str = "您好，请问沿街门店门前能否临时摆放花盆？") -> Contact:
    return intake.receive(
        "letter",
        words,
        purpose="consultation",
        title="门前摆放花盆",
        sender=intake.Sender("王女士", "13812345678"),
        place=intake.Place(*towns.INSIDE, address="桥头路 12 号"),
    )


def _client(user: object) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(user)  # type: ignore[arg-type]  # an account
    return client


def test_who_brought_it_is_masked_and_looking_is_journalled(town: towns.Town) -> None:
    contact = _ask()
    client = _client(town.acceptor)

    page = client.get(f"/contacts/{contact.number}").content.decode()
    assert "13812345678" not in page
    assert "138****5678" in page

    shown = client.post(f"/contacts/{contact.number}/sender").content.decode()
    assert "13812345678" in shown
    assert entries.JournalEntry.objects.latest("number").kind == "intake.SenderRead"


def test_the_list_is_narrowed_and_taken_along_without_personal_data(town: towns.Town) -> None:
    _ask("我的电话 13812345678，问一下")
    client = _client(town.acceptor)

    assert "门前摆放花盆" in client.get("/contacts?owed=yes&purpose=consultation").content.decode()
    assert "没有符合条件" in client.get("/contacts?q=垃圾").content.decode()
    assert "门前摆放花盆" in client.get("/contacts?q=138 1234 5678").content.decode()
    file = b"".join(client.get("/contacts/export").streaming_content).decode()  # type: ignore[attr-defined]
    assert "138****5678" in file
    assert "王女士" not in file


def test_a_matter_of_elsewhere_is_hidden(town: towns.Town) -> None:
    contact = intake.receive("letter", "问", place=intake.Place(120.0105, 30.0005))

    assert _client(town.street).get(f"/contacts/{contact.number}").status_code in (403, 404)


def test_a_list_asks_as_much_for_many_rows_as_for_one(
    town: towns.Town, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(12):
        _ask()
    client = _client(town.acceptor)
    client.get("/contacts")

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
        client.get("/contacts")


@pytest.mark.browser
@pytest.mark.slow
def test_a_clerk_enters_a_letter_and_answers_it_from_the_desk(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    town = towns.build()
    page = new_context().new_page()
    _let_in(page, server, town.acceptor)
    _enter(page, server)
    assert not axe(page)
    screenshot(page, "contact")

    page.goto(server.url)
    page.locator("#list .rowcard a[data-open]").first.click()
    form = page.locator("#drawer form[action$='/actions/answer']")
    form.wait_for(state="visible")
    assert not axe(page)
    screenshot(page, "contact-task")
    form.locator("textarea").first.fill("可以，请勿占用盲道。")
    form.locator("button[type=submit]").click()
    page.locator("#drawer form[action$='/actions/answer']").wait_for(state="detached")

    contact = Contact.objects.get()
    assert (contact.state, contact.is_owed) == ("answered", False)
    _read_on_a_phone(new_context(**PHONE).new_page(), server, town, contact)


def _enter(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/contacts/new")
    assert not axe(page)
    screenshot(page, "contact-new")
    page.select_option("[name=door]", "letter")
    page.select_option("[name=purpose]", "consultation")
    page.fill("[name=title]", "门前摆放花盆")
    page.fill("[name=words]", "您好，请问沿街门店门前能否临时摆放花盆？")
    page.fill("[name=name]", "王女士")
    page.fill("[name=phone]", "13812345678")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/contacts/L*")


def _read_on_a_phone(page: Page, server: Server, town: towns.Town, contact: Contact) -> None:
    _let_in(page, server, town.duty_leader)
    for address in ("/contacts", f"/contacts/{contact.number}"):
        page.goto(server.url + address)
        assert not axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{address} is wider than a phone"
        screenshot(page, "phone" + address.replace("/", "-")[:10])
