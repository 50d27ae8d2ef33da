"""Storing and attaching: what is kept, what is refused, what the journal learns."""

import hashlib
import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.evidence.files import located_picture, picture
from wanmi.evidence import actions as evidence
from wanmi.evidence import queries
from wanmi.journal import queries as journal

pytestmark = pytest.mark.django_db


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_an_original_lies_unchanged_under_its_digest(supervisor: Any, media_root: Path) -> None:
    content = picture()

    medium = evidence.store(io.BytesIO(content), by=supervisor, name="IMG_1.jpg")

    digest = hashlib.sha256(content).hexdigest()
    assert medium.sha256 == digest
    assert (media_root / digest[:2] / digest[2:4] / digest).read_bytes() == content
    assert not list((media_root / "incoming").iterdir())


def test_the_same_bytes_twice_are_two_media_and_one_file(
    supervisor: Any, person: Any, media_root: Path
) -> None:
    content = picture()

    first = evidence.store(io.BytesIO(content), by=supervisor)
    inode = (media_root / first.original).stat().st_ino
    second = evidence.store(io.BytesIO(content), by=person("zhou"))

    assert (second.pk, second.original) != (first.pk, "")
    assert second.original == first.original
    assert (media_root / first.original).stat().st_ino == inode


def test_claims_are_read_and_the_copies_carry_no_metadata(
    supervisor: Any, media_root: Path
) -> None:
    medium = evidence.store(io.BytesIO(located_picture()), by=supervisor)

    assert medium.claims == {
        "taken_at": "2026-11-20T08:15:30+08:00",
        "device": "Acme Phone 9",
        "lon": 116.39,
        "lat": 39.9083333,
    }
    for name in (medium.display, medium.thumbnail):
        with Image.open(media_root / name) as copy:
            assert not copy.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(copy.info)


def test_copies_are_small_enough_and_upright(supervisor: Any, media_root: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    medium = evidence.store(io.BytesIO(picture(size=(4000, 3000), exif=exif)), by=supervisor)

    assert (medium.width, medium.height) == (3000, 4000)
    with Image.open(media_root / medium.display) as shown:
        assert shown.size == (1200, 1600)
    with Image.open(media_root / medium.thumbnail) as small:
        assert small.size == (240, 320)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparent_pictures_are_shown_on_white(
    kind: str, supervisor: Any, media_root: Path
) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, kind)

    medium = evidence.store(io.BytesIO(out.getvalue()), by=supervisor)

    with Image.open(media_root / medium.display) as shown:
        assert shown.getpixel((20, 20)) == (255, 255, 255)


def test_sound_video_and_pdf_are_kept_as_they_are(supervisor: Any) -> None:
    medium = evidence.store(io.BytesIO(b"%PDF-1.7\nhello"), by=supervisor)

    assert (medium.content_type, medium.display, medium.claims) == ("application/pdf", "", {})


