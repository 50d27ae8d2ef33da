"""What the public sees: agreed to, released by a clerk, without persons."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.town import INSIDE, Town
from wanmi.evidence import actions as store
from wanmi.evidence import queries as evidence
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.journal import queries as entries
from wanmi.kernel.errors import NotFound
from wanmi.portal import actions, redacting
from wanmi.portal.models import Complaint, Release, ReleasedPicture

WORDS = "王女士 13812345678 说路口有垃圾，车牌京A12345"


def handed(*, may_publish: bool = True, media: list[int] | None = None) -> Contact:
    return intake.receive(
        "portal",
        WORDS,
        sender=intake.Sender("王女士", "13812345678"),
        place=intake.Place(INSIDE[0] + 0.00012345, INSIDE[1]),
        may_publish=may_publish,
        media=media or [],
    )


def photograph() -> int:
    """Keep a picture whose left half is a fine pattern nobody may recognise."""
    image = Image.effect_noise((640, 480), 90).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    out.seek(0)
    return store.store(out, by=None).pk


def signed_in(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(user)
    return client


@pytest.fixture
def anybody() -> Client:
    """Somebody without an account."""
    return Client(headers={"Accept-Language": "zh-hans"})


def test_nothing_is_shown_before_a_clerk_has_looked(town: Town, anybody: Client) -> None:
    contact = handed()

    for address in ("/public/", "/public/feed.xml"):
        assert "垃圾" not in anybody.get(address).content.decode()
    assert contact.number in signed_in(town.acceptor).get("/publishing").content.decode()


def test_a_released_matter_tells_no_person_and_no_exact_place(town: Town, anybody: Client) -> None:
    contact = handed()
    row = actions.release(contact, WORDS, "桥头街道", by=town.acceptor)

    pages = [
        anybody.get(address).content.decode()
        for address in ("/public/", f"/public/matters/{row.code}", "/public/feed.xml")
    ]
    for page in pages:
        assert "路口有垃圾" in page
        for secret in ("13812345678", "京A12345", contact.number, contact.tracking_code):
            assert secret not in page
        assert str(contact.lon) not in page
    assert row.lon == round(contact.lon, 3)


def test_what_was_not_agreed_to_stays_inside(town: Town) -> None:
    contact = handed(may_publish=False)

    with pytest.raises(actions.NotAgreed):
        actions.release(contact, WORDS, "", by=town.acceptor)
    assert signed_in(town.acceptor).get(f"/publishing/{contact.number}").status_code == 404


@pytest.mark.parametrize("role", ["supervisor", "department", "leader", "citizen", "street"])
def test_only_clerks_release(town: Town, role: str) -> None:
    contact = handed()

    answer = signed_in(town.people[role]).post(f"/publishing/{contact.number}", {"words": "x"})

    assert answer.status_code in (403, 404)
    assert not Release.objects.exists()


def test_a_clerk_releases_words_and_takes_them_back(town: Town, anybody: Client) -> None:
    contact = handed()
    clerk = signed_in(town.acceptor)
    assert (
        clerk.post(
            f"/publishing/{contact.number}", {"words": "路口有垃圾", "place": "桥头"}
        ).status_code
        == 302
    )
    row = Release.objects.get()
    assert anybody.get(f"/public/matters/{row.code}").status_code == 200

    clerk.post(f"/publishing/{contact.number}/withdraw")

    assert anybody.get(f"/public/matters/{row.code}").status_code == 404
    assert "路口有垃圾" not in anybody.get("/public/").content.decode()
    told = {entry.kind for entry in entries.JournalEntry.objects.all()}
    assert {"portal.MatterReleased", "portal.MatterWithdrawn"} <= told


def test_a_photograph_is_shown_only_as_its_redacted_copy(town: Town, anybody: Client) -> None:
    key = photograph()
    contact = handed(media=[key])
    row = actions.release(contact, "路口有垃圾", "", by=town.acceptor)
    assert anybody.get(f"/media/{key}/display").status_code == 404

    answer = signed_in(town.acceptor).post(
        f"/publishing/{contact.number}/pictures/{key}", {"boxes": "[[0, 0, 0.5, 1]]"}
    )

    assert answer.status_code == 302
    shown = ReleasedPicture.objects.get()
    served = anybody.get(f"/public/pictures/{shown.pk}.jpg")
    image = Image.open(io.BytesIO(b"".join(served.streaming_content))).convert("L")
    assert _roughness(image.crop((20, 20, 60, 60))) < 20
    assert _roughness(image.crop((400, 20, 440, 60))) > 40
    assert evidence.media(key).sha256 != shown.copy.sha256
    assert list(evidence.check_files()) == [None, None]
    with pytest.raises(actions.AlreadyShown):
        actions.release_picture(row, key, [], by=town.acceptor)


def _roughness(part: Image.Image) -> int:
    """Return how many grey levels lie between the darkest and the lightest tenth of a part."""
    levels = sorted(part.tobytes())
    return levels[len(levels) * 9 // 10] - levels[len(levels) // 10]


def test_a_withdrawn_photograph_is_gone(town: Town, anybody: Client) -> None:
    key = photograph()
    row = actions.release(handed(media=[key]), "路口有垃圾", "", by=town.acceptor)
    shown = actions.release_picture(row, key, [(0, 0, 1, 1)], by=town.acceptor)
    actions.withdraw(row, by=town.acceptor)

    assert anybody.get(f"/public/pictures/{shown.pk}.jpg").status_code == 404


def test_a_picture_of_another_matter_is_not_let_out(town: Town) -> None:
    row = actions.release(handed(), "路口有垃圾", "", by=town.acceptor)

    with pytest.raises(NotFound):
        actions.release_picture(row, photograph(), [], by=town.acceptor)
    assert not ReleasedPicture.objects.exists()


@pytest.mark.parametrize(
    "boxes",
    ["nothing", "[1]", "[[0,0,1]]", "[[0,0,2,1]]", "[[0,0,-1,1]]", '[["a",0,1,1]]', "[[NaN,0,1,1]]",
     json.dumps([[0, 0, 1, 1]] * 61)],
)  # fmt: skip
def test_boxes_that_are_none_are_refused(boxes: str) -> None:
    with pytest.raises(redacting.WrongBoxes):
        redacting.read_boxes(boxes)


def test_hiding_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((200, 100), 80).convert("RGB").save(path, quality=95)

    image = Image.open(io.BytesIO(redacting.redacted(path, [(0.5, 0.5, 0.6, 0.6)])))

    assert image.size == (200, 100)
    assert not image.getexif()


def test_somebody_complains_and_a_clerk_looks(town: Town, anybody: Client) -> None:
    row = actions.release(handed(), "路口有垃圾", "", by=town.acceptor)

    anybody.post(f"/public/matters/{row.code}/complain", {"words": "这里写了我的名字"})

    complaint = Complaint.objects.get()
    clerk = signed_in(town.acceptor)
    assert "这里写了我的名字" in clerk.get("/publishing").content.decode()
    assert clerk.post(f"/publishing/complaints/{complaint.pk}/settle").status_code == 302
    assert clerk.post(f"/publishing/complaints/{complaint.pk}/settle").status_code == 409


def test_the_list_is_narrowed_by_area_class_and_state(town: Town, anybody: Client) -> None:
    contact = handed()
    intake.file(contact, intake.CaseDetails("event", "06001"), by=town.acceptor)
    actions.release(contact, "路口有垃圾", "", by=town.acceptor)

    def shows(**wanted: str) -> bool:
        return "路口有垃圾" in anybody.get("/public/", wanted).content.decode()

    assert shows(area="990101001", category="event/06001", state="open")
    assert not shows(area="990101002")
    assert not shows(category="event/99999")
    assert not shows(state="solved")
    assert not shows(area="nowhere")
    assert shows(state="x\x00")


def test_the_public_list_costs_the_same_for_many(
    town: Town, anybody: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        actions.release(handed(), "路口有垃圾", "", by=town.acceptor)
    anybody.get("/public/")

    with django_assert_max_num_queries(8):
        anybody.get("/public/")
