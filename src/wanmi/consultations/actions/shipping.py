"""The shipped procedures of consultations: their drawings with their forms."""

from typing import Final

CONSULTATION: Final = "consultation"
OPINION: Final = "opinion"
SHIPPED: Final = (CONSULTATION, OPINION)
