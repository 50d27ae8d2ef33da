"""Calls from the first ring to what came of them, and what may not be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.hotline.conftest import rings
from tests.town import INSIDE, Town
from wanmi.cases.models import Case
from wanmi.hotline import actions as hotline
from wanmi.hotline import queries
from wanmi.hotline.models import Agent, Call, Callback
from wanmi.intake import actions as intake
from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

PLACE = intake.Place(*INSIDE, address="桥头路 12 号")


def now() -> datetime:
    return datetime.now(UTC)


def fresh(call: Call) -> Call:
    return Call.objects.select_related("contact__case", "agent").get(pk=call.pk)


def state_of(town: Town, role: str) -> str:
    return Agent.objects.get(user=town.people[role]).state


def test_a_call_rings_with_who_has_been_ready_for_longest(town: Town) -> None:
    hotline.set_state(town.duty_leader, "ready", by=town.duty_leader, at=now() - timedelta(hours=1))
    hotline.set_state(town.acceptor, "ready", by=town.acceptor)

    first, second, third = rings("1"), rings("2"), rings("3")

    assert [call.agent for call in (first, second, third)] == [
        town.duty_leader,
        town.acceptor,
        None,
    ]
    assert state_of(town, "acceptor") == "busy"
    assert [each.pk for each in queries.waiting_calls(organisation.scope_of(town.acceptor))] == [
        third.pk
    ]


def test_a_report_by_phone_is_a_case_at_once_and_frees_its_agent(town: Town) -> None:
    hotline.set_state(town.acceptor, "ready", by=town.acceptor)
    call = rings()
    hotline.answer(call, by="telephone", at=now())
    said = hotline.Said("路口有垃圾", place=PLACE, category="event/06001")
    contact = hotline.file(said, call=call, by=town.acceptor)
    assert state_of(town, "acceptor") == "busy"
    hotline.end(call, by="telephone", at=now())

    call = fresh(call)
    assert (call.state, call.outcome, call.contact) == ("ended", "matter", contact)
    assert contact.case.source == "hotline"
    assert contact.said_by.phone == "13812345678"
    assert call.area_path == contact.area_path
    assert state_of(town, "acceptor") == "ready"


def test_what_others_have_reported_is_joined(town: Town) -> None:
    first = hotline.file(
        hotline.Said("路口有垃圾", place=PLACE, category="event/06001"), by=town.acceptor
    )
    second = hotline.file(
        hotline.Said("还是那堆垃圾", phone="13900000000", place=PLACE, joins=first.case),
        by=town.acceptor,
    )

    assert (Case.objects.count(), second.joined) == (1, True)


def test_a_question_answered_on_the_spot_waits_for_nobody(town: Town) -> None:
    contact = hotline.file(
        hotline.Said("能摆摊吗？", purpose="consultation", answer="划定的摊位可以。"),
        by=town.acceptor,
    )
    contact.refresh_from_db()

    assert (contact.state, contact.is_owed) == ("answered", False)
    assert tasks.open_tasks(f"contact:{contact.pk}") == []


def test_who_hung_up_unanswered_is_to_be_called_back(town: Town) -> None:
    call = rings()
    hotline.end(call, by="telephone", at=now())

    row = Callback.objects.get()
    assert fresh(call).outcome == "lost"
    assert row.due_at == call.rang_at + timedelta(minutes=30)
    hotline.call_back(row, True, by=town.acceptor)
    with pytest.raises(hotline.CalledBackAlready):
        hotline.call_back(row, True, by=town.acceptor)


def test_a_withheld_number_is_not_called_back(town: Town) -> None:
    call = rings(phone="")
    hotline.end(call, by="telephone", at=now())

    assert not Callback.objects.exists()
    with pytest.raises(Invalid):
        hotline.ask_callback(call, now(), by=town.acceptor)


def test_a_call_is_passed_on_with_a_word(town: Town) -> None:
    for role in ("acceptor", "duty_leader"):
        hotline.set_state(town.people[role], "ready", by=town.people[role])
    call = rings(agent=town.acceptor)
    hotline.hand_over(call, town.duty_leader, note="市民情绪激动", by=town.acceptor)

    call = fresh(call)
    assert (call.agent, call.handed_by, call.hand_note) == (
        town.duty_leader,
        town.acceptor,
        "市民情绪激动",
    )
    assert (state_of(town, "acceptor"), state_of(town, "duty_leader")) == ("ready", "busy")
    with pytest.raises(hotline.NoSuchAgent):
        hotline.hand_over(call, town.handler, by=town.duty_leader)
    with pytest.raises(hotline.NotYourCall):
        hotline.file(hotline.Said("路口有垃圾"), call=call, by=town.acceptor)


def test_a_call_is_settled_once_and_only_while_it_is_ones_own(town: Town) -> None:
    call = rings(agent=town.acceptor)
    with pytest.raises(hotline.UnknownOutcome):
        hotline.settle(call, "lost", by=town.acceptor)
    hotline.settle(call, "silent", by=town.acceptor)

    with pytest.raises(hotline.CallSettledAlready):
        hotline.settle(call, "silent", by=town.acceptor)
    hotline.end(call, by="telephone", at=now())
    for deed in (hotline.answer, hotline.take):
        with pytest.raises(Conflict):
            deed(call, by=town.acceptor, at=now())


@pytest.mark.parametrize(("state", "reason"), [("busy", ""), ("break", ""), ("ready", "meal")])
def test_a_state_nobody_may_choose_is_refused(town: Town, state: str, reason: str) -> None:
    with pytest.raises(hotline.UnknownState):
        hotline.set_state(town.acceptor, state, reason=reason, by=town.acceptor)


def test_an_extension_belongs_to_one_agent(town: Town) -> None:
    hotline.set_extension(town.acceptor, "8001", by=town.acceptor)

    with pytest.raises(hotline.ExtensionTaken):
        hotline.set_extension(town.duty_leader, "8001", by=town.duty_leader)


def test_a_number_is_forgotten_with_its_person(town: Town) -> None:
    call = rings(agent=town.acceptor)
    contact = hotline.file(hotline.Said("路口有垃圾", place=PLACE), call=call, by=town.acceptor)
    intake.forget(contact, by=None)
    while journal.hear_news():
        pass

    assert fresh(call).phone == ""
    assert "13812345678" not in str([row.data for row in entries.JournalEntry.objects.all()])


def test_a_recording_is_heard_by_its_agent_and_the_shift_leader(town: Town) -> None:
    call = rings(agent=town.acceptor)
    may = {
        role
        for role, person in town.people.items()
        if queries.may_see_subject(organisation.scope_of(person), f"call:{call.pk}")
    }

    assert may == {"acceptor", "duty_leader", "leader"}


def test_articles_are_written_in_versions(town: Town) -> None:
    draft = hotline.Draft("能摆摊吗？", "划定的摊位可以。", "Stalls?", "On marked places.", "摊位")
    row = hotline.write_article(draft, by=town.duty_leader)
    again = hotline.Draft("能摆摊吗？", "请到街道登记。", keywords="摊位", is_withdrawn=True)
    hotline.write_article(again, article=row, version=1, by=town.duty_leader)
    with pytest.raises(hotline.ArticleChanged):
        hotline.write_article(draft, article=row, version=1, by=town.duty_leader)

    assert [each.words_zh for each in row.versions.order_by("number")] == [
        "划定的摊位可以。",
        "请到街道登记。",
    ]
    assert queries.articles("摊位") == []
    assert queries.articles("摊位", with_withdrawn=True) == [row]
    with pytest.raises(Invalid):
        hotline.write_article(hotline.Draft("", ""), by=town.duty_leader)


def test_calls_of_elsewhere_are_nobodys_here(town: Town) -> None:
    rings()

    seen = {
        role
        for role, person in town.people.items()
        if queries.visible(organisation.scope_of(person)).exists()
    }
    assert seen == {"acceptor", "duty_leader", "leader"}
    with pytest.raises(NotAllowed):
        hotline.take(rings("2", agent=town.duty_leader), by=town.acceptor)
