"""Pure sums of the portal: how much work a device has proved, how coarse a public place is."""

import hashlib

PROOF_BITS = 14
"""About 16,000 digests: under two seconds on a cheap phone, hours for a thousand posts in a row."""
PUBLIC_DECIMALS = 3
"""Decimals of degrees shown to the public: about 100 m."""


def is_proof(challenge: str, proof: str, bits: int = PROOF_BITS) -> bool:
    """Say whether the digest of challenge and proof begins with so many zero bits."""
    digest = hashlib.sha256(f"{challenge}:{proof}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits) == 0


def coarse(degrees: float) -> float:
    """Return a longitude or latitude as the public may know it, in degrees."""
    return round(degrees, PUBLIC_DECIMALS)
