"""What a push service is handed: words only the browser can read, and proof of who sends them.

The words are sealed by RFC 8291 (content coding aes128gcm of RFC 8188), the
sender proves itself by RFC 8292 (VAPID): a short ES256 token under our key.
"""

import base64
import json
import os
import struct
import time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES = 3000
"""What every push service carries (RFC 8030 §7.2 asks for 4,096 with the sealing)."""
_RECORD = 4096
_LAST = b"\x02"
"""The delimiter of the last record (RFC 8188 §2)."""
_HOURS = 12
_SIDE = 32

Key = ec.EllipticCurvePrivateKey


def b64(content: bytes) -> str:
    """Return base64url without padding, as every text of these standards is written."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Return the bytes of base64url with or without padding. Raises ValueError."""
    plain = text.rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)


def point(key: Key) -> bytes:
    """Return the public half as an uncompressed point of 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def read_point(content: bytes) -> ec.EllipticCurvePublicKey:
    """Return a public key of P-256. Raises ValueError of what is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content)


def seal(
    words: bytes, theirs: bytes, secret: bytes, *, ours: Key | None = None, salt: bytes = b""
) -> bytes:
    """Return words sealed for a browser's public point and its authentication secret.

    `ours` and `salt` are drawn for each message; they are given by tests alone.
    Raises ValueError of a wrong point or of more than MOST_BYTES.
    """
    if len(words) > MOST_BYTES:
        raise ValueError("too long for a push service")
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    agreed = ours.exchange(ec.ECDH(), read_point(theirs))
    source = _derive(agreed, secret, b"WebPush: info\0" + theirs + point(ours), 32)
    key = _derive(source, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(source, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!IB", _RECORD, len(point(ours))) + point(ours)
    return head + AESGCM(key).encrypt(nonce, words + _LAST, None)


def authorization(key: Key, endpoint: str, contact: str, *, now: float | None = None) -> str:
    """Return the header by which a push service knows us and whom it may write to (`contact`)."""
    service = urlsplit(endpoint)
    until = int((time.time() if now is None else now) + _HOURS * 3600)
    claims = {"aud": f"{service.scheme}://{service.netloc}", "exp": until, "sub": contact}
    signed = ".".join(
        b64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = b64(r.to_bytes(_SIDE, "big") + s.to_bytes(_SIDE, "big"))
    return f"vapid t={signed}.{signature}, k={b64(point(key))}"


def _derive(source: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(source)