def _png_bomb() -> bytes:
    """A PNG of 40,000 × 40,000 grey pixels that weighs little."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999))
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", evidence.EmptyFile),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", evidence.UnknownFileType),
        (b"<html><script>alert(1)</script>", evidence.UnknownFileType),
        (b"\x00\x00\x00\x20ftypheic\x00\x00\x00\x00", evidence.UnknownFileType),
        (b"\xff\xd8\xff\xe0 not a picture at all", evidence.UnreadablePicture),
        (picture()[:3000], evidence.UnreadablePicture),
        (picture("PNG")[:3000], evidence.UnreadablePicture),
        (_png_bomb(), evidence.PictureTooLarge),
    ],
    ids=["empty", "svg", "html", "heic", "no-jpeg", "half-jpeg", "half-png", "bomb"],
)
def test_bad_files_are_refused_and_nothing_stays(
    content: bytes, refusal: type[Exception], supervisor: Any, media_root: Path
) -> None:
    before = journal.head_number()

    with pytest.raises(refusal):
        evidence.store(io.BytesIO(content), by=supervisor)

    assert _files(media_root) == []
    assert queries.Media.objects.count() == 0
    assert journal.head_number() == before


class _Endless:
    """A sender that never stops and counts what was taken."""

    taken = 0

    def read(self, size: int = -1, /) -> bytes:
        self.taken += size
        return b"\xff\xd8\xff" + bytes(size - 3)


def test_an_endless_upload_is_cut_off_at_the_limit(
    supervisor: Any, media_root: Path, settings: Any
) -> None:
    settings.MEDIA_MAX_BYTES = 3_000_000
    sender = _Endless()

    with pytest.raises(evidence.FileTooLarge):
        evidence.store(sender, by=supervisor)

    assert sender.taken < 4_000_000
    assert _files(media_root) == []


def test_the_journal_learns_digests_and_nothing_personal(supervisor: Any) -> None:
    content = located_picture()

    medium = evidence.store(io.BytesIO(content), by=supervisor, name="张三家门口.jpg")

    entry = journal.of_subject(f"media:{medium.pk}")[-1]
    assert entry.kind == "evidence.MediaStored"
    assert entry.data["sha256"] == hashlib.sha256(content).hexdigest()
    written = json.dumps(entry.data, ensure_ascii=False)
    assert not any(secret in written for secret in ("张三", "116.39", "Acme", medium.salt))


def test_a_file_name_is_cut_to_its_last_printable_part(supervisor: Any) -> None:
    medium = evidence.store(
        io.BytesIO(picture()), by=supervisor, name="C:\\Users\\x\\a\x00b\ud800.jpg"
    )

    assert medium.name == "ab.jpg"


def test_media_are_found_by_their_subject(supervisor: Any) -> None:
    before, after = (evidence.store(io.BytesIO(picture()), by=supervisor) for _ in range(2))

    evidence.attach([before.pk], subject="case:7", purpose="before", by=supervisor)
    evidence.attach([after.pk], subject="case:7", purpose="after", step="handle", by=supervisor)

    assert [(e.id, e.purpose) for e in queries.of_subject("case:7")] == [
        (before.pk, "before"),
        (after.pk, "after"),
    ]
    assert [e.id for e in queries.of_subject("case:7", purpose="after")] == [after.pk]
    assert queries.many(["case:8"]) == {"case:8": []}
    assert journal.of_subject("case:7")[-1].data["sha256"] == [after.sha256]


def test_many_subjects_cost_one_query(supervisor: Any, django_assert_num_queries: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=supervisor)
    for number in range(5):
        evidence.attach([medium.pk], subject=f"case:{number}", purpose="near", by=supervisor)

    with django_assert_num_queries(1):
        found = queries.many([f"case:{number}" for number in range(5)])

    assert all(len(each) == 1 for each in found.values())


def test_attaching_twice_is_once(supervisor: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=supervisor)

    for _ in range(2):
        evidence.attach([medium.pk, medium.pk], subject="case:1", purpose="near", by=supervisor)

    assert len(queries.of_subject("case:1")) == 1


def test_nobody_attaches_what_another_uploaded(supervisor: Any, person: Any) -> None:
    medium = evidence.store(io.BytesIO(picture()), by=person("zhou"))

    with pytest.raises(evidence.ForeignMedia):
        evidence.attach([medium.pk], subject="case:1", purpose="near", by=supervisor)
    with pytest.raises(evidence.ForeignMedia):
        evidence.attach([999_999], subject="case:1", purpose="near", by=supervisor)

    assert queries.of_subject("case:1") == []


def test_a_changed_or_lost_original_is_named(supervisor: Any, media_root: Path) -> None:
    whole, changed, lost = (
        evidence.store(io.BytesIO(picture(size=(64, side))), by=supervisor) for side in (64, 65, 66)
    )
    path = media_root / changed.original
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (media_root / lost.original).unlink()

    faults = {fault.id: fault.reason for fault in queries.check_files() if fault}

    assert faults == {changed.pk: "the file was changed", lost.pk: "the file is missing"}
    assert whole.pk not in faults
