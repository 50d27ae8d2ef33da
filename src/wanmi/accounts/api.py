"""Tokens for programs, and one's own account."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from wanmi.kernel.text import RowKey, text_rule
from wanmi.shell.addresses import client_group
from wanmi.shell.api import Page, Problem, take_page

from . import actions, queries
from .models import Token, User
from .queries import reader

router = Router(tags=["accounts"])


class Credentials(Schema):
    """What a person signs in with."""

    username: str
    password: str
    label: str = ""


class TokenOut(Schema):
    """A bearer token, shown once."""

    token: str


class MeOut(Schema):
    """One's own account."""

    username: str
    name_zh: str
    name_en: str
    phone: str
    email: str
    language: str
    theme: str


class MeIn(Schema):
    """What may be changed of one's own account; what is left out stays."""

    name_zh: Annotated[str, text_rule(60, multiline=False)] | None = None
    name_en: Annotated[str, text_rule(60, multiline=False)] | None = None
    phone: Annotated[str, text_rule(30, multiline=False)] | None = None
    email: Annotated[str, text_rule(254, multiline=False)] | None = None


class NewPassword(Schema):
    """The current password and the new one; other sessions end."""

    current: str
    new: str
    with_tokens: bool = True


class OwnToken(Schema):
    """One of one's own tokens, never the secret itself. Times are UTC."""

    id: int
    label: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class OwnTokens(Page):
    """A page of tokens, the newest first."""

    items: list[OwnToken]


_TOO_OFTEN = {401: Problem, 423: Problem, 429: Problem}


@router.post("/auth/token", auth=None, response={200: TokenOut, **_TOO_OFTEN})
def give_token(request: HttpRequest, credentials: Credentials) -> TokenOut:
    """Give a bearer token for a name and password."""
    secret = actions.give_token(
        credentials.username,
        credentials.password,
        label=credentials.label[:80],
        address=client_group(request),
    )
    return TokenOut(token=secret)


@router.delete("/auth/token", response={204: None})
def revoke_token(request: HttpRequest) -> Status[None]:
    """Take back the token this request carries."""
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    actions.revoke_token(secret, by=reader(request))
    return Status(204, None)


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> User:
    """Return one's own account."""
    return reader(request)


@router.patch("/me", response=MeOut)
def change_me(request: HttpRequest, wanted: MeIn) -> User:
    """Change one's own name and how to be reached."""
    user = reader(request)
    given = {name: value for name, value in wanted.dict().items() if value is not None}
    kept = {name: getattr(user, name) for name in MeIn.model_fields}
    actions.change_profile(user, **(kept | given))
    return user


@router.post("/me/password", response={204: None, **_TOO_OFTEN})
def change_password(request: HttpRequest, wanted: NewPassword) -> Status[None]:
    """Give oneself a new password; every session ends, and every token unless told otherwise."""
    actions.change_password(
        reader(request),
        wanted.current,
        wanted.new,
        with_tokens=wanted.with_tokens,
        address=client_group(request),
    )
    return Status(204, None)


@router.get("/me/tokens", response=OwnTokens)
def tokens(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> dict[str, Any]:
    """List one's own living tokens; new ones are given for name and password only."""
    return take_page(queries.tokens_of(reader(request)), limit=limit, cursor=cursor, show=_shown)


@router.delete("/me/tokens/{key}", response={204: None})
def revoke_own_token(request: HttpRequest, key: RowKey) -> Status[None]:
    """Take one of one's own tokens back."""
    actions.revoke_token_number(key, by=reader(request))
    return Status(204, None)


def _shown(row: Token) -> dict[str, Any]:
    return {name: getattr(row, name) for name in OwnToken.model_fields}
