"""The loop: whatever is brought is kept, worked on, and answered by the way it came."""

from datetime import timedelta

import pytest

from tests.cases import driving
from tests.town import INSIDE, MONDAY_MORNING, Town
from wanmi.cases.models import Case, CaseLink, VisitBack
from wanmi.evidence import queries as evidence
from wanmi.intake import actions as intake
from wanmi.intake import queries
from wanmi.intake.models import Contact, Direction
from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.notices.models import Letter
from wanmi.workflow import queries as tasks

PLACE = intake.Place(*INSIDE, address="桥头路 12 号")
CITIZEN = intake.Sender("王女士", "+86 138 1234 5678", "", language="zh-hans")


def receive(words: str = "路口有垃圾", **more) -> Contact:
    given = {"sender": CITIZEN, "place": PLACE, "at": MONDAY_MORNING} | more
    return intake.receive("gate", words, **given)


def reported(**more) -> Contact:
    return receive(details=intake.CaseDetails("event", "06001"), **more)


def asked(words: str = "门前能摆摊吗？") -> Contact:
    return receive(words, purpose="consultation", place=None)


def work(town: Town, contact: Contact, action: str, **fields) -> Contact:
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")
    return intake.perform_task(task, action, fields, by=town.acceptor)


def hear() -> None:
    while journal.hear_news() or journal.do_due_jobs():
        pass


def said(contact: Contact) -> list[str]:
    return [m.words for m in queries.messages_of(contact) if m.direction == Direction.OUT]


def finish(town: Town, case: Case) -> Case:
    """Drive a verified report through every step to closing."""
    act = driving.act
    act(case, "exists", town.supervisor, 3)
    act(case, "submit", town.acceptor, 5)
    act(case, "file", town.duty_leader, 10, standard=town.condition.pk)
    act(case, "dispatch", town.dispatcher, 15, department="CLEAN")
    act(case, "assign", town.department, 20, handler=town.handler.pk)
    act(case, "done", town.handler, 60, opinion="已清理")
    act(case, "confirm", town.dispatcher, 65)
    act(case, "pass", town.supervisor, 90)
    return act(case, "close", town.duty_leader, 95)


def refuse(town: Town, case: Case, opinion: str) -> Case:
    driving.act(case, "unable", town.supervisor, 3)
    return driving.act(case, "not_accept", town.acceptor, 5, opinion=opinion)


def test_a_report_becomes_a_case_under_the_same_tracking_code(town: Town) -> None:
    contact = reported()

    assert contact.case is not None
    assert contact.case.tracking_code == contact.tracking_code
    assert (contact.state, contact.is_owed) == ("in_case", True)
    assert contact.area_path == contact.case.area_path
    assert contact.case.source == "web"


def test_whoever_reported_is_told_at_each_turn_and_answered_at_the_end(
    town: Town, posted: list[Letter]
) -> None:
    contact = reported()
    finish(town, contact.case)
    hear()
    contact.refresh_from_db()

    occasions = [m.occasion for m in queries.messages_of(contact)]
    assert occasions == ["received", "filed", "closed"]
    assert (contact.state, contact.is_owed) == ("answered", False)
    assert {letter.channel for letter in posted} == {"sms"}
    assert {letter.address for letter in posted} == {"13812345678"}
    assert "核查" in said(contact)[-1] or "现场" in said(contact)[-1]


def test_a_refused_report_is_answered_with_its_reason_and_no_personal_data(
    town: Town, posted: list[Letter]
) -> None:
    contact = reported()
    refuse(town, contact.case, "不属城管职责，请拨13900001111咨询")
    hear()
    contact.refresh_from_db()

    assert contact.is_owed is False
    assert "不属城管职责" in said(contact)[-1]
    assert "139****1111" in said(contact)[-1]


def test_news_heard_twice_is_told_once(town: Town, posted: list[Letter]) -> None:
    contact = reported()
    assert intake.tell(contact, "filed") is not None
    assert intake.tell(contact, "filed") is None

    assert len(said(contact)) == 2


