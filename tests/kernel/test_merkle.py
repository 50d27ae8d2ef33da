"""Proofs lead to the head exactly when they are right."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel import merkle

# The eight leaves of the certificate transparency project's own tests, and some heads of them.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]
HEADS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}

leaf_lists = st.lists(st.binary(max_size=8), min_size=1, max_size=40).map(
    lambda leaves: [merkle.leaf_hash(leaf) for leaf in leaves]
)


@pytest.mark.parametrize("size", sorted(HEADS))
def test_heads_are_those_of_the_standard(size: int) -> None:
    assert merkle.root(HASHES[:size]).hex() == HEADS[size]


def test_every_published_proof_is_judged_right(shared_data: Path) -> None:
    path = shared_data / "data" / "vectors" / "rfc6962_proofs.json"
    vectors = json.loads(path.read_text("utf-8"))
    assert len(vectors) == 92

    for vector in vectors:
        proof = [base64.b64decode(node) for node in vector["proof"] or []]
        assert judged(vector, proof) is not vector["wantErr"], vector["case"]


def judged(vector: dict[str, object], proof: list[bytes]) -> bool:
    def raw(name: str) -> bytes:
        return base64.b64decode(str(vector[name]))

    def number(name: str) -> int:
        return int(str(vector[name]))

    if "leafHash" in vector:
        return merkle.verify_inclusion(
            raw("leafHash"), number("leafIdx"), number("treeSize"), proof, raw("root")
        )
    return merkle.verify_consistency(
        number("size1"), number("size2"), proof, raw("root1"), raw("root2")
    )


@given(leaf_lists, st.data())
def test_a_leaf_is_proved_in_its_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(-1, len(leaves)))
    head = merkle.root(leaves)
    proof = merkle.inclusion_proof(leaves, index)

    assert merkle.verify_inclusion(leaves[index], index, len(leaves), proof, head)
    if other != index:
        moved = merkle.verify_inclusion(leaves[index], other, len(leaves), proof, head)
        assert not moved or leaves[other] == leaves[index]


@given(leaf_lists, st.data())
def test_growing_is_proved_and_rewriting_is_not(leaves: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    old, new = merkle.root(leaves[:first]), merkle.root(leaves)
    proof = merkle.consistency_proof(leaves, first)

    assert merkle.verify_consistency(first, len(leaves), proof, old, new)
    rewritten = [merkle.leaf_hash(b"rewritten in secret"), *leaves[1:]]
    forged = merkle.consistency_proof(rewritten, first)
    assert not merkle.verify_consistency(first, len(leaves), forged, old, merkle.root(rewritten))


@given(leaf_lists, st.data())
def test_a_changed_bit_breaks_a_proof(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(leaves, index)
    head = merkle.root(leaves)
    if not proof:
        assert not merkle.verify_inclusion(leaves[0], 0, 1, [head], head)
        return
    at = data.draw(st.integers(0, len(proof) - 1))
    proof[at] = bytes([proof[at][0] ^ 1]) + proof[at][1:]

    assert not merkle.verify_inclusion(leaves[index], index, len(leaves), proof, head)


@given(leaf_lists, st.integers(0, 40))
def test_a_growing_tree_can_be_put_down_and_taken_up(leaves: list[bytes], at: int) -> None:
    before = merkle.Peaks()
    for leaf in leaves[:at]:
        before.add(leaf)
    after = merkle.Peaks(size=before.size, hashes=before.hashes)
    for leaf in leaves[at:]:
        after.add(leaf)

    assert after.root() == merkle.root(leaves)
    assert after.size == len(leaves)


def test_peaks_that_do_not_fit_are_a_bug() -> None:
    with pytest.raises(ValueError, match="peaks"):
        merkle.Peaks(size=3, hashes=[b""])


def test_the_empty_tree_begins_every_tree() -> None:
    head, nothing = merkle.root(HASHES), merkle.root([])

    assert merkle.verify_consistency(0, 8, [], nothing, head)
    assert not merkle.verify_consistency(0, 8, [], head, head)
    assert not merkle.verify_consistency(9, 8, [], head, head)


def test_another_digest_gives_another_tree() -> None:
    def sha512(data: bytes) -> bytes:
        return hashlib.sha512(data).digest()

    leaves = [merkle.leaf_hash(leaf, sha512) for leaf in LEAVES]
    proof = merkle.inclusion_proof(leaves, 4, sha512)

    assert merkle.verify_inclusion(leaves[4], 4, 8, proof, merkle.root(leaves, sha512), sha512)
    assert not merkle.verify_inclusion(leaves[4], 4, 8, proof, merkle.root(leaves, sha512))


@pytest.mark.parametrize("index", [-1, 8])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(HASHES, index)
    with pytest.raises(IndexError):
        merkle.consistency_proof(HASHES, index + 1 if index > 0 else 0)
