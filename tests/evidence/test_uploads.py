"""Files in pieces: nothing that was acknowledged is asked again, nothing is entered twice."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from tests.evidence import files
from wanmi.evidence import actions
from wanmi.evidence.models import Media, Upload

TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}
PICTURE = files.picture()
DIGEST = hashlib.sha256(PICTURE).hexdigest()
SAID = {"shot_at": "2026-11-21T01:02:03Z", "lon": 120.0005, "lat": 30.0005, "accuracy_m": 8.5}


def begin(client: Client, content: bytes = PICTURE, **more: Any) -> Any:
    told = {"filename": "near.jpg", "sha256": hashlib.sha256(content).hexdigest()}
    told |= {"said": json.dumps(SAID)} | more.pop("told", {})
    pairs = (f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
    headers = {"HTTP_UPLOAD_LENGTH": str(len(content)), "HTTP_UPLOAD_METADATA": ",".join(pairs)}
    return client.post("/api/v1/uploads", **(TUS | headers | more))


def send(client: Client, url: str, piece: bytes, offset: int, **more: Any) -> Any:
    more = TUS | {"HTTP_UPLOAD_OFFSET": str(offset)} | more
    return client.patch(url, piece, content_type="application/offset+octet-stream", **more)


def test_a_file_in_pieces_becomes_evidence_with_what_the_phone_said(signed_in: Client) -> None:
    url = begin(signed_in)["Location"]

    first = send(signed_in, url, PICTURE[:1000], 0)
    last = send(signed_in, url, PICTURE[1000:], 1000)

    assert (first.status_code, first["Upload-Offset"]) == (204, "1000")
    medium = Media.objects.get(pk=int(last["Wanmi-Media"]))
    assert (medium.sha256, medium.name) == (DIGEST, "near.jpg")
    assert medium.claims["terminal"] == {**SAID, "shot_at": "2026-11-21T01:02:03Z"}


def test_who_lost_the_answer_asks_how_far_it_is(signed_in: Client) -> None:
    url = begin(signed_in, HTTP_IDEMPOTENCY_KEY="a/0")["Location"]
    send(signed_in, url, PICTURE[:1000], 0)

    again = begin(signed_in, HTTP_IDEMPOTENCY_KEY="a/0")
    assert (again["Location"], again["Upload-Offset"]) == (url, "1000")
    assert signed_in.head(url, **TUS)["Upload-Offset"] == "1000"

    send(signed_in, url, PICTURE[1000:], 1000)
    whole = signed_in.head(url, **TUS)
    assert whole["Upload-Offset"] == whole["Upload-Length"] == str(len(PICTURE))
    assert Media.objects.get().pk == int(whole["Wanmi-Media"])
    assert begin(signed_in, HTTP_IDEMPOTENCY_KEY="a/0")["Wanmi-Media"] == whole["Wanmi-Media"]


def test_a_piece_counts_only_where_the_upload_stands(signed_in: Client) -> None:
    url = begin(signed_in)["Location"]
    send(signed_in, url, PICTURE[:1000], 0)

    assert send(signed_in, url, PICTURE[:1000], 0).status_code == 409
    assert send(signed_in, url, PICTURE[2000:], 2000).status_code == 409
    assert Upload.objects.get().offset == 1000


def test_a_piece_that_changed_on_the_way_is_sent_again(signed_in: Client) -> None:
    url = begin(signed_in)["Location"]
    checksum = base64.b64encode(hashlib.sha1(PICTURE[:500]).digest()).decode()
    said = {"HTTP_UPLOAD_CHECKSUM": f"sha1 {checksum}"}

    assert send(signed_in, url, b"x" * 500, 0, **said).status_code == 460
    assert send(signed_in, url, PICTURE[:500], 0, **said)["Upload-Offset"] == "500"


def test_a_whole_file_with_another_digest_leaves_nothing(signed_in: Client) -> None:
    url = begin(signed_in, told={"sha256": "0" * 64})["Location"]

    assert send(signed_in, url, PICTURE, 0).status_code == 460
    assert not Media.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("HTTP_UPLOAD_LENGTH", "", 422),
        ("HTTP_UPLOAD_LENGTH", "0", 422),
        ("HTTP_UPLOAD_LENGTH", "99999999999", 413),
        ("HTTP_UPLOAD_METADATA", "said !!", 422),
        ("HTTP_TUS_RESUMABLE", "0.2.2", 412),
    ],
)
def test_what_cannot_be_begun_is_refused(
    signed_in: Client, header: str, value: str, status: int
) -> None:
    assert begin(signed_in, **{header: value}).status_code == status
    assert not Upload.objects.exists()


def test_claims_that_are_none_are_refused(signed_in: Client) -> None:
    for said in ("{", '{"lon": 999}', '{"shoes": 2}', '{"role": "admin"}'):
        assert begin(signed_in, told={"said": said}).status_code == 422


def test_nobody_sees_or_ends_the_upload_of_another(signed_in: Client, person: Any) -> None:
    url = begin(signed_in)["Location"]
    other = Client()
    other.force_login(person("wang"))

    assert other.head(url, **TUS).status_code == 404
    assert send(other, url, PICTURE, 0).status_code == 404
    assert other.delete(url, **TUS).status_code == 404
    assert signed_in.delete(url, **TUS).status_code == 204


def test_abilities_are_told(signed_in: Client) -> None:
    said = signed_in.options("/api/v1/uploads")

    assert said["Tus-Version"] == "1.0.0"
    assert "checksum" in said["Tus-Extension"]


def test_what_nobody_touched_for_a_week_is_swept(signed_in: Client, media_root: Any) -> None:
    from datetime import timedelta

    url = begin(signed_in)["Location"]
    send(signed_in, url, PICTURE[:1000], 0)
    touched = Upload.objects.get().touched_at

    assert actions.sweep_uploads(touched + timedelta(days=6)) == 0
    assert actions.sweep_uploads(touched + timedelta(days=8)) == 1
    assert not [*(media_root / "incoming").iterdir()]