def test_a_duplicate_is_answered_when_the_original_ends(town: Town, posted: list[Letter]) -> None:
    first, second = reported(), reported(sender=intake.Sender(email="Li@Example.com"))
    CaseLink.objects.create(
        case=second.case, original=first.case, linked_by=town.acceptor, linked_at=MONDAY_MORNING
    )
    refuse(town, second.case, "重复")
    hear()
    second.refresh_from_db()
    assert second.is_owed
    assert [m.occasion for m in queries.messages_of(second)] == ["received", "duplicate"]

    finish(town, first.case)
    hear()
    second.refresh_from_db()
    assert (second.is_owed, second.state) == (False, "answered")
    assert [letter.address for letter in posted if letter.channel == "email"] == (
        ["li@example.com"] * 3
    )


def test_me_too_joins_the_case_and_hears_of_its_end(town: Town, posted: list[Letter]) -> None:
    first = reported()
    second = receive(sender=intake.Sender(phone="13900000000"), joins=first.case)
    finish(town, first.case)
    hear()
    second.refresh_from_db()

    assert Case.objects.count() == 1
    assert second.joined
    assert second.tracking_code != first.tracking_code
    assert second.is_owed is False


def test_somebody_anonymous_reads_the_answer_on_the_tracking_page(
    town: Town, posted: list[Letter]
) -> None:
    contact = reported(sender=None)
    finish(town, contact.case)
    hear()

    assert posted == []
    assert contact.said_by is None
    assert len(said(queries.by_code(contact.tracking_code.lower()))) == 3


def test_a_question_waits_until_it_is_answered(town: Town, posted: list[Letter]) -> None:
    contact = work(town, asked(), "answer", words="划定的摊位可以，请到街道登记。")
    hear()

    assert (contact.state, contact.is_owed) == ("answered", False)
    assert posted[-1].words == "划定的摊位可以，请到街道登记。"
    assert tasks.open_tasks(f"contact:{contact.pk}") == []


def test_a_department_gives_its_words_before_the_answer(town: Town) -> None:
    contact = work(town, asked(), "consult", department="CLEAN", opinion="请说明")
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")
    assert (task.role, task.body.code) == ("department", "CLEAN")
    with pytest.raises(NotAllowed):
        work(town, contact, "give", opinion="可以")

    intake.perform_task(task, "give", {"opinion": "可以登记"}, by=town.department)
    contact = work(town, contact, "answer", words="可以登记")

    assert contact.state == "answered"


def test_a_department_that_does_not_exist_is_refused(town: Town) -> None:
    with pytest.raises(intake.WrongDepartment):
        work(town, asked(), "consult", department="NOBODY")


def test_a_matter_that_waited_is_made_a_case(town: Town) -> None:
    contact = work(town, receive(), "file", category="event/06001")

    assert contact.case.description == "路口有垃圾"
    assert contact.state == "in_case"
    with pytest.raises(intake.AlreadyFiled, match=contact.case.number):
        intake.file(contact, intake.CaseDetails(), by=town.acceptor)


def test_a_matter_that_waited_joins_a_case_that_is_open(town: Town) -> None:
    first = reported()
    contact = receive(sender=intake.Sender(phone="13900000000"))
    with pytest.raises(intake.NoSuchCase):
        work(town, contact, "join", case="000000")

    contact = work(town, contact, "join", case=first.case.number)

    assert (contact.case, contact.joined) == (first.case, True)


def test_the_same_message_from_outside_is_taken_once(town: Town) -> None:
    first = receive(outside_id="<1@example.com>")
    again = receive("something else", outside_id="<1@example.com>")

    assert again.pk == first.pk
    assert Contact.objects.count() == 1


def test_what_is_added_stands_in_the_matter_until_it_is_answered(town: Town) -> None:
    contact = asked()
    for _ in range(2):
        assert intake.note_message(contact, "还有一个问题", outside_id="2") == contact

    assert [m.direction for m in queries.messages_of(contact)] == ["out", "in"]


def test_what_is_added_after_the_answer_is_a_matter_that_knows_the_old(town: Town) -> None:
    contact = work(town, asked(), "answer", words="可以")
    again = intake.note_message(contact, "还有一个问题", outside_id="3")
    same = intake.note_message(contact, "还有一个问题", outside_id="3")

    assert again.previous == contact
    assert again == same
    assert (again.state, again.is_owed) == ("waiting", True)


def test_an_advertisement_is_closed_without_an_answer(town: Town) -> None:
    contact = work(town, asked("低价贷款"), "close", opinion="广告")

    assert (contact.state, contact.is_owed) == ("closed", False)
    with pytest.raises(intake.NothingOwed):
        intake.close(contact, "again", by=town.acceptor)


