"""The area switcher: looking at one district, street or community instead of all one's areas."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanmi.geography import queries as geography
from wanmi.kernel.errors import NotAllowed
from wanmi.kernel.remembered import Remembered
from wanmi.shell import menu, pages

from . import duties
from .middleware import SHOWN
from .queries import scope_in
from .scope import Scope

MOST_BELOW = 60
LAND = ("province", "city", "district", "street", "community")


@require_POST
@pages.with_duty()
def show_area(request: HttpRequest) -> HttpResponse:
    """Keep in the session which area to look at; "" is all of one's own. Raises NotAllowed."""
    wanted = request.POST.get("area", "")
    if wanted and not _may_look_at(scope_in(request), wanted):
        raise NotAllowed
    if wanted:
        request.session[SHOWN] = wanted
    else:
        request.session.pop(SHOWN, None)
    # A filter or page of the list before would hide what is shown now.
    return pages.back(request, without=("area", "page", "cursor"))


def choices(request: HttpRequest) -> list[menu.Area]:
    """Return the whole, the areas above the one shown, itself, and those just below it."""
    scope = scope_in(request)
    own = scope.whole.areas(duties.SEE_CASES)
    if not own:
        return []
    here = scope.shown or (own[0] if len(own) == 1 else "")
    above = [path for path in _trail(here) if _is_inside(path, own) and path not in own]
    below = _below([here] if here else list(own))
    if len(below) == 1:  # a city of one district is looked at street by street
        below += _below(below)
    found = [menu.Area("", _whole_name(own), not scope.shown)]
    found += [menu.Area(path, _name(path), path == scope.shown, depth=1) for path in above]
    found += [menu.Area(path, _name(path), depth=2) for path in below if path not in above]
    return found if len(found) > 1 else []


def _may_look_at(scope: Scope, path: str) -> bool:
    # What no code can hold is never asked of the database.
    if not path.isprintable() or not _is_inside(path, scope.whole.areas(duties.SEE_CASES)):
        return False
    names = geography.names_of(path)
    return bool(names) and names[-1].kind in LAND and path.endswith(f"{names[-1].code}/")


def _is_inside(path: str, own: tuple[str, ...]) -> bool:
    return any(path.startswith(held) for held in own)


def _trail(path: str) -> list[str]:
    """Return the paths of an area and all above it, from the top."""
    codes = geography.codes_of(path)
    return ["".join(f"{code}/" for code in codes[:depth]) for depth in range(1, len(codes) + 1)]


def _below(paths: list[str]) -> list[str]:
    """Return the areas of the land just below some, unit grids and duty grids left out."""
    return [child for path in paths for child in _children.get(path, partial(_find_below, path))]


_children: Remembered[str, list[str]] = Remembered()
"""Asked on every page, changed when a city redraws its streets."""


def _find_below(path: str) -> list[str]:
    return [area.path for area in geography.children(path).filter(kind__in=LAND)[:MOST_BELOW]]


def _whole_name(own: tuple[str, ...]) -> str:
    return _name(own[0]) if len(own) == 1 and own[0] else _("All my areas")


def _name(path: str) -> str:
    names = geography.names_of(path)
    return names[-1].name if names else path
