"""Why may this person see or do this? The chain post → role → area, or what is missing."""

from collections.abc import Container
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Refused
from wanmi.shell import pages

from . import browsing, deputies, duties, locating
from .models import Appointment
from .queries import scope_in

LONGEST = 60


@dataclass(frozen=True)
class Link:
    """One appointment in the chain, and which of its links hold.

    `holder` is whose it is, where the person stands in for them.
    """

    row: Appointment
    area_names: list[str]
    is_now: bool
    is_used: bool
    has_duty: bool
    is_here: bool
    holder: str = ""

    @property
    def grants(self) -> bool:
        """Whether this post gives the right there."""
        return self.is_now and self.is_used and self.has_duty and self.is_here


@require_safe
@pages.with_duty(duties.EDIT_PEOPLE)
def rights(request: HttpRequest, username: str) -> HttpResponseBase:
    """Explain a person's right by duty and by area or case."""
    user = browsing.person_of(scope_in(request), username)
    duty = request.GET.get("duty", "")
    place = request.GET.get("place", "").strip()[:LONGEST].replace("\x00", "")
    context = {
        "person": user,
        "duties": [(name, str(words)) for name, words in duties.WORDS.items()],
        "duty": duty if duty in duties.WORDS else "",
        "place": place,
    }
    if context["duty"]:
        path = _path(request, place)
        links = chain(user, duty, path) if path is not None else []
        context |= {
            "is_asked": True,
            "words": duties.WORDS[duty],
            "is_unknown": path is None,
            "area_names": [area.name for area in geography.names_of(path)] if path else [],
            "links": links,
            "is_locked": not user.is_active,
            "is_granted": user.is_active and any(link.grants for link in links),
        }
    return pages.render(request, "organisation/rights.html", context, part="answer")


def chain(user: User, duty: str, path: str) -> list[Link]:
    """Return every appointment of a person with what it gives towards a duty at a place.

    An empty path asks whether the duty is held anywhere. Those that grant come first.
    """
    today = timezone.localdate()
    rows = browsing.appointments_of(user)
    given = [row for row in deputies.held_for_others(user.pk) if row.valid_from <= today]
    posts = [row.post for row in [*rows, *(row.appointment for row in given)]]
    names = geography.names_of_many({post.area_path for post in posts})

    def link(row: Appointment, carried: Container[str], holder: str = "") -> Link:
        post = row.post
        return Link(
            row,
            [area.name for area in names[post.area_path]],
            is_now=row.valid_from <= today and not browsing.is_over(row),
            is_used=post.is_active and post.body.is_active,
            has_duty=duty in carried,
            is_here=path.startswith(post.area_path) if path else True,
            holder=holder,
        )

    links = [link(row, row.post.role.duties) for row in rows]
    for each in given:
        row = each.appointment
        carried = deputies.HANDED.intersection(row.post.role.duties)
        links.append(link(row, carried, row.user.name))
    return sorted(links, key=lambda link: not link.grants)


def _path(request: HttpRequest, place: str) -> str | None:
    """Return the area path of a division code or of a thing another room knows."""
    if not place:
        return ""
    found = locating.place_of(scope_in(request), place)
    if found is not None:
        return found
    try:
        return geography.area(place).path
    except Refused:
        return None
