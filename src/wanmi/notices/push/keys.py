"""The city's own key towards push services: drawn on first use, kept in WANMI_HOME/keys.

`wanmi backup` takes it along: browsers that asked to be rung know the city by it.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from .sealing import Key, b64, point


def key() -> Key:
    """Return our key; the first process that asks draws it, all others find it."""
    return _kept(Path(settings.PUSH_KEY_FILE))


def public_key() -> str:
    """Return the public half as a browser wants it (`applicationServerKey`, base64url)."""
    return b64(point(key()))


@cache
def _kept(path: Path) -> Key:
    if not path.is_file():
        _draw(path)
    found = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} holds no key of an elliptic curve")
    return found


def _draw(path: Path) -> None:
    """Write a new key whole or not at all: whoever comes second finds the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    drawn = ec.generate_private_key(ec.SECP256R1())
    pem = drawn.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        part.touch(mode=0o600)
        part.write_bytes(pem)
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)
