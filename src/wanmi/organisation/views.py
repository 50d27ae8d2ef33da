"""Bodies, posts, people and roles; for who looks after people, also changing them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from wanmi.accounts.queries import User, reader
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Refused
from wanmi.shell import pages, tables

from . import browsing, deputies, duties, queries
from .models import Body, BodyKind, Role
from .queries import scope_in
from .scope import Scope

SEARCH_LENGTH = 60


@require_safe
@pages.with_duty(duties.SEE_CASES)
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Show the bodies of the reader's area, and those above it, as a tree."""
    kind = request.GET.get("kind", "")
    wanted = {
        "q": pages.line_of(request.GET, "q", SEARCH_LENGTH),
        "kind": kind if kind in BodyKind.values else "",
    }
    scope, branches = scope_in(request), browsing.tree(scope_in(request), **wanted)
    # The widest area in sight is the whole one: bodies above are always shown.
    whole = min((branch.body.area_path for branch in branches), key=len, default="")
    context = {
        "branches": branches,
        "wanted": wanted,
        "kinds": BodyKind.choices,
        "may_edit": scope.may(duties.EDIT_PEOPLE, whole),
        "found_url": _url_of("upkeep:matter", "bodies") if scope.may(duties.EDIT_PEOPLE) else "",
    }
    return pages.render(request, "organisation/bodies.html", context, part="list")


@require_safe
@pages.with_duty(duties.SEE_CASES)
def body(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a body with its posts and people."""
    row = browsing.body_of(scope_in(request), code)
    return pages.render(request, "organisation/body.html", body_context(request, row))


@require_safe
@pages.with_duty(duties.SEE_CASES)
def people(request: HttpRequest) -> HttpResponseBase:
    """Look people up by name, sign-in name, post or body, in the reader's area."""
    words = pages.line_of(request.GET, "q", SEARCH_LENGTH)
    rows = browsing.people(scope_in(request), q=words)
    context = {"page": tables.take(rows, tables.page_number(request)), "q": words}
    return pages.render(request, "organisation/people.html", context, part="rows")


@require_safe
@pages.with_duty()
def person(request: HttpRequest, username: str) -> HttpResponseBase:
    """Show a person: the posts they hold, and what these let them see and do."""
    user = browsing.person_of(scope_in(request), username)
    return pages.render(request, "organisation/person.html", person_context(request, user))


@require_safe
@pages.with_duty()
def myself(request: HttpRequest) -> HttpResponseBase:
    """Say to the reader why they may see what they see."""
    user = reader(request)
    return pages.render(request, "organisation/person.html", person_context(request, user))


@require_safe
@pages.with_duty(duties.SEE_CASES)
def roles(request: HttpRequest) -> HttpResponseBase:
    """List the roles with what each lets people do."""
    return pages.render(request, "organisation/roles.html", {"roles": browsing.roles()})


def body_context(request: HttpRequest, row: Body, **more: Any) -> dict[str, Any]:
    """Return what the page of a body shows."""
    scope = scope_in(request)
    may_edit = scope.may(duties.EDIT_PEOPLE, row.area_path)
    return {
        "body": row,
        "area_names": [area.name for area in geography.names_of(row.area_path)],
        "posts": browsing.posts_of(row),
        "may_edit": may_edit,
        "edit_url": _url_of("upkeep:item", "bodies", row.code) if may_edit else "",
        "post_url": _url_of("upkeep:item", "posts", "0").removesuffix("0"),
        "roles": [(each.code, each.name) for each in Role.objects.all()] if may_edit else [],
        **more,
    }


def person_context(request: HttpRequest, user: User, **more: Any) -> dict[str, Any]:
    """Return what the page of a person shows."""
    scope = scope_in(request)
    rows = browsing.appointments_of(user)
    held = [row for row in rows if not browsing.is_over(row)]
    names = geography.names_of_many({row.post.area_path for row in held})
    may_edit = bool(held) and all(scope.may(duties.EDIT_PEOPLE, row.post.area_path) for row in held)
    return {
        "person": user,
        "is_self": user.pk == scope.user_id,
        "held": [
            {
                "row": row,
                "area": [area.name for area in names[row.post.area_path]],
                "duties": browsing.in_words(row.post.role.duties),
            }
            for row in held
        ],
        "past": [row for row in rows if browsing.is_over(row)],
        "may_edit": may_edit,
        "leaving_url": _url_of("procedures:leaving", user.username)
        if may_edit and user.pk != scope.user_id
        else "",
        "may_view": _may_view(scope, user),
        "deputies_url": reverse("organisation:deputies", args=[user.username])
        if user.pk == scope.user_id or any(deputies.may_name(scope, row) for row in held)
        else "",
        "rights_url": reverse("organisation:rights", args=[user.username])
        if scope.may(duties.EDIT_PEOPLE)
        else "",
        "back": reverse("organisation:bodies") if scope.may(duties.SEE_CASES) else "/",
        **more,
    }


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], error: Refused
) -> HttpResponse:
    """Answer a page with the refusal on top of it."""
    told = context | {"error": pages.sentence(error)}
    return pages.render(request, template, told, status=error.status)


def _may_view(scope: Scope, user: User) -> bool:
    needed = (duties.EDIT_PEOPLE, duties.SEE_CASES)
    return user.pk != scope.user_id and all(queries.may_everywhere(scope, each) for each in needed)


def _url_of(name: str, *args: str) -> str:
    """Return the page of an upper room where something is changed, or nothing without that room."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
