"""Reporting without an account: taken once, joined, refused, followed, rated."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.evidence import files
from tests.intake.test_loop import finish, hear
from tests.town import INSIDE, MONDAY_MORNING, Town
from wanmi.cases import actions as cases
from wanmi.evidence import queries as evidence
from wanmi.evidence.actions import attach, store
from wanmi.evidence.models import Media
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.portal import anonymity, gate, queries, rules
from wanmi.workflow import queries as tasks

SAID = {"words": "路口有垃圾", "purpose": "report", "lon": str(INSIDE[0]), "lat": str(INSIDE[1])}
PICTURE = files.picture()
JSON = {"Accept": "application/json", "Accept-Language": "zh-hans"}


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client(headers=JSON)


def picture(content: bytes | None = None, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or PICTURE, "image/jpeg")


def send(visitor: Client, **more: Any) -> Any:
    return visitor.post("/public/report", SAID | more)


def filed(town: Town) -> Any:
    """Return a case of garbage that the town works on, inside the grid."""
    return cases.report(
        "路口堆放垃圾",
        lon=INSIDE[0],
        lat=INSIDE[1],
        kind="event",
        category="06001",
        by=town.supervisor,
    )


def test_a_report_waits_on_the_acceptors_desk(town: Town, visitor: Client) -> None:
    answer = send(visitor, photographs=picture(), phone="138 1234 5678")

    contact = Contact.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "code": contact.tracking_code,
        "url": f"/public/follow/{contact.tracking_code}",
    }
    assert (contact.door, contact.state, contact.area_path[:7]) == ("portal", "waiting", "99/9901")
    assert len(evidence.of_subject(f"contact:{contact.pk}")) == 1
    (task,) = tasks.open_tasks(f"contact:{contact.pk}")
    assert tasks.may_take(organisation.scope_of(town.acceptor), task)


def test_nobody_has_to_say_who_they_are(town: Town, visitor: Client) -> None:
    send(visitor)

    assert Contact.objects.get().said_by is None


def test_the_same_key_is_one_report(town: Town, visitor: Client) -> None:
    codes = {
        send(visitor, idempotency_key="a-key", photographs=picture()).json()["code"]
        for _ in range(3)
    }

    assert len(codes) == 1
    assert Contact.objects.count() == Media.objects.count() == 1


def test_without_scripts_the_form_leads_to_the_page_of_the_code(town: Town) -> None:
    answer = Client().post("/public/report", SAID)

    assert answer.status_code == 302
    assert answer["Location"] == f"/public/follow/{Contact.objects.get().tracking_code}?new=1"


def test_what_was_reported_near_is_told_without_words_or_numbers(
    town: Town, visitor: Client
) -> None:
    case = filed(town)
    answer = visitor.get("/public/near", {"lon": INSIDE[0] + 0.0001, "lat": INSIDE[1]})

    (near,) = answer.json()["items"]
    assert near["category"] == "暴露垃圾"
    assert near["metres"] == 10
    told = answer.content.decode()
    assert case.number not in told
    assert case.tracking_code not in told
    assert "堆放" not in told


def test_me_too_follows_the_case_instead_of_opening_another(town: Town, visitor: Client) -> None:
    case = filed(town)
    (near,) = visitor.get("/public/near", {"lon": INSIDE[0], "lat": INSIDE[1]}).json()["items"]

    assert send(visitor, joins=near["token"]).status_code == 201

    contact = Contact.objects.get()
    assert (contact.case, contact.joined) == (case, True)
    assert contact.tracking_code != case.tracking_code


@pytest.mark.parametrize("token", ["1", "forged:token", "eyJ9"])
def test_a_case_is_joined_only_by_a_token_of_ours(town: Town, visitor: Client, token: str) -> None:
    assert send(visitor, joins=token).status_code == 422
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "x\x00y"}, 422),
        ({"lon": str(INSIDE[1]), "lat": str(INSIDE[0])}, 422),
        ({"lon": "here"}, 422),
        ({"lon": "nan", "lat": "nan"}, 422),
        ({"lon": "", "lat": ""}, 422),
        ({"purpose": "gossip"}, 422),
        ({"email": "nobody"}, 422),
        ({"photographs": picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg")}, 415),
        ({"photographs": picture(PICTURE[:300])}, 422),
        ({"photographs": picture(b"\x00\x00\x00\x20ftypheic\x00\x00\x00\x00")}, 415),
        ({"photographs": picture(b"GIF89a" + bytes(200), "a.gif")}, 415),
        ({"lat": "120.0005", "lon": "30.0005"}, 422),
        ({"lon": "116,4"}, 422),
        ({"photographs": picture(b"%PDF-1.7 nothing", "a.pdf")}, 415),
        ({"photographs": [picture(name=f"{n}.jpg") for n in range(5)]}, 422),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(
    town: Town, visitor: Client, wrong: dict[str, Any], status: int
) -> None:
    answer = send(visitor, **wrong)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not Contact.objects.exists()
    assert not Media.objects.exists()


def test_script_in_words_stays_words(town: Town, visitor: Client) -> None:
    code = send(visitor, words="<script>alert(1)</script>", address="<b>x</b>").json()["code"]

    page = visitor.get(f"/public/follow/{code}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_bot_has_to_work_and_is_stopped_at_last(town: Town, visitor: Client) -> None:
    first = [send(visitor).status_code for _ in range(gate.FREE.most)]
    asked = send(visitor)
    said = asked.json()

    assert set(first) == {201}
    assert (asked.status_code, said["code"]) == (429, "proof_needed")
    proof = next(str(n) for n in range(10**7) if rules.is_proof(said["challenge"], str(n)))
    work = {"challenge": said["challenge"], "proof": proof}
    assert send(visitor, **work).status_code == 201
    assert send(visitor, **work).json()["code"] == "proof_needed", "good once only"
    assert send(visitor, challenge="forged", proof="1").status_code == 429


def test_a_thousand_posts_leave_a_handful(
    town: Town, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_is_proven", lambda *_: True)
    monkeypatch.setattr(gate, "MOST", journal.RateLimit("portal.most", 8, 3600))

    answers = [send(visitor) for _ in range(40)]

    assert Contact.objects.count() == 8
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_codes_are_not_guessed(town: Town, visitor: Client) -> None:
    answers = [
        visitor.get(f"/public/follow/AAAA{n}").status_code for n in range(gate.WRONG_CODES.most + 1)
    ]

    assert set(answers[:-1]) == {404}
    assert answers[-1] == 429


def test_the_reporter_follows_rates_and_brings_it_back(town: Town, visitor: Client) -> None:
    details = intake.CaseDetails("event", "06001")
    place = intake.Place(*INSIDE)
    contact = intake.receive(
        "portal", "路口有垃圾", place=place, details=details, at=MONDAY_MORNING
    )
    code = contact.tracking_code
    finish(town, contact.case)
    hear()
    Contact.objects.update(answered_at=datetime.now(UTC))
    page = visitor.get(f"/public/follow/{code}")
    assert "no-store" in page["Cache-Control"]
    assert "办得怎么样" in page.content.decode()

    assert visitor.post(f"/public/follow/{code}/rate", {"rating": "fair"}).status_code == 302
    again = visitor.post(f"/public/follow/{code}/rate", {"rating": "fair"})
    assert again.status_code == 409
    back = visitor.post(
        f"/public/follow/{code}/reopen", {"words": "又堆上了", "photographs": picture()}
    )

    follower = Contact.objects.get(previous=contact)
    assert back["Location"] == f"/public/follow/{follower.tracking_code}?new=1"
    assert Contact.objects.get(pk=contact.pk).rating == "fair"
    assert len(evidence.of_subject(f"contact:{follower.pk}")) == 1


def test_words_are_added_while_it_is_open(town: Town, visitor: Client) -> None:
    code = send(visitor).json()["code"]

    assert (
        visitor.post(f"/public/follow/{code.lower()}/say", {"words": "还有一堆"}).status_code == 302
    )
    assert "还有一堆" in visitor.get(f"/public/follow/{code}").content.decode()
    assert visitor.post(f"/public/follow/{code}/say", {"words": ""}).status_code == 422


def test_who_works_on_it_is_never_named_to_the_public(town: Town, visitor: Client) -> None:
    code = send(visitor).json()["code"]
    (task,) = tasks.open_tasks(f"contact:{Contact.objects.get().pk}")
    intake.perform_task(task, "answer", {"words": "已安排清理。"}, by=town.acceptor)
    page = visitor.get(f"/public/follow/{code}").content.decode()

    assert "已安排清理" in page
    assert town.acceptor.name_zh not in page


def test_addresses_are_found(town: Town, visitor: Client) -> None:
    assert visitor.get("/public/places", {"q": "桥头街道"}).status_code == 200
    assert visitor.get("/public/places", {"q": "x\x00"}).status_code == 422
    assert visitor.get("/public/near", {"lon": "30", "lat": "120"}).status_code == 422


def test_it_can_be_installed(visitor: Client) -> None:
    manifest = json.loads(visitor.get("/public/manifest.webmanifest").content)
    worker = visitor.get("/public/sw.js")

    assert manifest["start_url"] == "/public/"
    assert {icon["type"] for icon in manifest["icons"]} == {"image/svg+xml", "image/png"}
    assert worker["Content-Type"].startswith("text/javascript")


def test_near_tokens_end_with_a_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(town)
    (near,) = queries.near(*INSIDE)
    assert queries.joined(near.token) is not None

    monkeypatch.setattr(queries, "_DAY", -1)

    assert queries.joined(near.token) is None


def test_what_moves_is_kept_whole_and_shown_as_one_still_picture(
    town: Town, visitor: Client
) -> None:
    frames = [Image.new("RGB", (320, 240), colour) for colour in ("red", "blue")]
    moving = BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:], duration=100)

    assert send(visitor, photographs=picture(moving.getvalue(), "a.webp")).status_code == 201

    (medium,) = Media.objects.all()
    path = evidence.path_of(medium, "display")
    assert path is not None
    with Image.open(path) as shown:
        assert (shown.format, getattr(shown, "n_frames", 1)) == ("JPEG", 1)


def test_a_bot_that_posts_a_thousand_times_is_let_in_a_handful_of_times(rf: Any, db: None) -> None:
    request, admitted = rf.post("/public/report"), 0
    for _ in range(1000):
        try:
            gate.admit(request)
        except Refused:
            continue
        admitted += 1

    assert admitted <= gate.FREE.most + 1


def test_the_reporter_sees_their_photographs_and_nobody_else_s(town: Town, visitor: Client) -> None:
    code, other = (
        send(visitor, photographs=picture(), idempotency_key=key).json()["code"]
        for key in ("one", "two")
    )
    keys = {
        contact.tracking_code: evidence.of_subject(f"contact:{contact.pk}")[0].id
        for contact in Contact.objects.all()
    }
    inside = store(BytesIO(PICTURE), by=town.acceptor)
    attach([inside.pk], subject=f"contact:{_matter(code).pk}", purpose="note", by=town.acceptor)

    page = visitor.get(f"/public/follow/{code}").content.decode()
    address = f"/public/follow/{code}/pictures"
    assert f"{address}/{keys[code]}.jpg" in page
    assert visitor.get(f"{address}/{keys[code]}.jpg")["Content-Type"] == "image/jpeg"
    for hidden in (keys[other], inside.pk, 0):
        assert visitor.get(f"{address}/{hidden}.jpg").status_code == 404


def _matter(code: str) -> Contact:
    return Contact.objects.get(tracking_code=code)


def test_a_city_decides_who_has_to_leave_an_address(
    town: Town, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = {"complaint": {"needs_contact": True}}
    monkeypatch.setattr(anonymity.kept, "standing", lambda _key, item: decided.get(item))

    assert send(visitor, purpose="complaint").json()["code"] == "contact_needed"
    assert send(visitor, purpose="complaint", phone="13812345678").status_code == 201
    assert send(visitor).status_code == 201
    assert "投诉" in visitor.get("/public/report").content.decode()


def test_the_sign_in_page_leads_to_the_public(visitor: Client, db: None) -> None:
    assert 'href="/public/"' in visitor.get("/sign-in").content.decode()
