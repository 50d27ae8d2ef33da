"""What the search box finds of cases: the cases, the areas they lie in, who handles or reported."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import finding
from wanmi.shell.finding import Line

from . import actions, queries, showing, words
from .models import Case

_SHORTEST_NAME = 2
COMMUNITY_DEPTH = 5
"""How many codes lead to a community: province, city, district, street, community."""


def offer() -> None:
    """Offer what this room finds."""
    duties = organisation.duties
    offered = (
        finding.Finder("cases", _("Cases"), _cases, "case", 10, duties.SEE_CASES, _listed),
        finding.Finder("handled", _("Handled by"), _handled, "case", 20, duties.SEE_CASES),
        finding.Finder("areas", _("Areas"), _areas, "area", 40, duties.SEE_CASES),
        finding.Finder("places", _("Places"), _places, "pin", 45, duties.SEE_CASES),
        finding.Finder(
            "reporters",
            _("Cases of a reporter"),
            _reported,
            "person",
            5,
            duties.SEE_REPORTER,
            recorded=True,
        ),
    )
    for finder in offered:
        finding.offer_finder(finder)


def _cases(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    scope = scope_in(request).whole
    rows = queries.filtered(queries.listed(scope), scope=scope, q=question)
    return map(_line, rows.order_by("-word_index")[:most])


def _handled(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    if len(question) < _SHORTEST_NAME or any(char.isdigit() for char in question):
        return iter(())
    handler = Q(handler__name_zh=question) | Q(handler__name_en__iexact=question)
    rows = queries.listed(scope_in(request).whole).filter(handler, handler__isnull=False)
    return map(_line, rows.order_by("-pk")[:most])


def _areas(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Return divisions and grids of the reader's areas, each leading to its cases."""
    scope = scope_in(request).whole
    if len(question) < _SHORTEST_NAME:
        return
    seen = scope.within(organisation.duties.SEE_CASES, "path")
    for area in geography.search(question).filter(seen)[:most]:
        url = f"{reverse('cases:list')}?{urlencode({'area': area.path})}"
        yield Line(area.name, url, area.code, area.get_kind_display())


def _places(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    """Return roads, door plates and other named places; each leads to it on the map."""
    scope = scope_in(request).whole
    if len(question) < _SHORTEST_NAME or question.isdigit():
        return
    seen = scope.within(organisation.duties.SEE_CASES)
    for place in geography.places_named(question, seen, limit=most):
        asked = {"area": _around(place.area_path), "at": f"{place.lon:.6f},{place.lat:.6f}"}
        url = f"{reverse('cases:list')}?{urlencode(asked)}"
        name = showing.either(place.name_zh, place.name_en)
        yield Line(name, url, place.code, place.get_kind_display())


def _around(path: str) -> str:
    """Return the community a path lies in, or what of one it holds."""
    return "".join(f"{code}/" for code in path.split("/")[:COMMUNITY_DEPTH] if code)


def _reported(request: HttpRequest, question: str, most: int) -> Iterator[Line]:
    by = reader(request)
    return map(_line, actions.find_by_reporter(scope_in(request).whole, question, by=by, most=most))


def _listed(question: str) -> str:
    return f"{reverse('cases:list')}?{urlencode({'q': question})}"


def _line(case: Case) -> Line:
    name = showing.either(case.category_zh, case.category_en)
    place = f"{case.address} · " if case.address else ""
    return Line(
        f"{case.number} {name}".strip(),
        reverse("cases:case", args=[case.number]),
        f"{place}{case.description}"[:120],
        words.word(words.STATES, case.state),
    )
