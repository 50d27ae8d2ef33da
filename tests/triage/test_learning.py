"""Training a version, putting it in force, going back, and what people make of suggestions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tests import town as towns
from tests.suggesting import teach
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.journal.models import JournalEntry
from wanmi.triage import actions, examples, queries, starter, training
from wanmi.triage.models import Judgement, Model, State
from wanmi.triage.rules import Told

SAID = queries.Report("路口有一堆垃圾", *towns.INSIDE, towns.MONDAY_MORNING, towns.STREET)


def _examples() -> list[examples.Example]:
    """Return some starter sentences of four classes and decisions with departments."""
    some = {"event/06010", "event/06013", "part/01037", "part/01002"}
    return [
        examples.Example(
            Told(f"{each.words}{turn}", category=each.category),
            {"category": each.category, "department": "", "urgency": "urgent" if n % 5 else "x"},
            is_own=False,
        )
        for turn in "甲乙丙"
        for n, each in enumerate(starter.sentences())
        if each.category in some
    ]


def test_a_training_is_repeatable_and_beats_the_commonest_class() -> None:
    first = training.learn(_examples(), seed=7, before={})
    second = training.learn(_examples(), seed=7, before=first.weights)

    figures = first.figures["category"]
    assert figures.accuracy > figures.baseline
    assert figures.measured_on == "starter"
    assert second.figures["category"].accuracy == figures.accuracy
    assert second.figures["category"].before == 1.0
    assert "department" not in first.weights, "nothing is suggested from nothing"


def test_what_cases_teach_is_masked_and_counted_once(town: towns.Town) -> None:
    for _ in range(2):
        case = cases.report(
            "垃圾没人清，电话13812345678",
            lon=towns.INSIDE[0],
            lat=towns.INSIDE[1],
            kind="event",
            category="06001",
            by=town.supervisor,
        )
        Case.objects.filter(pk=case.pk).update(
            filed_at=datetime.now(UTC), department=town.sanitation
        )

    own = [each for each in examples.gather().examples if each.is_own]

    assert [each.told.words for each in own] == ["垃圾没人清，电话138****5678"]
    assert own[0].labels == {
        "category": "event/06001",
        "department": town.sanitation.code,
        "urgency": "ordinary",
    }


def test_suggestions_come_with_percent_and_reason(town: towns.Town) -> None:
    teach()

    advice = queries.advice(SAID)

    assert [each.label for each in advice.category] == ["event/06001"], "gone classes are left out"
    assert 90 < advice.category[0].percent <= 99
    assert advice.category[0].because == ("垃圾",)
    assert not advice.department


def test_nothing_is_suggested_without_a_version_or_without_words(town: towns.Town) -> None:
    assert not queries.advice(SAID).category
    teach()
    assert not queries.advice(queries.Report("  ")).category


def test_one_version_is_in_force_and_one_can_go_back(town: towns.Town) -> None:
    older = teach()
    newer = Model.objects.create(state=State.READY, asked_at=datetime.now(UTC), weights=b"-")

    actions.activate(newer, by=town.admin)
    actions.activate(older, by=town.admin)

    assert queries.in_force() == older
    kinds = [row.kind for row in JournalEntry.objects.filter(kind__startswith="triage.")]
    assert kinds == ["triage.ModelActivated"] * 2
    actions.withdraw(older, by=town.admin)
    assert queries.in_force() is None
    assert not queries.advice(SAID).category, "at once in this process"


def test_what_is_not_trained_cannot_be_put_in_force(town: towns.Town) -> None:
    waiting = actions.ask_training(by=town.admin)

    with pytest.raises(actions.NotTrained):
        actions.activate(waiting, by=town.admin)
    with pytest.raises(actions.TrainingAlready):
        actions.ask_training(by=town.admin)
    later = datetime.now(UTC) + timedelta(hours=2)
    assert actions.ask_training(by=town.admin, at=later).pk != waiting.pk


@pytest.mark.parametrize(("accuracy", "comes_into_force"), [(0.9, True), (0.7, False)])
def test_a_worse_version_never_comes_into_force_by_itself(
    town: towns.Town, monkeypatch: pytest.MonkeyPatch, accuracy: float, comes_into_force: bool
) -> None:
    old = teach()

    def learnt(model: Model) -> None:
        model.state, model.weights = State.READY, b"-"
        model.figures = {"category": {"accuracy": accuracy, "before": 0.8}}
        model.save()

    monkeypatch.setattr("wanmi.triage.actions.learning._train", learnt)
    asked = actions.ask_training(by=None)
    actions.train({"model": asked.pk})

    assert (queries.in_force() == asked) is comes_into_force
    assert (queries.in_force() == old) is not comes_into_force


def test_taking_and_correcting_are_kept_masked_and_journalled(town: towns.Town) -> None:
    model = teach(category={"event/06001": {"垃圾": 4.0}, "event/09999": {"路灯": 4.0}})
    said = queries.Report("垃圾，电话13812345678", at=towns.MONDAY_MORNING)

    taken = actions.note(said, {"category": "event/06001"}, model=model.pk, by=town.acceptor)
    corrected = actions.note(said, {"category": "event/00000"}, model=model.pk, by=town.acceptor)
    stale = actions.note(said, {"category": "event/06001"}, model=999, by=town.acceptor)

    assert [row.rank for row in taken + corrected] == [1, 0]
    assert stale == []
    assert Judgement.objects.first().words == "垃圾，电话138****5678"
    entry = JournalEntry.objects.filter(kind="triage.SuggestionJudged").first()
    assert entry.data["rank"] == 1
    assert "垃圾" not in str(entry.data)
    judged = {each.label: each for each in queries.judged("category")}
    assert (judged["event/06001"].first, judged["event/00000"].corrected) == (1, 1)


def test_the_city_retrains_when_enough_is_new(
    town: towns.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach()
    monkeypatch.setattr("wanmi.triage.queries.new_lessons", lambda model: 199)
    actions.retrain_when_worth_it({})
    assert queries.in_training() is None

    monkeypatch.setattr("wanmi.triage.queries.new_lessons", lambda model: 200)
    actions.retrain_when_worth_it({})
    actions.retrain_when_worth_it({})

    assert Model.objects.filter(state=State.ASKED).count() == 1


def test_the_command_trains_and_reports(
    town: towns.Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [each for each in _examples() if each.labels["category"] != "part/01002"]
    monkeypatch.setattr(examples, "gather", lambda: examples.Gathered(few, 0))

    call_command("triage", "train", "--activate")
    trained = capsys.readouterr().out
    call_command("triage", "report")

    assert queries.in_force() is not None
    assert capsys.readouterr().out == trained
    assert "event/06010" in trained
    assert "→" in trained
