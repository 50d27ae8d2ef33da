"""`/me`: the reader's own account, and the forms that change it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from wanmi.kernel.errors import Invalid, Refused
from wanmi.shell import menu, pages
from wanmi.shell.addresses import client_group

from . import actions, queries
from .models import User
from .queries import reader

TOKENS_SHOWN = 50
SECTIONS = ("profile", "password", "tokens", "devices")


class PasswordsDiffer(Invalid):
    """The two new passwords differ; type them again."""

    code = "passwords_differ"


@require_safe
@never_cache
@pages.with_duty()
def me(request: HttpRequest) -> HttpResponse:
    """Show the reader's own account."""
    saved = request.GET.get("saved", "")
    return _page(request, saved=saved if saved in SECTIONS else "")


@require_POST
@pages.with_duty()
def change_profile(request: HttpRequest) -> HttpResponse:
    """Change the own name and how to be reached."""
    sent = {name: request.POST.get(name, "") for name in ("name_zh", "name_en", "phone", "email")}
    return _done(
        request, "profile", lambda: actions.change_profile(reader(request), **sent), sent=sent
    )


@require_POST
@sensitive_post_parameters()
@pages.with_duty()
def change_password(request: HttpRequest) -> HttpResponse:
    """Give oneself a new password; this session goes on, all others end."""
    user, sent = reader(request), request.POST

    def do() -> None:
        if sent.get("new", "") != sent.get("again", ""):
            raise PasswordsDiffer
        actions.change_password(
            user,
            sent.get("current", ""),
            sent.get("new", ""),
            with_tokens=bool(sent.get("with_tokens")),
            address=client_group(request),
        )
        update_session_auth_hash(request, user)

    return _done(request, "password", do)


@require_POST
@never_cache
@pages.with_duty()
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once; nothing that could show it again is kept."""
    label = request.POST.get("label", "")
    try:
        secret = actions.make_token(reader(request), label=label)
    except Refused as refusal:
        return _refused(request, "tokens", refusal, label=label)
    return _page(request, secret=secret)


@require_POST
@pages.with_duty()
def revoke_token(request: HttpRequest, key: int) -> HttpResponse:
    """Take one of the own tokens back."""
    return _done(request, "tokens", lambda: actions.revoke_token_number(key, by=reader(request)))


@require_POST
@pages.with_duty()
def revoke_all_tokens(request: HttpRequest) -> HttpResponse:
    """Take all of the own tokens back."""
    return _done(request, "tokens", lambda: actions.revoke_all_tokens(by=reader(request)))


@require_POST
@pages.with_duty()
def revoke_device(request: HttpRequest, key: int) -> HttpResponse:
    """Take one of the own devices back."""

    def do() -> None:
        row = queries.devices_of(reader(request)).filter(pk=key).first()
        if row is None:
            raise actions.NoSuchDevice
        actions.revoke_device(row, by=reader(request))

    return _done(request, "devices", do)


def _done(
    request: HttpRequest, section: str, do: Callable[[], object], **more: Any
) -> HttpResponse:
    """Do something and show the page again, or the refusal in its section."""
    try:
        do()
    except Refused as refusal:
        return _refused(request, section, refusal, **more)
    return HttpResponseRedirect(f"{reverse('accounts:me')}?saved={section}#{section}")


def _refused(request: HttpRequest, section: str, refusal: Refused, **more: Any) -> HttpResponse:
    told = {"refused": section, "error": pages.sentence(refusal), **more}
    return _page(request, status=refusal.status, **told)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    # As the database has it: a refused form must not show in the page's head.
    person = User.objects.get(pk=reader(request).pk)
    tokens = queries.tokens_of(person)
    count = tokens.count()
    context = {
        "person": person,
        "sent": _facts(person),
        "tokens": tokens[:TOKENS_SHOWN],
        "tokens_count": count,
        "tokens_hidden": max(0, count - TOKENS_SHOWN),
        "devices": queries.devices_of(person),
        "token_days": settings.TOKEN_DAYS,
        "posts_url": menu.url_of("organisation:myself"),
        "record_url": menu.url_of("cases:record"),
        **more,
    }
    return pages.render(request, "accounts/me.html", context, status=status)


def _facts(person: User) -> dict[str, str]:
    return {name: getattr(person, name) for name in ("name_zh", "name_en", "phone", "email")}
