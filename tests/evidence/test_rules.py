"""Telling files apart by content, and reading Range headers."""

import pytest

from wanmi.evidence.rules import byte_range, sniff


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypheic", "image/heic"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
        (b"OggS\x00\x02" + bytes(20) + b"\x01vorbis", "audio/ogg"),
        (b"OggS\x00\x02" + bytes(20) + b"\x80theora", "video/ogg"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(head: bytes, expected: str) -> None:
    assert sniff(head) == expected


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04",
        b"GIF89a",
        b"MZ\x90\x00",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\x00\x00\x00\x20ftypavif",
        b"\x1aE\xdf\xa3matroska",
        b"\xff\xff\xff\xff",
        b"plain words",
    ],
)
def test_what_is_not_listed_is_not_recognised(head: bytes) -> None:
    assert sniff(head) == ""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=900-", (900, 999)),
        ("bytes=-100", (900, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=990-2000", (990, 999)),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=²-5", None),
        ("", None),
    ],
)
def test_a_range_is_cut_to_the_file(header: str, expected: tuple[int, int] | None) -> None:
    assert byte_range(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=4000-5000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        byte_range(header, 1000)
