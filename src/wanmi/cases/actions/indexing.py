"""The index of words, written in the case's own transaction."""

from collections.abc import Collection, Iterable

from django.db import transaction

from wanmi.journal import actions as journal

from ..models import Case, WordIndex
from ..searching import search_words

_IN_WORDS = frozenset({"description", "address", "category", "area_path", "part"})
_BATCH = 2000


def write_words(case: Case) -> None:
    """Enter a new case into the index."""
    statement = "INSERT INTO cases_wordindex (rowid, words) VALUES (%s, %s)"
    journal.do(statement, [case.pk, words_of(case)])


def enter_words(cases: Iterable[Case]) -> None:
    """Enter many new cases into the index."""
    WordIndex.objects.bulk_create(
        [WordIndex(case=case, words=words_of(case)) for case in cases], batch_size=_BATCH
    )


def rewrite_words(case: Case) -> None:
    """Bring the index up to what the case says now."""
    statement = "UPDATE cases_wordindex SET words = %s WHERE rowid = %s"
    journal.do(statement, [words_of(case), case.pk])


def changes_words(columns: Collection[str]) -> bool:
    """Say whether a change of these columns changes the words of a case."""
    return not _IN_WORDS.isdisjoint(columns)


def words_of(case: Case) -> str:
    """Return the words a case is found by."""
    part = case.part.identifier if case.part else ""
    return search_words(
        case.description,
        case.address,
        case.category_zh,
        case.category_en,
        area_path=case.area_path,
        numbers=(case.number, part),
        reported_by=case.reported_by_id,
    )


def rebuild_words() -> int:
    """Write the whole index anew, batch by batch; return how many cases it holds.

    May be interrupted and begun again; a batch is one transaction.
    """
    written = last = 0
    while True:
        rows = Case.objects.filter(pk__gt=last).select_related("part").order_by("pk")[:_BATCH]
        cases = list(rows)
        if not cases:
            return written
        with transaction.atomic():
            WordIndex.objects.filter(pk__gt=last, pk__lte=cases[-1].pk).delete()
            enter_words(cases)
        written, last = written + len(cases), cases[-1].pk
