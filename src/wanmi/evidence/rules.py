"""What a file is, told from its first bytes; never from its name or what the sender says.

Only kinds that a browser shows without running anything are known here, so
SVG, HTML and archives have no entry: what is not listed is refused.
"""

from typing import Final

HEAD_BYTES: Final = 4096
"""How many bytes `sniff` wants to see."""

PICTURES: Final[dict[str, str]] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}
"""Content types that are decoded and re-encoded, with their decoder."""

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B "})
_VIDEO_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
    | {b"qt  ", b"3gp4", b"3gp5", b"3gp6", b"MSNV"}
)
_MPEG_RESERVED = 0b11


def sniff(head: bytes) -> str:
    """Return the content type of a file by its first bytes, "" for anything not accepted.

    A HEIF photograph is named ("image/heic") so that its refusal can say what to do.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    return _riff(head) or _iso_media(head) or _stream(head)


def _riff(head: bytes) -> str:
    kind = head[8:12] if head.startswith(b"RIFF") else b""
    return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(kind, "")


def _iso_media(head: bytes) -> str:
    """Tell the members of the ISO base media family (MP4) apart by their major brand."""
    if head[4:8] != b"ftyp":
        return ""
    brand = head[8:12]
    if brand in _HEIF_BRANDS:
        return "image/heic"
    if brand in _AUDIO_BRANDS:
        return "audio/mp4"
    return "video/mp4" if brand in _VIDEO_BRANDS else ""


def _stream(head: bytes) -> str:
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else ""
    if head.startswith(b"OggS"):
        return "video/ogg" if b"theora" in head[:256] else "audio/ogg"
    return "audio/mpeg" if head.startswith(b"ID3") or _is_mpeg_audio(head) else ""


def _is_mpeg_audio(head: bytes) -> bool:
    """Say whether a bare MPEG audio frame begins here (ISO/IEC 11172-3, frame header)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer != 0 and bitrate not in (0, 15) and rate != _MPEG_RESERVED


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte asked for by a `Range` header, None to send it all.

    Raises ValueError when the one range asked for lies outside (answer 416).
    Several ranges, other units and nonsense are ignored, as RFC 9110 allows.
    """
    unit, _, spec = header.partition("=")
    first, dash, last = spec.strip().partition("-")
    if unit.strip() != "bytes" or not dash or "," in spec:
        return None
    if not all(part.isascii() and part.isdigit() for part in (first, last) if part):
        return None
    if not first:
        return _last_bytes(last, size)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise ValueError(header)
    return start, end


def _last_bytes(count: str, size: int) -> tuple[int, int] | None:
    if not count:
        return None
    if int(count) == 0 or size == 0:
        raise ValueError(count)
    return max(size - int(count), 0), size - 1
