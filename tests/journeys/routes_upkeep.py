"""The addresses of the administration; what is changed there holds for the whole city."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.routing import EVERYONE, SIGNED_IN, Scene, api, form, having, page
from wanmi.organisation import duties

EDITION = "catalogue/editions/<slug:item>"
HIDDEN = frozenset({404})
CITY_KEEPERS = frozenset({"admin"})
# Who looks after a part of the city finds there what they may; for all of it they change nothing.
SOME_KEEPERS = having(duties.EDIT_PEOPLE, duties.EDIT_PROCEDURES, duties.EDIT_AREAS)
NO_CHANGE = "administration/changes/999999"


def _view(_scene: Scene) -> dict[str, object]:
    return {"name": "急", "filters": {"urgent": "yes"}}


def _no_edition(more: str) -> str:
    return f"catalogue/editions/none{more.replace('<slug:kind>/<slug:code>', 'event/06001')}"


UPKEEP = [
    page("organisation/people", having(duties.SEE_CASES)),
    form(
        "organisation/people/<str:username>/view",
        CITY_KEEPERS,
        url="organisation/people/street/view",
        refused=frozenset({403, 404}),
    ),
    # A person's own page and that of who looks after them: who stands in for whom.
    page(
        "organisation/people/<str:username>/deputies",
        CITY_KEEPERS | {"street"},
        url="organisation/people/street/deputies",
        refused=frozenset({403, 404}),
    ),
    form(
        "organisation/people/<str:username>/deputies",
        CITY_KEEPERS | {"street"},
        url="organisation/people/street/deputies",
        ok=frozenset({422}),
        refused=frozenset({403, 404}),
    ),
    form(
        "organisation/deputies/<int:key>/end",
        frozenset(),
        url="organisation/deputies/999999/end",
        refused=HIDDEN,
    ),
    page(
        "leaving/<str:username>",
        CITY_KEEPERS,
        url="leaving/street",
        refused=frozenset({403, 404}),
    ),
    form(
        "leaving/<str:username>",
        CITY_KEEPERS,
        url="leaving/street",
        refused=frozenset({403, 404}),
    ),
    form("organisation/viewing/end", EVERYONE),
    page(
        "organisation/people/<str:username>/rights",
        CITY_KEEPERS,
        url="organisation/people/street/rights?duty=cases.see",
        refused=frozenset({403, 404}),
    ),
    page("catalogue/editions", CITY_KEEPERS),
    form("catalogue/editions", CITY_KEEPERS, ok=frozenset({409, 422})),
    *(
        page(
            f"catalogue/editions/<slug:item>{more}", CITY_KEEPERS, url=_no_edition(more), ok=HIDDEN
        )
        for more in ("", "/export", "/new", "/<slug:kind>/<slug:code>")
    ),
    *(
        form(
            f"catalogue/editions/<slug:item>{more}", CITY_KEEPERS, url=_no_edition(more), ok=HIDDEN
        )
        for more in ("/import", "/new", "/<slug:kind>/<slug:code>")
    ),
    # Saved views are everybody's own.
    page("views", SIGNED_IN),
    page("views/new", having(duties.SEE_CASES), url="views/new?list=cases", refused=HIDDEN),
    form(
        "views/new",
        having(duties.SEE_CASES),
        body=lambda scene: {"list": "cases", "query": "urgent=yes"},
        refused=HIDDEN,
    ),
    page("views/<int:key>", frozenset(), url="views/999999", refused=HIDDEN),
    form("views/<int:key>", frozenset(), url="views/999999", refused=HIDDEN),
    form("views/<int:key>/drop", frozenset(), url="views/999999/drop", refused=HIDDEN),
    api("GET", "views", SIGNED_IN),
    api(
        "POST",
        "views",
        having(duties.SEE_CASES),
        body=lambda scene: {"list": "cases", "name": "急", "filters": {"urgent": "yes"}},
        ok=frozenset({201, 409}),
    ),
    *(
        api(method, "views/{view_id}", frozenset(), url="views/999999", refused=HIDDEN, **more)
        for method, more in (("PUT", {"body": _view}), ("DELETE", {}))
    ),
    api(
        "PUT",
        "views/{view_id}/first",
        frozenset(),
        url="views/999999/first",
        body=lambda scene: {"opens_first": True},
        refused=HIDDEN,
    ),
    page("organisation/devices", having(duties.EDIT_PEOPLE)),
    form("organisation/devices/rule", CITY_KEEPERS),
    *(
        form(
            f"organisation/devices/<int:key>/{deed}",
            frozenset(),
            url=f"organisation/devices/999999/{deed}",
            refused=frozenset({403, 404}),
        )
        for deed in ("approve", "revoke")
    ),
    page("organisation/import", CITY_KEEPERS),
    form("organisation/import", CITY_KEEPERS),
    api(
        "POST",
        "organisation/import",
        CITY_KEEPERS,
        body=lambda scene: {"file": SimpleUploadedFile("a.csv", b"body\n")},
        form=True,
    ),
    page("organisation/import/example.csv", having(duties.EDIT_PEOPLE)),
    page("administration", SOME_KEEPERS),
    page("administration/changes", SOME_KEEPERS),
    page("administration/changes/<int:key>", frozenset(), url=NO_CHANGE, refused=HIDDEN),
    *(
        form(
            f"administration/changes/<int:key>/{deed}",
            frozenset(),
            url=f"{NO_CHANGE}/{deed}",
            refused=HIDDEN,
        )
        for deed in ("apply", "withdraw", "try", "undo")
    ),
    page("administration/<slug:key>", CITY_KEEPERS, url="administration/roles"),
    page("administration/<slug:key>/<str:item>", CITY_KEEPERS, url="administration/roles/handler"),
    form("administration/<slug:key>", CITY_KEEPERS, url="administration/roles"),
    form("administration/<slug:key>/<str:item>", CITY_KEEPERS, url="administration/roles/handler"),
    api("GET", "administration", SOME_KEEPERS),
    api("GET", "administration/changes", SOME_KEEPERS),
    *(
        api(
            "POST",
            f"administration/changes/{{change_id}}/{deed}",
            frozenset(),
            url=f"{NO_CHANGE}/{deed}",
            body=lambda scene: {},
            refused=HIDDEN,
        )
        for deed in ("apply", "withdraw", "undo")
    ),
    api("GET", "administration/{matter}/{item}", CITY_KEEPERS, url="administration/roles/handler"),
    api(
        "POST",
        "administration/{matter}/{item}",
        CITY_KEEPERS,
        url="administration/roles/handler",
        body=lambda scene: {"content": {"name_zh": "处置员", "name_en": "Handler"}},
        ok=frozenset({201}),
    ),
]
