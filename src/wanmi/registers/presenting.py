"""The face of proposed changes towards the desk, the drawer of a task, pages and the API."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from wanmi.evidence import queries as evidence
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.queries import Fact

from . import actions, queries, rules, showing
from .models import Part, PartRequest, RequestKind, RequestState


class PartRequestSubject(workflow.Subject):
    """A proposed change as the task of deciding on it is about."""

    name_zh = "部件更新申请"
    name_en = "proposed change of a part"
    model = PartRequest
    related = queries.RELATED
    deed = staticmethod(actions.perform_request_task)

    def lines(self, rows: Iterable[PartRequest]) -> dict[int, tasks.Line]:
        """Return how proposed changes look in a list."""
        found = list(rows)
        places = geography.spoken_of_many(row.area_path for row in found)
        return {
            row.pk: tasks.Line(
                key=row.subject,
                number=row.number or "",
                title=f"{row.get_kind_display()} · {row.name}",
                words=row.reason,
                place=places[row.area_path],
                link=reverse("registers:request", args=[row.number]),
                at=row.proposed_at,
                state=row.get_state_display(),
                sort=gettext("Update of a part"),
                lon=row.lon,
                lat=row.lat,
            )
            for row in found
        }

    def may_see(self, scope: organisation.Scope, row: PartRequest) -> bool:
        """Say whether a person may see a proposed change."""
        return queries.may_see_request(scope, row)

    def facts(self, row: PartRequest) -> list[Fact]:
        """Return what is proposed for which part, why and by whom."""
        return facts_of(row)

    def detail(self, row: PartRequest, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return facts, differences, photographs and both places."""
        context = {"facts": self.facts(row), **told(row), "moments": moments(row)}
        return tasks.Detail(context, "registers/requests/above.html")

    def answer(self, row: PartRequest, scope: organisation.Scope) -> dict[str, Any]:
        """Return the proposed change as the API answers it."""
        return shown(row)


def facts_of(row: PartRequest) -> list[Fact]:
    """Return what is known of a proposed change."""
    place = geography.spoken_of_many([row.area_path])[row.area_path]
    part, owner = row.part, row.owner
    return [
        Fact(gettext("Reference"), row.number or ""),
        Fact(gettext("Proposed"), str(row.get_kind_display())),
        Fact(gettext("Part"), f"{part.name} {part.identifier}" if part else gettext("a new one")),
        Fact(gettext("Class"), f"{row.category.code} {row.category.name}"),
        Fact(gettext("Area"), place),
        Fact(gettext("Reason"), row.reason),
        Fact(gettext("Proposed by"), tasks.person(row.proposed_by)),
        Fact(
            gettext("Decides"),
            tasks.either(owner.name_zh, owner.name_en) if owner else gettext("The centre"),
        ),
    ]


def told(row: PartRequest) -> dict[str, Any]:
    """Return differences, photographs and places, as page and drawer show them."""
    return {
        "row": row,
        "state": row.get_state_display(),
        "differences": differences(row),
        "photographs": photographs(row),
        "points": points(row),
        "center": f"{row.lon:.6f},{row.lat:.6f}",
        "alike": alike(row),
    }


def differences(row: PartRequest) -> list[dict[str, Any]]:
    """Return each field as it was seen, as it is now if that differs, and as proposed."""
    now = queries.now_of(row) if row.state == RequestState.WAITING else dict(row.before)
    changed = rules.changed_meanwhile(row.before, now)
    return [
        {
            "label": showing.WORDS[name],
            "seen": showing.word(name, row.before[name]) if row.before else "",
            "now": showing.word(name, now[name]) if name in changed else "",
            "wanted": showing.word(name, value),
        }
        for name, value in row.after.items()
        if name in showing.WORDS
    ]


def has_changed(row: PartRequest) -> bool:
    """Say whether the part of a waiting request is no longer as it was seen."""
    if row.state != RequestState.WAITING:
        return False
    return bool(rules.changed_meanwhile(row.before, queries.now_of(row)))


def points(row: PartRequest) -> list[dict[str, Any]]:
    """Return the place as it was seen and the one proposed, for the map (degrees CGCS2000)."""
    proposed = {"id": "after", "lon": row.lon, "lat": row.lat, "label": gettext("Proposed place")}
    if row.kind != RequestKind.MOVE:
        return [proposed]
    seen = {"id": "before", **row.before, "phase": "done", "label": gettext("Place so far")}
    return [seen, {**proposed, "phase": "checking"}]


def photographs(row: PartRequest) -> list[dict[str, Any]]:
    """Return the photographs of a proposed change as the media strip shows them."""
    return [_strip(each) for each in evidence.of_subject(row.subject)]


def alike(row: PartRequest) -> list[tuple[Part, float]]:
    """Return parts of the same class close to one that is to be added, with their metres."""
    if row.kind != RequestKind.ADD or row.state != RequestState.WAITING:
        return []
    metres = rules.ALIKE_M
    return queries.nearby(row.lon, row.lat, metres, category=row.category_id, limit=3)


def moments(row: PartRequest) -> list[Any]:
    """Return how a proposed change went, newest first."""
    return tasks.moments(tasks.flow_of(row.subject))


def shown(row: PartRequest) -> dict[str, Any]:
    """Return a proposed change as the API answers it."""
    return {
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "part": row.part.identifier if row.part else None,
        "category": row.category.code,
        "before": row.before,
        "after": row.after,
        "changed_meanwhile": has_changed(row),
        "reason": row.reason,
        "lon": row.lon,
        "lat": row.lat,
        "area_path": row.area_path,
        "owner": row.owner.code if row.owner else None,
        "proposed_by": row.proposed_by.username,
        "proposed_at": row.proposed_at,
        "decided_at": row.decided_at,
        "words": row.words,
    }


def badge_of(row: PartRequest) -> str:
    """Return the kind of badge of a state."""
    kinds = {RequestState.APPROVED: "good", RequestState.REFUSED: "bad"}
    return kinds.get(RequestState(row.state), "")


def _strip(each: evidence.Evidence) -> dict[str, Any]:
    kind = each.content_type.partition("/")[0]
    return {
        "url": each.display_url,
        "thumb": each.thumbnail_url,
        "kind": kind if kind in ("image", "video", "audio") else "file",
        "label": gettext("Photograph of the proposal"),
        "at": each.uploaded_at,
    }
