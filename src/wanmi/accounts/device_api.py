"""Devices over HTTP: a terminal shows which one it is; people see and take back their own."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import RowKey, text_rule
from wanmi.shell.api import Problem

from . import devices, proofs, queries
from .binding import CHALLENGE, DEVICE
from .models import Device

router = Router(tags=["accounts"])


class NoSession(Invalid):
    """A device is bound in a browser that is signed in, not with a token."""

    code = "no_session"


class ChallengeOut(Schema):
    """What the device has to sign next."""

    challenge: str


class PublicKey(Schema):
    """A public key as JWK (RFC 7517), curve P-256."""

    kty: Annotated[str, text_rule(4)] = "EC"
    crv: Annotated[str, text_rule(8)] = "P-256"
    x: Annotated[str, text_rule(48)]
    y: Annotated[str, text_rule(48)]


class DeviceIn(Schema):
    """A device that shows that it holds its key; the signature is base64url, r and s."""

    public_key: PublicKey
    label: Annotated[str, text_rule(120, multiline=False), Field(examples=["Android, Chrome 130"])]
    signature: Annotated[str, text_rule(100)]


class DeviceOut(Schema):
    """A device of a person, and what the rule asks of it. Times are UTC."""

    id: int
    label: str
    state: str = Field(examples=["bound"])
    registered_at: datetime
    last_seen_at: datetime


class BoundOut(DeviceOut):
    """This device, and how it locks itself."""

    lock_minutes: int
    pin_required: bool


@router.post("/devices/challenge", response=ChallengeOut)
def challenge(request: HttpRequest) -> dict[str, str]:
    """Give what this browser's device has to sign; it counts once."""
    _require_session(request)
    request.session[CHALLENGE] = said = proofs.new_challenge()
    return {"challenge": said}


@router.post("/devices", response={200: BoundOut, 410: Problem})
def register(request: HttpRequest, given: DeviceIn) -> dict[str, Any]:
    """Register this browser's device, or know it again; the session is its own from now on."""
    _require_session(request)
    said = request.session.pop(CHALLENGE, "")
    row = devices.register(
        queries.reader(request),
        given.public_key.dict(),
        label=given.label,
        challenge=said,
        signature=given.signature,
    )
    request.session[DEVICE] = row.pk
    rule = devices.rule()
    more = {"lock_minutes": rule.lock_minutes, "pin_required": rule.pin_required}
    return shown(row) | more


@router.get("/me/devices", response=list[DeviceOut])
def own(request: HttpRequest) -> list[dict[str, Any]]:
    """List the devices bound to you."""
    return [shown(row) for row in queries.devices_of(queries.reader(request))]


@router.delete("/me/devices/{key}", response={204: None})
def revoke_own(request: HttpRequest, key: RowKey) -> Status[None]:
    """Take one of your own devices back."""
    row = queries.devices_of(queries.reader(request)).filter(pk=key).first()
    if row is None:
        raise devices.NoSuchDevice
    devices.revoke(row, by=queries.reader(request))
    return Status(204, None)


def shown(row: Device) -> dict[str, Any]:
    """Return a device as the API shows it."""
    return {name: getattr(row, name) for name in DeviceOut.model_fields}


def _require_session(request: HttpRequest) -> None:
    if request.headers.get("Authorization"):
        raise NoSession
