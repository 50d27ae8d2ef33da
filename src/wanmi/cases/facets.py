"""Newest cases of any combination of filters: a page costs a page, also where nothing fits.

An index that goes newest first finds fifty cases of a common kind at once, but
reads a whole city for a rare one. So what lists filter by is also one word per
case (see `facetwords`), and indexes go by area, word and key. A city has some
hundred different words, however many cases: the question leaps from word to
word through the index, keeps those that fit, and takes the newest of each.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from wanmi.organisation import queries as organisation
from wanmi.shell.api import read_cursor

from .facetwords import FacetWord, beginnings, can_be_said, parts
from .filtering import filtered, listed
from .ground import INDEXED, below
from .models import Case

DEEPEST = 1000
"""So many cases of each word are looked through at most; a deeper page streams by key alone."""
MOST_AREAS = 8
_SAID = ("state", "phase", "kind", "source", "urgent")


class Lead(NamedTuple):
    """Where to look: `first`, the head of an index; `rest`, what it leaves to be tested."""

    first: Q
    rest: Q


def newest(
    scope: organisation.Scope, wanted: Mapping[str, Any], *, upto: int, cursor: str = ""
) -> QuerySet[Case]:
    """Return rows of a person's list among which the first `upto` by falling key are.

    `wanted` are the filters of `filtering.filtered`, `cursor` the end of the page
    before. Where the indexes by word answer, there are hardly more rows than
    asked for; where they do not, these are all that fit.
    """
    leads = _leads(scope, wanted) if _is_answered(wanted) and upto <= DEEPEST else []
    if not 0 < len(leads) <= MOST_AREAS:
        return filtered(listed(scope, mine=bool(wanted.get("mine"))), scope=scope, **wanted)
    if not can_be_said(wanted):
        return Case.objects.none()
    rows = filtered(Case.objects.all(), scope=scope, **_others(wanted))
    if cursor:
        rows = rows.filter(pk__lt=read_cursor(cursor))
    texts, given = [], []
    for lead in leads:
        text, values = _keys(lead, rows, wanted, upto)
        texts.append(f"SELECT id FROM ({text}) AS found")  # noqa: S608  # the ORM's own statements
        given += values
    return Case.objects.filter(pk__in=RawSQL(" UNION ALL ".join(texts), given))  # noqa: S611


def _is_answered(wanted: Mapping[str, Any]) -> bool:
    """Say whether words narrow a list: not what everybody sees, a search, or one's own."""
    if wanted.get("mine") or wanted.get("q"):
        return False
    return any(wanted.get(name) not in (None, "") for name in (*_SAID, "category", "department"))


def _others(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters that neither a word nor the head of an index answers."""
    answered = {*_SAID, "open", "area", "category" if wanted.get("category") else "department"}
    return {name: value for name, value in wanted.items() if name not in answered}


def _leads(scope: organisation.Scope, wanted: Mapping[str, Any]) -> list[Lead]:
    """Return where to look, one for each area; none where an area has no index."""
    leads = []
    for path in _paths(scope, wanted.get("area") or ""):
        if len(path) > INDEXED[-1] or (len(path) > INDEXED[0] and len(path) not in INDEXED):
            return []
        leads.append(_lead(path, wanted))
    return leads


def _paths(scope: organisation.Scope, area: str) -> list[str]:
    """Return the areas of the reader that lie in the area asked for."""
    paths = scope.areas(organisation.duties.SEE_CASES)
    if any(area.startswith(path) for path in paths):
        return [area]
    return [path for path in paths if path.startswith(area)]


def _lead(path: str, wanted: Mapping[str, Any]) -> Lead:
    place = below(path)
    if code := wanted.get("department") if not wanted.get("category") else None:
        body = organisation.body_by_code(code)
        return Lead(Q(department_id=body.pk if body else -1), place)
    first, rest = (place, Q()) if len(path) in INDEXED else (Q(), place)
    return Lead(
        first & Q(category_code=wanted["category"]) if wanted.get("category") else first, rest
    )


def _keys(
    lead: Lead, rows: QuerySet[Case], wanted: Mapping[str, Any], upto: int
) -> tuple[str, list[Any]]:
    """Return the statement that gives the keys, and what fills it."""
    worded = Case.objects.filter(lead.first).annotate(word=FacetWord())
    words = worded.order_by("word").values("word")
    after = words.filter(word__gt=RawSQL("known.word", ()))
    said = rows.filter(lead.first, lead.rest).alias(word=FacetWord())
    some = said.filter(word=RawSQL("fitting.word", ())).order_by("-pk").values("id")
    pieces = [
        _sql(words[:1]),
        _sql(after[:1]),
        _fitting(wanted, rows.db),
        _sql(some[:upto]),
    ]
    form = _ON_SQLITE if connections[rows.db].vendor == "sqlite" else _ON_POSTGRESQL
    text = (_LEAPS + form).format(*(text for text, _ in pieces), upto=upto)
    return text, [value for _, values in pieces for value in values]


_LEAPS = """WITH RECURSIVE known(word) AS (
SELECT word FROM ({0}) AS lowest UNION ALL SELECT ({1}) FROM known WHERE known.word IS NOT NULL
), fitting AS (SELECT word FROM known WHERE word IS NOT NULL{2}) """
_ON_SQLITE = """SELECT near.id FROM fitting CROSS JOIN cases_case AS near WHERE near.id IN ({3})
ORDER BY near.id DESC LIMIT {upto}"""
_ON_POSTGRESQL = """SELECT near.id FROM fitting CROSS JOIN LATERAL ({3}) AS near
ORDER BY near.id DESC LIMIT {upto}"""


def _fitting(wanted: Mapping[str, Any], alias: str) -> tuple[str, list[str]]:
    """Return the conditions of a word that fits."""
    find = "instr" if connections[alias].vendor == "sqlite" else "strpos"
    said = parts(wanted)
    text = "".join(f" AND {find}(word, %s) > 0" for _ in said)
    heads = beginnings(wanted)
    if heads:
        text += f" AND ({' OR '.join([f'{find}(word, %s) = 1'] * len(heads))})"
    return text, [*said, *heads]


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    text, given = rows.query.get_compiler(using=rows.db).as_sql()
    return text, list(given)
