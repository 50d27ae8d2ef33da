"""Salted digests: what the journal holds instead of personal data.

The salt stands in the row that holds the data. When that row is deleted, the
digest can no longer be guessed back, and the chain stays whole.
"""

import hashlib
import secrets


def new_salt() -> str:
    """Return 128 random bits as 32 hexadecimal characters."""
    return secrets.token_hex(16)


def salted_digest(salt: str, *parts: str) -> str:
    """Return SHA-256 over the salt and the parts, each with its length, in hexadecimal."""
    digest = hashlib.sha256(bytes.fromhex(salt))
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()
