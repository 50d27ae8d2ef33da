"""Work orders of another platform: brought in as a table, worked within limits, told back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from tests.town import Town
from wanmi.exchange.models import WorkOrder
from wanmi.exchange.partners.rehearsing import Partner, serving
from wanmi.exchange.partners.workorders import adapter
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.journal import actions as journal
from wanmi.notices.models import Letter

TABLE = (
    "工单编号\t诉求内容\t诉求类型\t姓名\t联系电话\t办结时限\n"
    "12345-1\t桥头有垃圾\t投诉\t王女士\t13812345678\t2030-01-05 18:00\n"
    "12345-2\t\t咨询\t李先生\t\t\n"
)
URL = "/exchange/work-orders"


@pytest.fixture
def platform(town: Town) -> Iterator[Partner]:
    """A platform that takes what is done with its orders."""
    adapter.offer()
    with serving(Partner()) as partner:
        named = {"WORKORDERS_URL": f"{partner.url}/orders", "WORKORDERS_SECRET": "rehearsal"}
        with override_settings(**named):
            yield partner


@pytest.fixture
def clerk(town: Town) -> Client:
    client = Client()
    client.force_login(town.acceptor)
    return client


def work() -> None:
    while journal.do_due_jobs():
        pass


def told(platform: Partner) -> list[tuple[str, str]]:
    work()
    return [(given["action"], given["words"]) for _, given in platform.told]


def brought(clerk: Client) -> WorkOrder:
    clerk.post(URL, {"pasted": TABLE})
    return WorkOrder.objects.get()


def test_pasted_rows_are_taken_and_bad_ones_named(town: Town, clerk: Client) -> None:
    answer = clerk.post(URL, {"pasted": TABLE})

    assert answer.status_code == 422
    assert "3" in answer.content.decode()
    order = WorkOrder.objects.select_related("contact__sender").get()
    assert (order.number, order.contact.outside_id) == ("12345-1", "12345-1")
    assert (order.contact.purpose, order.contact.door) == ("complaint", "workorders")
    assert order.contact.sender.phone == "13812345678"
    assert order.reply_by.isoformat() == "2030-01-05T10:00:00+00:00"
    assert (order.sign_by - order.received_at).total_seconds() == 2 * 3600
    clerk.post(URL, {"pasted": TABLE})
    assert Contact.objects.count() == 1


def test_a_file_is_imported_by_a_mapping(town: Town, tmp_path: Path) -> None:
    table, mapping = tmp_path / "orders.csv", tmp_path / "map.toml"
    table.write_text("id,text\nA-1,路灯不亮\n", "utf-8")
    mapping.write_text('kind = "contacts"\n[columns]\nnumber = "id"\nwords = "text"\n', "utf-8")

    call_command("import", "contacts", str(table), mapping=mapping)

    assert WorkOrder.objects.get().contact.words == "路灯不亮"


def test_signing_contacting_and_the_reply_go_back(
    town: Town, clerk: Client, platform: Partner
) -> None:
    order = brought(clerk)
    assert clerk.post(f"{URL}/{order.pk}/contact").status_code == 409, "not signed for yet"
    assert clerk.post(f"{URL}/{order.pk}/sign").status_code == 302
    assert clerk.post(f"{URL}/{order.pk}/sign").status_code == 409
    assert clerk.post(f"{URL}/{order.pk}/contact").status_code == 302
    intake.answer(order.contact, "已清理", by=town.acceptor)

    steps = told(platform)
    assert [action for action, _ in steps] == ["progress", "sign", "contact", "reply"]
    assert steps[-1] == ("reply", "已清理")
    assert {given["number"] for _, given in platform.told} == {"12345-1"}


def test_a_returned_order_closes_its_matter_with_a_reason(
    town: Town, clerk: Client, platform: Partner
) -> None:
    order = brought(clerk)
    assert clerk.post(f"{URL}/{order.pk}/return", {"reason": ""}).status_code == 422
    assert clerk.post(f"{URL}/{order.pk}/return", {"reason": "不属本区"}).status_code == 302

    order.refresh_from_db()
    assert (order.contact.state, order.reason) == ("closed", "不属本区")
    assert told(platform)[-1] == ("return", "不属本区")
    assert clerk.post(f"{URL}/{order.pk}/sign").status_code == 409


def test_what_is_not_acknowledged_is_told_again(
    town: Town, clerk: Client, platform: Partner
) -> None:
    platform.refusals = [503]
    order = brought(clerk)
    work()

    letter = Letter.objects.get(about=f"contact:{order.contact_id}")
    assert (letter.state, letter.attempts) == ("queued", 1)


def test_limits_and_scripts_are_shown_as_such(town: Town, clerk: Client) -> None:
    clerk.post(URL, {"pasted": "number\twords\nB-1\t<script>alert(1)</script>\n"})

    page = clerk.get(URL).content.decode()
    assert "<script>alert(1)" not in page
    assert "签收" in page
    assert "data-deadline" in page


def test_those_without_the_duty_see_nothing(town: Town) -> None:
    client = Client()
    client.force_login(town.supervisor)

    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}/1/sign").status_code == 403
