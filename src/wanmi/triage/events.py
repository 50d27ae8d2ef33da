"""What happens to suggestions."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ModelEvent(Event):
    """Something about one version of what was learnt."""

    subject_kind = "triage_model"
    id: int


@dataclass(frozen=True)
class ModelTrained(ModelEvent):
    """A version was trained."""

    own_examples: int
    starter_examples: int


@dataclass(frozen=True)
class ModelActivated(ModelEvent):
    """A version came into force in place of another (0: of none)."""

    unsettles = True
    instead_of: int


@dataclass(frozen=True)
class ModelWithdrawn(ModelEvent):
    """A version is no longer in force, and no other is."""

    unsettles = True


@dataclass(frozen=True)
class SuggestionJudged(Event):
    """Somebody took a suggestion (by its place) or chose otherwise (place 0)."""

    subject_kind = "judgement"
    id: int
    model: int
    target: str
    rank: int
