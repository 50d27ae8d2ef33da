"""Offering map layers, and keeping the counts of layers of points."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from wanmi.journal import actions as journal

from .. import counting, layers, point_tiles
from ..layers import Layer, PointLayer
from ..models import KeptLayer

KEEP_JOB = "geography.keep_counts"
KEEP_EVERY_SECONDS = 60


def offer_layer(layer: Layer) -> None:
    """Offer a layer under `/tiles/<name>/…`; called when the room gets ready."""
    layers.put(layer)


def offer_points(layer: PointLayer) -> None:
    """Offer a layer of points: gathered at low zoom, single at high zoom."""
    layers.put_points(layer, point_tiles.source(layer))


@transaction.atomic
def rebuild_points(name: str, *, at: datetime | None = None) -> int:
    """Count a kept layer anew and keep it from now on; return how many points it has."""
    moment = at or datetime.now(UTC)
    counted = counting.rebuild(layers.points_named(name), moment)
    KeptLayer.objects.update_or_create(layer=name, defaults={"counted_at": moment})
    return counted


@transaction.atomic
def recount_points(name: str, cells: Iterable[int | None], *, at: datetime | None = None) -> int:
    """Recount where points of a kept layer came, went or changed; give old and new cells.

    Does nothing while the layer has not been counted as a whole. Returns how
    many cells of the finest level were counted.
    """
    if not KeptLayer.objects.select_for_update().filter(pk=name).exists():
        return 0
    layer, moment = layers.points_named(name), at or datetime.now(UTC)
    return counting.recount(layer, (cell for cell in cells if cell is not None), moment)


def keep_counts(*, at: datetime | None = None) -> None:
    """Count layers never counted, and recount where lamps turned since the last time."""
    moment = at or datetime.now(UTC)
    for layer in layers.kept():
        counted_at = KeptLayer.objects.filter(pk=layer.name).values_list("counted_at", flat=True)
        since = counted_at.first()
        if since is None:
            rebuild_points(layer.name, at=moment)
        elif layer.turned is not None:
            _follow_clock(layer, since, moment)


@transaction.atomic
def _follow_clock(layer: PointLayer, since: datetime, until: datetime) -> None:
    if layer.turned is None:
        return
    recount_points(layer.name, layer.turned(since, until), at=until)
    KeptLayer.objects.filter(pk=layer.name).update(counted_at=until)


def _keep(payload: dict[str, Any]) -> None:
    keep_counts()


journal.offer_job(KEEP_JOB, _keep, every_seconds=KEEP_EVERY_SECONDS)

__all__ = [
    "Layer",
    "PointLayer",
    "keep_counts",
    "offer_layer",
    "offer_points",
    "rebuild_points",
    "recount_points",
]
