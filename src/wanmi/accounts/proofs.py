"""Showing that one holds a private key: P-256 keys as JWK, signatures as WebCrypto gives them."""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from wanmi.kernel.errors import Invalid

HALF: Final = 32
"""Bytes of a coordinate, and of each half of a signature (FIPS 186-5, P-256)."""


class UnusableKey(Invalid):
    """This is no public key of the curve P-256."""

    code = "unusable_key"


class WrongProof(Invalid):
    """The signature does not fit the key; start the terminal anew."""

    code = "wrong_proof"


def new_challenge() -> str:
    """Return what a device has to sign: 256 random bits."""
    return secrets.token_urlsafe(HALF)


def plain_key(jwk: Mapping[str, object]) -> dict[str, str]:
    """Return the members that make up the key (RFC 7517), checked. Raises UnusableKey."""
    key = {name: str(jwk.get(name, "")) for name in ("crv", "kty", "x", "y")}
    if (key["kty"], key["crv"]) != ("EC", "P-256"):
        raise UnusableKey
    _numbers(key)
    return key


def thumbprint(key: Mapping[str, str]) -> str:
    """Return the thumbprint of RFC 7638 in hexadecimal."""
    text = json.dumps(dict(sorted(key.items())), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def require_proof(key: Mapping[str, str], said: str, signature: str) -> None:
    """Refuse a signature (ECDSA with SHA-256, r and s one after the other, base64url)."""
    raw = _bytes(signature)
    if len(raw) != 2 * HALF or not said:
        raise WrongProof
    der = encode_dss_signature(int.from_bytes(raw[:HALF]), int.from_bytes(raw[HALF:]))
    try:
        _numbers(key).verify(der, said.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise WrongProof from None


def _numbers(key: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = _bytes(key["x"]), _bytes(key["y"])
    if len(x) != HALF or len(y) != HALF:
        raise UnusableKey
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    try:
        return numbers.public_key()
    except ValueError:
        raise UnusableKey from None


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
