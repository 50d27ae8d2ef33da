"""Answer templates: kept by purpose, filled from the matter, read before they are sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.town import INSIDE, Town
from wanmi.intake import actions as intake
from wanmi.intake import templating
from wanmi.upkeep.models import Change

WORDS = {
    "name_zh": "已受理",
    "name_en": "Accepted",
    "purpose": "consultation",
    "zh": "您好，{date}的来件（{code}）已受理，位置：{place}。",
    "en": "Your message {code} of {date} about {place} was accepted.",
    "note": "",
}


@pytest.fixture
def admin(town: Town) -> Client:
    """Somebody who looks after the words of the city."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(town.admin)
    return client


def apply(admin: Client, item: str, **more: str) -> Any:
    drafted = admin.post(f"/administration/answers/{item}", WORDS | more)
    change = Change.objects.filter(item=item).last()
    if change is not None and drafted.status_code == 302:
        admin.post(f"/administration/changes/{change.pk}/apply", {})
    return drafted


def matter(purpose: str = "consultation", language: str = "zh-hans") -> Any:
    place = intake.Place(*INSIDE, address="桥头路 12 号")
    sender = intake.Sender(name="王先生", language=language)
    return intake.receive("letter", "几点开门？", purpose=purpose, place=place, sender=sender)


def test_a_template_is_made_and_filled_from_the_matter(town: Town, admin: Client) -> None:
    assert apply(admin, "accepted").status_code == 302

    contact = matter()
    (found,) = templating.templates_for(contact)
    assert found.name == "已受理"
    assert contact.tracking_code in found.words
    assert "桥头路 12 号" in found.words
    assert "{" not in found.words


def test_a_template_speaks_the_language_of_its_person(town: Town, admin: Client) -> None:
    apply(admin, "accepted")

    (found,) = templating.templates_for(matter(language="en"))
    assert found.words.startswith("Your message")


def test_only_templates_of_the_purpose_are_offered(town: Town) -> None:
    assert templating.templates_for(matter("consultation")) == []
    assert [each.name for each in templating.templates_for(matter("praise"))] == ["感谢表扬"]


def test_a_placeholder_nobody_fills_is_refused(town: Town, admin: Client) -> None:
    assert apply(admin, "accepted", zh="您好，{name}").status_code == 422
    assert not Change.objects.exists()


def test_the_clerk_reads_it_filled_in_on_the_page_of_the_matter(town: Town, admin: Client) -> None:
    apply(admin, "accepted")
    contact = matter()
    clerk = Client()
    clerk.force_login(town.acceptor)

    page = clerk.get(f"/contacts/{contact.number}").content.decode()
    assert f"（{contact.tracking_code}）已受理" in page
    assert "data-take-words" in page
