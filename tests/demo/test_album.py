"""The album: a few pictures drawn once stand for the photographs of the whole history."""

from datetime import UTC, datetime

import pytest

from wanmi.demo.building.album import Album
from wanmi.demo.photographs import motif
from wanmi.demo.troubles import TROUBLES
from wanmi.evidence import queries as evidence
from wanmi.evidence.models import Attachment, Media
from wanmi.journal.models import JournalEntry

AT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
GARBAGE = next(trouble for trouble in TROUBLES if trouble.office == "sanitation")


@pytest.mark.django_db
def test_many_cases_share_one_pair_of_pictures() -> None:
    album = Album()
    for number in range(1, 41):
        album.before(f"case:{number}", GARBAGE, by=None, at=AT)
        album.after(f"case:{number}", by=None, at=AT)

    assert album.hand_in() == 80

    assert Media.objects.count() == 2
    assert Attachment.objects.count() == 80
    assert [each.purpose for each in evidence.of_subject("case:7")] == ["report", "after"]


@pytest.mark.django_db
def test_the_pictures_claim_neither_time_nor_place() -> None:
    album = Album()
    album.before("case:1", GARBAGE, by=None, at=AT)

    assert Media.objects.get().claims == {}


@pytest.mark.django_db
def test_a_rework_does_not_attach_the_same_picture_twice() -> None:
    album = Album()
    album.before("case:1", GARBAGE, by=None, at=AT)
    for _ in range(2):
        album.after("case:1", by=None, at=AT)

    assert album.hand_in() == 2


@pytest.mark.django_db
def test_the_journal_tells_of_the_collection_once() -> None:
    album = Album()
    album.before("case:1", GARBAGE, by=None, at=AT)
    album.hand_in()

    (told,) = JournalEntry.objects.filter(kind="evidence.MediaCollected")
    assert told.data["count"] == 1
    assert len(told.data["what"]) == 64


def test_there_are_few_motifs() -> None:
    assert len({motif(trouble) for trouble in TROUBLES}) <= 10
