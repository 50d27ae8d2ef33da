"""What may be done: train a version, put it in force or take it back, keep a judgement."""

from .judging import note
from .keeping import NotTrained, activate, withdraw
from .learning import (
    TrainingAlready,
    ask_training,
    retrain_when_worth_it,
    train,
    train_now,
)

__all__ = [
    "NotTrained",
    "TrainingAlready",
    "activate",
    "ask_training",
    "note",
    "retrain_when_worth_it",
    "train",
    "train_now",
    "withdraw",
]
