"""The map layer of parts."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from wanmi.geography import actions as geography
from wanmi.organisation.queries import duties

from .models import Part, PartState

SINGLE_FROM = 16
"""From this zoom on every part is a point of its own."""


class Name(F):
    """The name of a part in the language of whoever asks for the tile."""

    def __init__(self) -> None:
        super().__init__("name_zh")

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Choose the column when the question is put (Any: as Django declares it)."""
        english = (get_language() or "").startswith("en")
        return F("name_en" if english else "name_zh").resolve_expression(*args, **kwargs)


def offer() -> None:
    """Offer the layer `parts`: those that stand, with class, symbol and state."""
    geography.offer_points(
        geography.PointLayer(
            "parts",
            duties.SEE_PARTS,
            _standing,
            properties={
                "id": "identifier",
                "name": Name(),
                "state": "state",
                "symbol": "category__symbol",
                "major": "category__major_code",
            },
            single_from=SINGLE_FROM,
        )
    )


def _standing() -> QuerySet[Part]:
    return Part.objects.exclude(state=PartState.REMOVED)
