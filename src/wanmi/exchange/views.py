"""Keys of programs: who holds one, giving one, taking one back."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from . import actions, queries

KEEPERS = organisation.duties.EDIT_PEOPLE


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(KEEPERS)
def keys(request: HttpRequest) -> HttpResponse:
    """Show the keys; give a program a new one, which is shown just once."""
    if request.method != "POST":
        return _shown(request)
    name, contact = (request.POST.get(field, "") for field in ("name", "contact"))
    try:
        row, key = actions.issue_key(name, contact=contact, by=reader(request))
    except Refused as refusal:
        said = {"error": pages.sentence(refusal), "name": name, "contact": contact}
        return _shown(request, said, status=refusal.status)
    response = _shown(request, {"issued": key, "issued_to": row.name})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@pages.with_duty(KEEPERS)
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a key back."""
    row = next((each for each in queries.client_keys() if each.pk == key), None)
    if row is None:
        raise NotFound
    actions.revoke_key(row, by=reader(request))
    return HttpResponseRedirect(reverse("exchange:keys"))


def _shown(
    request: HttpRequest, said: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    context = {"keys": queries.client_keys(), **(said or {})}
    return pages.render(request, "exchange/keys.html", context, status=status)
