"""The page behind the one search box: lines in groups, and suggestions while one types."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import finding, lists, pages

SUGGESTED = 4
SHOWN = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty()
def search(request: HttpRequest) -> HttpResponse:
    """Show what a question finds; sent as a form, personal data is searched and that written down.

    Suggestions (a fragment) never touch personal data: nobody has asked for it yet.
    """
    question = finding.question_of((request.POST or request.GET).get("q", ""))
    if request.method != "POST" and pages.is_partial(request):
        groups = finding.found(request, question, most=SUGGESTED)
        context = {"question": question, "groups": groups}
        return pages.render(request, "shell/search.html", context, part="suggestions")
    recorded = request.method == "POST"
    groups = finding.found(request, question, most=SHOWN)
    if recorded:
        groups = [*finding.found_recorded(request, question, most=SHOWN), *groups]
    whole = {
        "question": question,
        "groups": groups,
        "is_recorded": recorded,
        "views": [] if question else lists.views(request),
        "may_read_persons": finding.may_read_persons(request),
    }
    return pages.render(request, "shell/search.html", whole)
