"""The Merkle tree of RFC 6962 (certificate transparency), section 2.1.

A head of n leaves proves that a leaf is in (``inclusion_proof``) and that nothing before an
older head was changed (``consistency_proof``). The digest is pluggable: SHA-256 here,
SM3 where the law asks for it. Leaves are numbered from 0.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

Digest = Callable[[bytes], bytes]

_LEAF, _NODE = b"\x00", b"\x01"


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 digest."""
    return hashlib.sha256(data).digest()


def leaf_hash(data: bytes, digest: Digest = sha256) -> bytes:
    """Return the digest of a leaf; the prefix keeps a node from passing for one."""
    return digest(_LEAF + data)


def node_hash(left: bytes, right: bytes, digest: Digest = sha256) -> bytes:
    """Return the digest of an inner node."""
    return digest(_NODE + left + right)


def root(leaves: Sequence[bytes], digest: Digest = sha256) -> bytes:
    """Return the head over leaf digests; that of nothing is the digest of nothing."""
    if not leaves:
        return digest(b"")
    peaks = Peaks(digest)
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root()


class Peaks:
    """A tree that only grows, kept as its full subtrees: adding is cheap, so is the head.

    ``size`` and ``hashes`` are all there is to store; give them back to go on.
    """

    def __init__(
        self, digest: Digest = sha256, size: int = 0, hashes: Sequence[bytes] = ()
    ) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError("a tree of this size has another number of peaks")
        self._digest = digest
        self.size = size
        self.hashes = list(hashes)

    def add(self, leaf: bytes) -> None:
        """Append a leaf digest."""
        merged, level = leaf, self.size
        while level & 1:
            merged = node_hash(self.hashes.pop(), merged, self._digest)
            level >>= 1
        self.hashes.append(merged)
        self.size += 1

    def root(self) -> bytes:
        """Return the head of the tree."""
        if not self.hashes:
            return self._digest(b"")
        *others, head = self.hashes
        for peak in reversed(others):
            head = node_hash(peak, head, self._digest)
        return head


def inclusion_proof(leaves: Sequence[bytes], index: int, digest: Digest = sha256) -> list[bytes]:
    """Return the siblings that lead from a leaf to the head, lowest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return list(_path(leaves, index, digest))


def consistency_proof(leaves: Sequence[bytes], first: int, digest: Digest = sha256) -> list[bytes]:
    """Return the nodes that lead from the head of the first leaves to that of all of them."""
    if not 0 < first <= len(leaves):
        raise IndexError(first)
    return list(_subproof(leaves, first, True, digest))


def verify_inclusion(
    leaf: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes],
    head: bytes,
    digest: Digest = sha256,
) -> bool:
    """Whether the proof leads from the leaf digest at an index to the head of that size."""
    if not 0 <= index < size or len(proof) != _inclusion_length(index, size):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        # The right edge of the tree has levels without a sibling: climb over them.
        while place == last and not place & 1:
            place, last = place >> 1, last >> 1
        pair = (sibling, node) if place & 1 else (node, sibling)
        node = node_hash(*pair, digest)
        place, last = place >> 1, last >> 1
    return node == head


def verify_consistency(
    first: int,
    second: int,
    proof: Sequence[bytes],
    first_head: bytes,
    second_head: bytes,
    digest: Digest = sha256,
) -> bool:
    """Whether the tree of the second size begins with that of the first one.

    Every tree begins with the empty one; its head must still be that of nothing.
    """
    if not 0 <= first <= second:
        return False
    if first == second or first == 0:
        expected = digest(b"") if first == 0 else second_head
        return not proof and first_head == expected
    nodes = list(proof)
    if first & (first - 1) == 0:
        # A full first tree is itself a node of the second: the proof leaves it out.
        nodes.insert(0, first_head)
    return _climb(first - 1, second - 1, nodes, digest) == (first_head, second_head)


def _climb(
    place: int, last: int, nodes: Sequence[bytes], digest: Digest
) -> tuple[bytes, bytes] | None:
    """Build both heads at once from the nodes of a consistency proof."""
    while place & 1:
        place, last = place >> 1, last >> 1
    if not nodes:
        return None
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(node, old, digest), node_hash(node, new, digest)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node, digest)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _inclusion_length(index: int, size: int) -> int:
    """Return how many siblings a leaf has: those below the fork to the right edge, and the rest."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _split(size: int) -> int:
    """Return the largest power of two below a size."""
    return int(1 << ((size - 1).bit_length() - 1))


def _path(leaves: Sequence[bytes], index: int, digest: Digest) -> Iterator[bytes]:
    if len(leaves) == 1:
        return
    middle = _split(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if index < middle:
        yield from _path(left, index, digest)
        yield root(right, digest)
    else:
        yield from _path(right, index - middle, digest)
        yield root(left, digest)


def _subproof(leaves: Sequence[bytes], first: int, whole: bool, digest: Digest) -> Iterator[bytes]:
    if first == len(leaves):
        if not whole:
            yield root(leaves, digest)
        return
    middle = _split(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if first <= middle:
        yield from _subproof(left, first, whole, digest)
        yield root(right, digest)
    else:
        yield from _subproof(right, first - middle, False, digest)
        yield root(left, digest)
