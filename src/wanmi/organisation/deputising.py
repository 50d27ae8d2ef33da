"""The page on which somebody names deputies for a person's posts, and takes that back."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import User, reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm, pieces

from . import actions, browsing, deputies, duties
from .models import Appointment, Deputy
from .queries import held_by, scope_in

DAY = {"type": "string", "format": "date"}


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty()
def deputising(request: HttpRequest, username: str) -> HttpResponse:
    """Show who stands in for a person and for whom they do; name one more."""
    person = browsing.person_of(scope_in(request), username)
    posts = _posts(request, person)
    form = _form(posts)

    def do(given: dict[str, Any]) -> dict[str, Any]:
        appointment, user = _chosen(given, posts)
        row = actions.name_deputy(
            appointment,
            user,
            given["works"],
            first=_day(given["first"]),
            last=_day(given["last"]),
            note=given.get("note", ""),
            scope=scope_in(request),
            by=reader(request),
        )
        return {"deputy": row.pk}

    done = journal.take_form(request, form, do, by=reader(request))
    if done is not None:
        return HttpResponseRedirect(reverse("organisation:deputies", args=[username]))
    return _page(request, person, posts, form)


@require_POST
@pages.with_duty()
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """End a deputy now."""
    rows = Deputy.objects.select_related("appointment__post__role", "appointment__user")
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotFound
    actions.withdraw_deputy(row, scope=scope_in(request), by=reader(request))
    return pages.back(request)


def _posts(request: HttpRequest, person: User) -> list[Appointment]:
    """Return the posts of a person that work tasks, as far as the reader may hand them over."""
    scope = scope_in(request)
    allowed = [row for row in held_by(person.pk) if deputies.may_name(scope, row)]
    if not allowed and person.pk != scope.user_id:
        raise NotAllowed
    return [row for row in allowed if duties.WORK_TASKS in row.post.role.duties]


def _form(posts: list[Appointment]) -> SchemaForm:
    near = {row.user_id: row for post in posts for row in deputies.candidates(post)}
    people = sorted(near.values(), key=lambda row: row.user.username)
    schema = {
        "type": "object",
        "required": ["post", "person", "works", "first", "last"],
        "properties": {
            "post": _choice(gettext_noop("Post"), [(row.pk, row.post.name) for row in posts]),
            "person": _choice(
                gettext_noop("Deputy"),
                [(row.user_id, f"{row.user.name} · {row.post.body.name}") for row in people],
            ),
            "works": {
                "type": "array",
                "title": gettext_noop("What is handed over"),
                "items": {
                    "type": "string",
                    "oneOf": [
                        {"const": work, "title": str(words)}
                        for work, words in deputies.WORKS.items()
                    ],
                },
                "minItems": 1,
                "x-ui": "checkboxes",
            },
            "first": {
                "type": "string",
                "format": "date",
                "title": gettext_noop("First day of standing in"),
            },
            "last": {
                "type": "string",
                "format": "date",
                "title": gettext_noop("Last day of standing in"),
            },
            "note": pieces.text(gettext_noop("Remark"), 200),
        },
    }
    values: dict[str, Any] = {
        "works": [deputies.DECISIONS],
        "first": f"{timezone.localdate():%Y-%m-%d}",
    }
    if len(posts) == 1:
        values["post"] = posts[0].pk
    return SchemaForm(schema, values=values, prefix="deputy")


def _choice(title: str, choices: list[tuple[int, str]]) -> dict[str, Any]:
    options = [{"const": key, "title": words} for key, words in choices]
    return {"type": "integer", "title": title, "oneOf": options, "x-ui": "select"}


def _chosen(given: dict[str, Any], posts: list[Appointment]) -> tuple[Appointment, User]:
    appointment = next(row for row in posts if row.pk == given["post"])
    near = deputies.candidates(appointment).filter(user_id=given["person"]).first()
    if near is None:
        raise actions.NobodyNear
    return appointment, near.user


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise actions.UnusableDays(days=actions.LONGEST_DAYS) from None


def _page(
    request: HttpRequest, person: User, posts: list[Appointment], form: SchemaForm
) -> HttpResponse:
    scope, today = scope_in(request), timezone.localdate()
    context = {
        "person": person,
        "is_self": person.pk == scope.user_id,
        "form": form if posts else None,
        "named": [_row(row, today) for row in deputies.named_for(person.pk)],
        "held": [_row(row, today) for row in deputies.held_for_others(person.pk)],
        "back": reverse("organisation:person", args=[person.username]),
    }
    status = journal.status_of(form)
    return pages.render(request, "organisation/deputies.html", context, status=status)


def _row(row: Deputy, today: date) -> dict[str, Any]:
    return {
        "row": row,
        "works": [str(words) for work, words in deputies.WORKS.items() if work in row.works],
        "is_lasting": row.withdrawn_at is None and row.valid_to >= today,
        "is_now": row.withdrawn_at is None and row.valid_from <= today <= row.valid_to,
    }
