"""What clerks have to decide about the public's view, each in their own area."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.intake import queries as matters
from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from .models import Complaint, Release

_DUTY = organisation.duties.ANSWER_CONTACTS


def waiting(scope: organisation.Scope) -> QuerySet[matters.Contact]:
    """Return matters whose reporters agreed to publishing and nobody decided on, newest first."""
    decided = Release.objects.filter(contact=OuterRef("pk"))
    rows = matters.visible(scope).filter(may_publish=True).exclude(state="closed")
    return rows.filter(~Exists(decided)).select_related("case").order_by("-id")


def shown(scope: organisation.Scope) -> QuerySet[Release]:
    """Return what the public sees of a clerk's area, newest first."""
    rows = Release.objects.filter(scope.within(_DUTY), withdrawn_at=None)
    return rows.select_related("contact__case").order_by("-id")


def complaints(scope: organisation.Scope) -> QuerySet[Complaint]:
    """Return the complaints nobody has looked at, oldest first."""
    mine = Release.objects.filter(scope.within(_DUTY))
    rows = Complaint.objects.filter(settled_at=None, release__in=mine)
    return rows.select_related("release__contact").order_by("id")


def may_see_subject(scope: organisation.Scope, subject: str) -> bool:
    """Say whether somebody may see what is attached to a release ("release:12")."""
    row = Release.objects.filter(pk=int(subject.partition(":")[2])).first()
    return row is not None and scope.may(_DUTY, row.area_path)


def register() -> None:
    """Put the publishing desk on the menu."""
    item = menu.Item(
        "publishing",
        _("Publishing"),
        "portal:publishing",
        "shield",
        27,
        _DUTY,
        waiting=_waiting,
        group=_("Cases"),
    )
    menu.register(item)


def _waiting(request: HttpRequest) -> QuerySet[Complaint]:
    scope = menu.scope_of(request)
    return complaints(scope)  # type: ignore[arg-type]  # the organisation's own scope
