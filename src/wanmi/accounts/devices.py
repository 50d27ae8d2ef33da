"""Devices: bound to a person, approved or taken back, and the rule of both."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotFound, Refused
from wanmi.kernel.text import clean_line

from . import events, proofs
from .models import Binding, Device, DeviceRule, DeviceState, User

MOST_DEVICES: Final = 10
LABEL_LENGTH: Final = 120
LONGEST_LOCK_MINUTES: Final = 240
SEEN_EVERY: Final = timedelta(minutes=5)


class DeviceIsRevoked(Refused):
    """This phone was taken off your account; what it kept is deleted."""

    code = "device_revoked"
    status = 410


class DeviceWaits(Refused):
    """This phone waits until an administrator approves it."""

    code = "device_waiting"
    status = 403


class DeviceOfAnother(Conflict):
    """This phone is bound to somebody else."""

    code = "device_of_another"


class TooManyDevices(Conflict):
    """You have %(most)d phones already; take one of them off first."""

    code = "too_many_devices"


class NoSuchDevice(NotFound):
    """There is no such phone, or it was taken off already."""

    code = "no_such_device"


class NotWaiting(Conflict):
    """This phone does not wait for approval."""

    code = "device_not_waiting"


class WrongMinutes(Invalid):
    """The terminal locks itself after 1 to %(most)d minutes."""

    code = "wrong_minutes"


def rule() -> DeviceRule:
    """Return how devices are bound; what is shipped where nobody has set it."""
    return DeviceRule.objects.filter(pk=1).first() or DeviceRule(pk=1)


@journal.deed()
def set_rule(
    *, binding: str, lock_minutes: int, pin_required: bool, by: journal.Actor
) -> DeviceRule:
    """Say how devices are bound from now on; those bound already stay so. Raises WrongMinutes."""
    if not 1 <= lock_minutes <= LONGEST_LOCK_MINUTES:
        raise WrongMinutes(most=LONGEST_LOCK_MINUTES)
    how = Binding(binding).value
    wanted = {"binding": how, "lock_minutes": lock_minutes, "pin_required": pin_required}
    row, _ = DeviceRule.objects.update_or_create(pk=1, defaults=wanted)
    journal.publish(events.DeviceRuleSet(1, how, lock_minutes, pin_required), by=by)
    return row


@journal.deed()
def register(
    user: User,
    jwk: Mapping[str, object],
    *,
    label: str,
    challenge: str,
    signature: str,
    at: datetime | None = None,
) -> Device:
    """Register the device that holds a key, or know it again; it has signed the challenge.

    Raises UnusableKey, WrongProof, DeviceIsRevoked, DeviceOfAnother, TooManyDevices.
    """
    at = at or datetime.now(UTC)
    key = proofs.plain_key(jwk)
    proofs.require_proof(key, challenge, signature)
    known = Device.objects.filter(thumbprint=proofs.thumbprint(key)).first()
    if known is None:
        return _enter(user, key, label, at)
    if known.state == DeviceState.REVOKED:
        raise DeviceIsRevoked
    if known.user_id != user.pk:
        raise DeviceOfAnother
    if at - known.last_seen_at > SEEN_EVERY:
        Device.objects.filter(pk=known.pk).update(last_seen_at=at)
    return known


@journal.deed()
def approve(device: Device, *, by: User) -> Device:
    """Bind a device that waits. Raises NotWaiting."""
    waiting = Device.objects.filter(pk=device.pk, state=DeviceState.WAITING)
    if not waiting.update(state=DeviceState.BOUND, decided_by=by, decided_at=datetime.now(UTC)):
        raise NotWaiting
    journal.publish(events.DeviceApproved(device.user_id, device.pk), by=by)
    return Device.objects.get(pk=device.pk)


@journal.deed()
def revoke(device: Device, *, by: User, reason: str = "") -> Device:
    """Take a device from its person; it is refused from now on and told to empty itself."""
    living = Device.objects.filter(pk=device.pk).exclude(state=DeviceState.REVOKED)
    told = {"decided_by": by, "decided_at": datetime.now(UTC)}
    told |= {"reason": clean_line(reason, max_length=200)}
    if not living.update(state=DeviceState.REVOKED, **told):
        raise NoSuchDevice
    journal.publish(events.DeviceRevoked(device.user_id, device.pk), by=by)
    return Device.objects.get(pk=device.pk)


def state_of(key: int) -> str:
    """Return the state of a device; one that is gone counts as revoked."""
    row = Device.objects.filter(pk=key).values_list("state", flat=True).first()
    return row or DeviceState.REVOKED


def _enter(user: User, key: dict[str, str], label: str, at: datetime) -> Device:
    living = Device.objects.filter(user=user).exclude(state=DeviceState.REVOKED)
    if living.count() >= MOST_DEVICES:
        raise TooManyDevices(most=MOST_DEVICES)
    by_sign_in = rule().binding == Binding.SIGN_IN
    row = Device.objects.create(
        user=user,
        label=clean_line(label, max_length=LABEL_LENGTH),
        public_key=key,
        thumbprint=proofs.thumbprint(key),
        state=DeviceState.BOUND if by_sign_in else DeviceState.WAITING,
        registered_at=at,
        last_seen_at=at,
    )
    journal.publish(events.DeviceRegistered(user.pk, row.pk, row.state), by=user, at=at)
    return row
