"""Uploading over HTTP and handing media out: who may, in which form."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.evidence.files import picture
from wanmi.evidence import actions as evidence
from wanmi.evidence import queries

pytestmark = pytest.mark.django_db


def _upload(client: Client, content: bytes, headers: dict[str, str], name: str = "a.jpg") -> Any:
    return client.post(
        "/api/v1/media", {"file": SimpleUploadedFile(name, content)}, headers=headers
    )


def test_an_upload_answers_with_digest_and_addresses(client: Client, bearer: Any) -> None:
    answer = _upload(client, picture(), bearer)

    assert answer.status_code == 201
    body = answer.json()
    assert len(body["sha256"]) == 64
    for variant in ("original", "display", "thumb"):
        assert client.get(body["urls"][variant], headers=bearer).status_code == 200


def test_a_repeated_upload_gets_the_first_answer(client: Client, bearer: Any) -> None:
    content, headers = picture(), {**bearer, "Idempotency-Key": "k1"}

    first, second = (_upload(client, content, headers) for _ in range(2))
    other = _upload(client, picture(), headers)

    assert first.json() == second.json()
    assert queries.Media.objects.count() == 1
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_a_stranger_may_not_upload(client: Client) -> None:
    assert _upload(client, picture(), {}).status_code == 401


def test_a_role_that_neither_reports_nor_works_may_not_upload(person: Any) -> None:
    client = Client()
    client.force_login(person("legal", "legal"))

    assert _upload(client, picture(), {}).status_code == 403


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<svg/>", 415, "unknown_file_type"),
        (b"<html></html>", 415, "unknown_file_type"),
        (b"", 422, "empty_file"),
        (b"\xff\xd8\xff broken", 422, "unreadable_picture"),
    ],
)
def test_a_bad_upload_is_refused_in_chinese(
    content: bytes, status: int, code: str, client: Client, bearer: Any
) -> None:
    answer = _upload(client, content, {**bearer, "Accept-Language": "zh-hans"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert any("\u4e00" <= c <= "\u9fff" for c in answer.json()["detail"])


def test_a_missing_file_is_a_refusal(client: Client, bearer: Any) -> None:
    assert client.post("/api/v1/media", {}, headers=bearer).status_code == 422


class _Unread(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *more: Any) -> bytes:
        raise AssertionError("the body was read")


def test_an_announced_200_mb_is_refused_before_it_is_read(client: Client, bearer: Any) -> None:
    answer = client.generic(
        "POST",
        "/api/v1/media",
        headers=bearer,
        **{
            "wsgi.input": _Unread(),
            "CONTENT_LENGTH": "200000000",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_a_file_above_the_limit_is_refused_while_it_streams(
    client: Client, bearer: Any, settings: Any, media_root: Path
) -> None:
    settings.MEDIA_MAX_BYTES = 100_000

    answer = _upload(client, picture() + bytes(80_000), bearer)

    assert answer.status_code == 413
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_others_do_not_learn_that_a_medium_exists(supervisor: Any, person: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=supervisor)
    stranger = Client()
    stranger.force_login(person("zhou"))

    for client in (Client(), stranger):
        assert client.get(f"/media/{medium.pk}/original").status_code == 404
    assert stranger.get("/media/999/original").status_code == 404


def test_who_sees_the_subject_sees_its_media(supervisor: Any, person: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=supervisor)
    evidence.attach([medium.pk], subject="thing:1", purpose="near", by=supervisor)
    reader = person("zhou")
    evidence.offer_subject("thing", lambda scope, subject: scope.user_id == reader.pk)
    client, other = Client(), Client()
    client.force_login(reader)
    other.force_login(person("wu"))

    assert client.get(f"/media/{medium.pk}/thumb").status_code == 200
    assert other.get(f"/media/{medium.pk}/thumb").status_code == 404


def test_media_come_as_passive_content(signed_in: Client, supervisor: Any) -> None:
    shown = evidence.store(io.BytesIO(picture()), by=supervisor)
    paper = evidence.store(io.BytesIO(b"%PDF-1.7"), by=supervisor, name="<a>.pdf")

    picture_answer = signed_in.get(f"/media/{shown.pk}/original")
    paper_answer = signed_in.get(f"/media/{paper.pk}/original")

    assert picture_answer["Content-Type"] == "image/jpeg"
    assert picture_answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture_answer["Content-Security-Policy"]
    assert picture_answer["Content-Disposition"].startswith("inline")
    assert paper_answer["Content-Disposition"].startswith("attachment")
    assert signed_in.get(f"/media/{paper.pk}/thumb").status_code == 404
    assert signed_in.get(f"/media/{paper.pk}/../x").status_code == 404


def test_a_part_of_a_video_can_be_asked_for(signed_in: Client, supervisor: Any) -> None:
    content = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 100
    medium = evidence.store(io.BytesIO(content), by=supervisor)
    url = f"/media/{medium.pk}/original"

    part = signed_in.get(url, headers={"Range": "bytes=100-299"})
    tail = signed_in.get(url, headers={"Range": "bytes=-10"})
    outside = signed_in.get(url, headers={"Range": "bytes=99999999-"})
    stale = signed_in.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})

    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-299/{len(content)}")
    assert b"".join(part.streaming_content) == content[100:300]
    assert b"".join(tail.streaming_content) == content[-10:]
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert stale.status_code == 200


def test_an_unchanged_medium_is_not_sent_again(signed_in: Client, supervisor: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=supervisor)
    first = signed_in.get(f"/media/{medium.pk}/display")

    second = signed_in.get(f"/media/{medium.pk}/display", headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304
