"""What agents may say: searched by everyone at the desk, written by some."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages

from .. import actions, forms, queries, showing
from ..models import Article

duties = organisation.duties
FIELDS = ("title_zh", "words_zh", "title_en", "words_en", "keywords", "is_withdrawn")


@require_safe
@pages.with_duty(duties.TAKE_CALLS)
def articles(request: HttpRequest) -> HttpResponse:
    """Search the articles; who may write sees withdrawn ones too."""
    wanted = pages.line_of(request.GET, "q", 100)
    may_write = scope_in(request).may(duties.EDIT_KNOWLEDGE)
    found = queries.articles(wanted, with_withdrawn=may_write)
    context = {
        "rows": [showing.article(row) for row in found],
        "q": wanted,
        "may_write": may_write,
    }
    return pages.render(request, "hotline/articles.html", context, part="list")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.EDIT_KNOWLEDGE)
def write(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Write a new article, or the next version of one."""
    row = Article.objects.filter(pk=key).first() if key is not None else None
    if key is not None and row is None:
        raise NotFound
    form = forms.article_form({name: getattr(row, name) for name in FIELDS} if row else None)
    if request.method != "POST":
        return _shown(request, row, form)
    given = form.read(request.POST)
    if given is None:
        return _shown(request, row, form, status=422)
    seen = request.POST.get("version", "")
    try:
        actions.write_article(
            actions.Draft(**given),
            article=row,
            version=int(seen) if seen.isascii() and seen.isdigit() else 0,
            by=reader(request),
        )
    except Refused as refusal:
        form.errors.append(pages.sentence(refusal))
        return _shown(request, row, form, status=refusal.status)
    return HttpResponseRedirect(reverse("hotline:articles"))


def _shown(
    request: HttpRequest, row: Article | None, form: forms.SchemaForm, *, status: int = 200
) -> HttpResponse:
    versions = row.versions.select_related("by").order_by("-number") if row else []
    context = {"form": form, "article": row, "versions": versions}
    return pages.render(request, "hotline/article.html", context, status=status)