@pytest.mark.parametrize("role", ["supervisor", "dispatcher", "handler", "leader", "citizen"])
def test_only_those_who_answer_may_answer(town: Town, role: str) -> None:
    contact = asked()
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")

    with pytest.raises(NotAllowed):
        intake.perform_task(task, "answer", {"words": "可以"}, by=town.people[role])


def test_a_rating_is_given_once_and_spares_the_visit_back(town: Town, posted: list[Letter]) -> None:
    contact = reported()
    with pytest.raises(intake.NotAnsweredYet):
        intake.rate(contact, "satisfied")
    finish(town, contact.case)
    hear()
    contact.refresh_from_db()
    assert tasks.open_tasks(f"case:{contact.case.pk}")[0].step == "visit_back"

    intake.rate(contact, "fair", "慢了点")

    assert tasks.open_tasks(f"case:{contact.case.pk}") == []
    assert VisitBack.objects.get().answer == "fair"
    with pytest.raises(intake.AlreadyRated):
        intake.rate(contact, "satisfied")


def test_what_is_not_solved_comes_back_once_within_its_days(
    town: Town, posted: list[Letter]
) -> None:
    contact = reported()
    finish(town, contact.case)
    hear()
    contact.refresh_from_db()
    days = timedelta(days=intake.REOPEN_DAYS)

    with pytest.raises(intake.TooLateToReopen):
        intake.reopen(contact, "又堆上了", at=contact.answered_at + days * 2)
    again = intake.reopen(contact, "又堆上了", at=contact.answered_at + days / 2)
    with pytest.raises(intake.AlreadyReopened):
        intake.reopen(contact, "又堆上了", at=contact.answered_at + days / 2)

    assert again.previous == contact
    assert again.case is not None
    assert again.case.pk != contact.case.pk
    assert again.said_by.phone == "13812345678"


def test_one_person_s_address_never_receives_another_s_answers(
    town: Town, posted: list[Letter]
) -> None:
    receive("甲", sender=intake.Sender(phone="13812345678", email="thief@example.com"))
    mine = receive("乙", sender=CITIZEN)
    intake.answer(mine, "答复", by=town.acceptor)
    hear()

    assert [x.address for x in posted if x.about == f"contact:{mine.pk}"] == ["13812345678"] * 2
    assert queries.history_of(phone="138-1234-5678")[0].pk == mine.pk


def test_a_blocked_sender_is_turned_away_and_may_be_let_in_again(town: Town) -> None:
    contact = receive()
    (block,) = intake.block(contact.said_by, "骚扰", by=town.duty_leader)
    with pytest.raises(intake.Blocked):
        receive()

    intake.lift(block, by=town.duty_leader)

    assert receive().pk


def test_a_sender_is_forgotten_and_the_matter_stays(town: Town) -> None:
    contact = receive()
    intake.forget(contact, by=None)

    again = Contact.objects.select_related("sender").get(pk=contact.pk)
    assert again.said_by is None
    assert again.words == "路口有垃圾"


def test_photographs_stand_with_the_matter_and_with_its_case(town: Town) -> None:
    from io import BytesIO

    from tests.evidence import files
    from wanmi.evidence import actions as store

    medium = store.store(BytesIO(files.picture()), by=None)
    contact = reported(media=[medium.pk])

    for subject in (f"contact:{contact.pk}", f"case:{contact.case.pk}"):
        assert len(evidence.of_subject(subject)) == 1


def test_the_journal_holds_no_words_and_no_addresses(town: Town, posted: list[Letter]) -> None:
    contact = reported()
    intake.answer(contact, "请稍候", is_final=False, by=town.acceptor)

    told = str([row.data for row in entries.JournalEntry.objects.all()])
    for secret in ("王女士", "13812345678", "请稍候", "路口有垃圾"):
        assert secret not in told


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"words": ""}, "invalid"),
        ({"words": "x\x00"}, "unusable_text"),
        ({"words": "x" * 6000}, "text_too_long"),
        ({"purpose": "gossip"}, "unknown_purpose"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_half_written(
    town: Town, wrong: dict[str, str], refusal: str
) -> None:
    with pytest.raises(Invalid) as error:
        receive(**{"words": "路口有垃圾", **wrong})

    assert error.value.code == refusal
    assert not Contact.objects.exists()


def test_an_unknown_door_is_refused(town: Town) -> None:
    with pytest.raises(intake.UnknownDoor):
        intake.receive("chimney", "ho ho")
