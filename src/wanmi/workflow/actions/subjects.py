"""Hooks filled by upper rooms: the city's calendar, and who keeps what lies over a subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wanmi.kernel.workcalendar import Calendar

from ..models import Adjustment, AdjustmentState, Clock, Instance, Urge, UrgeKind

_calendar: Callable[[], Calendar] = Calendar


def use_calendar(ask: Callable[[], Calendar]) -> None:
    """Say where the working calendar comes from."""
    global _calendar  # one calendar for the whole process
    _calendar = ask


def calendar() -> Calendar:
    """Return the city's working calendar."""
    return _calendar()


@dataclass(frozen=True)
class Overlays:
    """What lies over a subject now, beside its state, and its deadline."""

    is_suspended: bool
    is_supervised: bool
    is_urged: bool
    has_request: bool
    due_at: datetime | None
    warn_at: datetime | None


_overlays: dict[str, Callable[[str, Overlays], None]] = {}


def offer_overlays(kind: str, keep: Callable[[str, Overlays], None]) -> None:
    """Say who keeps the overlays of a kind of subject, in the transaction of the deed."""
    _overlays[kind] = keep


def tell_overlays(instance: Instance) -> None:
    """Tell the subject's room what lies over it now."""
    keep = _overlays.get(instance.subject.partition(":")[0])
    if keep is not None:
        keep(instance.subject, _overlays_of(instance))


def _overlays_of(instance: Instance) -> Overlays:
    adjustments = Adjustment.objects.filter(instance=instance)
    running = Clock.objects.filter(instance=instance, level="stage", stopped_at__isnull=True)
    clock = running.order_by("-id").first()
    urges = Urge.objects.filter(instance=instance)
    return Overlays(
        is_suspended=adjustments.filter(kind="suspension", state=AdjustmentState.APPROVED).exists(),
        is_supervised=urges.filter(kind=UrgeKind.SUPERVISE, replied_at__isnull=True).exists(),
        is_urged=urges.exists(),
        has_request=adjustments.filter(state=AdjustmentState.PENDING).exists(),
        due_at=clock.due_at if clock else None,
        warn_at=clock.warn_at if clock else None,
    )
