"""A version in force that knows a handful of words, made by hand: no library of learning."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from wanmi.triage.models import Model, State
from wanmi.triage.rules import Weights, packed


def weights(rows: dict[str, dict[str, float]]) -> Weights:
    """Return weights by label and term."""
    labels = tuple(rows)
    terms = sorted({term for words in rows.values() for term in words})
    table = [[rows[label].get(term, 0.0) for label in labels] for term in terms]
    return Weights(
        labels=labels,
        places={term: place for place, term in enumerate(terms)},
        idf=np.ones(len(terms), np.float32),
        weights=np.array(table, np.float32),
        base=np.zeros(len(labels), np.float32),
    )


def teach(**targets: dict[str, dict[str, float]]) -> Model:
    """Put a version in force; by default rubbish is the town's class, a lamp one it lacks."""
    given = targets or {"category": {"event/06001": {"垃圾": 4.0}, "event/09999": {"路灯": 4.0}}}
    # A worker that runs beside the test may have been quicker.
    Model.objects.filter(is_in_force=True).update(is_in_force=False)
    model = Model.objects.create(
        state=State.READY,
        percent=100,
        asked_at=datetime.now(UTC),
        trained_at=datetime.now(UTC),
        weights=packed({name: weights(rows) for name, rows in given.items()}),
        is_in_force=True,
        in_force_since=datetime.now(UTC),
    )
    from wanmi.kernel.remembered import forget_everything

    forget_everything()
    return model
