"""Which kinds of errand there are."""

from .coworking import CoHandling
from .delegating import Delegation
from .fieldwork import Check, Verification
from .giving import settle
from .instructing import Instruction, offer_noting
from .kinds import offer
from .outside import Outside
from .transferring import Transfer, TransferResult


def offer_errands() -> None:
    """Let every shipped kind of errand be given."""
    for kind in (
        Transfer(),
        Delegation(),
        CoHandling(),
        Outside(),
        Instruction(),
        Verification(),
        Check(),
        TransferResult(),
    ):
        offer(kind, settle)
    offer_noting(settle)
