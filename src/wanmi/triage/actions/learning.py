"""Having a version trained: asked for by a person or by the city's rhythm, done by a worker."""

from datetime import UTC, datetime, timedelta
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from .. import events, examples, queries, serving, training
from ..models import Model, State
from ..rules import packed
from .keeping import activate

JOB = "triage.train"
GIVEN_UP = timedelta(hours=1)
"""A training that was asked for so long ago no longer stands in the way of another."""
WORTH_CASES, WORTH_SHARE = 200, 0.1
"""New cases that make a training worth it: so many, and so large a part of what is known."""


class TrainingAlready(Conflict):
    """A version is being trained already."""

    code = "training_already"


@journal.deed()
def ask_training(*, by: User | None, seed: int = 1, at: datetime | None = None) -> Model:
    """Have a version trained by a worker. Raises TrainingAlready."""
    at = at or datetime.now(UTC)
    running = queries.in_training()
    if running is not None and running.asked_at > at - GIVEN_UP:
        raise TrainingAlready
    model = Model.objects.create(seed=seed, asked_by=by, asked_at=at)
    journal.schedule(JOB, {"model": model.pk}, key=f"{JOB}:{model.pk}")
    return model


def train(payload: dict[str, Any]) -> None:
    """Train the version a job names; one that is trained already stays as it is.

    It comes into force by itself only where none is, or where it is no worse
    than the one in force on the same examples; else a person decides.
    """
    model = Model.objects.defer("weights").get(pk=payload["model"])
    if model.state == State.READY:
        return
    try:
        _train(model)
    except Exception:
        Model.objects.filter(pk=model.pk).update(state=State.FAILED)
        raise
    if model.asked_by_id is None and _is_no_worse(model):
        activate(model, by=None)


def train_now(*, seed: int = 1, at: datetime | None = None) -> Model:
    """Train a version here and now, for the command; it is not put in force."""
    model = Model.objects.create(seed=seed, asked_at=at or datetime.now(UTC))
    _train(model)
    return model


def retrain_when_worth_it(_payload: dict[str, Any]) -> None:
    """Have a version trained where enough cases are new, or where there is none at all."""
    latest = queries.versions().filter(state=State.READY).first()
    known = latest.own_examples if latest is not None else 0
    enough = max(WORTH_CASES, int(known * WORTH_SHARE)) if latest is not None else 0
    if latest is not None and queries.new_lessons(latest) < enough:
        return
    running = queries.in_training()
    if running is None or running.asked_at <= datetime.now(UTC) - GIVEN_UP:
        ask_training(by=None)


def _train(model: Model) -> None:
    _tell(model, 5)
    gathered = examples.gather()
    _tell(model, 20)
    learnt = training.learn(
        gathered.examples,
        seed=model.seed,
        before=serving.weights_of(serving.version_in_force()),
        tell=lambda percent: _tell(model, percent),
    )
    own = sum(each.is_own for each in gathered.examples)
    model.own_examples, model.starter_examples = own, len(gathered.examples) - own
    model.newest_case = gathered.newest_case
    model.figures = {name: each.as_json() for name, each in learnt.figures.items()}
    model.weights = packed(learnt.weights)
    _keep(model)


@journal.deed()
def _keep(model: Model) -> None:
    model.state, model.percent, model.trained_at = State.READY, 100, datetime.now(UTC)
    model.save()
    event = events.ModelTrained(model.pk, model.own_examples, model.starter_examples)
    journal.publish(event, by=model.asked_by)


def _tell(model: Model, percent: int) -> None:
    # An update of its own, so that the page sees it while the training runs.
    Model.objects.filter(pk=model.pk).update(state=State.RUNNING, percent=percent)


def _is_no_worse(model: Model) -> bool:
    if queries.in_force() is None:
        return True
    figures = model.figures.get("category")
    before = figures.get("before") if figures else None
    return before is not None and figures["accuracy"] >= before
