"""Tokens for programs."""

from django.http import HttpRequest
from ninja import Router, Schema, Status

from . import actions

router = Router(tags=["accounts"])


class Credentials(Schema):
    """What a person signs in with."""

    username: str
    password: str
    label: str = ""


class TokenOut(Schema):
    """A bearer token, shown once."""

    token: str


@router.post("/auth/token", auth=None, response=TokenOut)
def give_token(request: HttpRequest, credentials: Credentials) -> TokenOut:
    """Give a bearer token for a name and password."""
    secret = actions.give_token(
        credentials.username, credentials.password, label=credentials.label[:80]
    )
    return TokenOut(token=secret)


@router.delete("/auth/token", response={204: None})
def revoke_token(request: HttpRequest) -> Status[None]:
    """Take back the token this request carries."""
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    actions.revoke_token(secret, by=request.user)  # type: ignore[arg-type]  # set by ApiAuth
    return Status(204, None)
