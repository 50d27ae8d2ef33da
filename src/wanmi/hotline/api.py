"""The telephone system's door: signed events of calls, and recordings.

Both carry `Wanmi-Timestamp` (seconds since 1970) and `Wanmi-Signature`
(`sha256=` and the HMAC-SHA256 of "<timestamp>.<body>" under the shared secret).
"""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Header, Path, Router, Schema, Status

from wanmi.kernel.text import text_rule

from . import actions

router = Router(tags=["hotline"])

MOST_BYTES = 65_536


class Heard(Schema):
    """How the call stands now; `agent` is the account it was given to, null while it queues."""

    call: str
    state: Annotated[str, Field(examples=["ringing"])]
    agent: str | None
    extension: str | None


class Kept(Schema):
    """The recording as it is kept."""

    medium: int
    received_at: datetime


Moment = Annotated[str, Header(alias="Wanmi-Timestamp")]
Signature = Annotated[str, Header(alias="Wanmi-Signature")]


@router.post("/hotline/events", auth=None, response=Heard, summary="Tell an event of a call")
def events(request: HttpRequest, moment: Moment = "", signature: Signature = "") -> Heard:
    """Take one event of the telephone system: docs/run/hotline.md tells its JSON."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise actions.UnknownEvent(reason="size")
    actions.require_signature(moment, signature, body)
    call = actions.hear(actions.read(body))
    agent = call.agent
    return Heard(
        call=call.outside_id,
        state=call.state,
        agent=agent.username if agent else None,
        extension=actions.extension_of(agent),
    )


@router.post(
    "/hotline/calls/{call}/recording",
    auth=None,
    response={201: Kept},
    summary="Hand in the recording of a call",
)
def recording(
    request: HttpRequest,
    call: Annotated[str, Path(), text_rule(100)],
    moment: Moment = "",
    signature: Signature = "",
) -> Status[Kept]:
    """Keep the audio in the body as evidence of the call; the same one is refused twice."""
    with actions.signed_file(request, moment, signature) as file:
        medium = actions.keep_recording(call, file, signature)
    return Status(201, Kept(medium=medium.pk, received_at=medium.uploaded_at))
