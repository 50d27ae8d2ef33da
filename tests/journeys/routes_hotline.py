"""The addresses of the hotline; the scene's call is of another agent, in the first street."""

from __future__ import annotations

from tests.journeys.routing import ELSEWHERE, form, having, page
from tests.journeys.routing import api as api_route
from wanmi.organisation import duties

HIDDEN_OR_NOT = frozenset({403, 404})
NOT_SIGNED = frozenset({401})
NOBODY_AT_ALL: frozenset[str] = frozenset()
AGENTS = having(duties.TAKE_CALLS)
LEADERS = having(duties.LEAD_SHIFT)
STAFF = AGENTS | LEADERS
WRITERS = having(duties.EDIT_KNOWLEDGE)
DONE = frozenset({200, 302, 409})

HOTLINE = [
    api_route("POST", "hotline/events", NOBODY_AT_ALL, refused=NOT_SIGNED),
    api_route(
        "POST",
        "hotline/calls/{call}/recording",
        NOBODY_AT_ALL,
        url="hotline/calls/x/recording",
        refused=NOT_SIGNED,
    ),
    page("hotline", AGENTS),
    page("hotline/now", AGENTS),
    form("hotline/file", AGENTS, body=lambda scene: {"purpose": "praise", "words": "谢谢"}),
    *(
        form(f"hotline/{name}", AGENTS, body=lambda scene: {"words": "路口有垃圾", "q": "垃圾"})
        for name in ("places", "classes", "near", "answers")
    ),
    form("hotline/state", AGENTS, body=lambda scene: {"state": "ready"}),
    page("hotline/calls", STAFF),
    page(
        "hotline/calls/<int:key>",
        STAFF - {ELSEWHERE},
        url="hotline/calls/{call}",
        refused=HIDDEN_OR_NOT,
    ),
    *(
        form(
            f"hotline/calls/<int:key>/{deed}",
            frozenset({"duty_leader"}),
            url=f"hotline/calls/{{call}}/{deed}",
            refused=HIDDEN_OR_NOT,
            body=lambda scene: {"outcome": "silent", "to": str(scene.town.acceptor.pk)},
        )
        for deed in ("take", "settle", "hand")
    ),
    form(
        "hotline/calls/<int:key>/callback",
        AGENTS - {ELSEWHERE},
        url="hotline/calls/{call}/callback",
        refused=HIDDEN_OR_NOT,
    ),
    *(
        form(
            f"hotline/calls/<int:key>/{deed}",
            LEADERS - {ELSEWHERE},
            url=f"hotline/calls/{{call}}/{deed}",
            refused=HIDDEN_OR_NOT,
        )
        for deed in ("recording", "forget")
    ),
    form(
        "hotline/callbacks/<int:key>",
        AGENTS - {ELSEWHERE},
        url="hotline/callbacks/{callback}",
        refused=HIDDEN_OR_NOT,
        ok=DONE,
        body=lambda scene: {"reached": "yes"},
    ),
    page("hotline/shift", LEADERS),
    form(
        "hotline/shift/<int:key>",
        LEADERS - {ELSEWHERE},
        url="hotline/shift/{agent}",
        refused=HIDDEN_OR_NOT,
        body=lambda scene: {"state": "ready"},
    ),
    page("hotline/rates", LEADERS),
    page("hotline/rates/export", LEADERS),
    page("hotline/rates/<str:code>", LEADERS, url="hotline/rates/answered"),
    page("hotline/rates/<str:code>/export", LEADERS, url="hotline/rates/replied/export"),
    page("hotline/articles", AGENTS),
    page("hotline/articles/new", WRITERS),
    form(
        "hotline/articles/new", WRITERS, body=lambda scene: {"title_zh": "问题", "words_zh": "答复"}
    ),
    page("hotline/articles/<int:key>", WRITERS, url="hotline/articles/{article}"),
    form(
        "hotline/articles/<int:key>",
        WRITERS,
        url="hotline/articles/{article}",
        body=lambda scene: {"title_zh": "问题", "words_zh": "答复", "version": "1"},
        ok=frozenset({302, 409}),
    ),
]
