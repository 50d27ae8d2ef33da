"""`suggest`: class and duplicates for one text, over 10,000 and over 1,000,000 cases.

The questions of the room `triage` as its pages ask them, against the bare
classifier call and the bare index query for the same rows. Floors: p95 at most
2 times that p95, and at most 2 times the p95 over a hundredth of the cases.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.cases_list import load
from benchmarks.harness import Figures, Options, databases, measure_in, percentile
from benchmarks.placing import CELL, make_cells, point
from benchmarks.search import PLACES, PROBLEMS

FLOOR, GROWTH_FLOOR = 2.0, 2.0
ASKED, ROUNDS = 200, 3
BEGAN, STEP_S = 1_704_067_200, 90


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            both = measure_in(database, "suggest", options)
            yield both["suggest"]
            yield both["growth"]


def measure(options: Options) -> Figures:
    """Measure over a hundredth of the cases, then over all."""
    from django.db import connection

    from tests import town as towns
    from wanmi.organisation import queries as organisation

    town = towns.build()
    few, whole = (1_000, 20_000) if options.small else (10_000, 1_000_000)
    scope = organisation.scope_of(town.leader)
    _learn()
    make_cells(whole)
    began = time.perf_counter()
    load(1, few, town.garbage.pk, description=_sentence(), cell=CELL)
    small_ours, _, _ = _measure(few, scope)
    load(few + 1, whole, town.garbage.pk, description=_sentence(), cell=CELL)
    loaded = time.perf_counter() - began
    ours, bare, found = _measure(whole, scope)
    p95, bare_p95, small_p95 = (percentile(each, 0.95) for each in (ours, bare, small_ours))
    about = {"unit": "ms p95", "p50_ms": _ms(percentile(ours, 0.5)), "cases": whole}
    about |= {"bare_p50_ms": _ms(percentile(bare, 0.5)), "found_mean": round(found, 1)}
    about |= {"loading_s": round(loaded, 1), "small_p50_ms": _ms(percentile(small_ours, 0.5))}
    return {
        "suggest": {
            "name": f"suggest {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(bare_p95),
            "ratio": round(p95 / bare_p95, 2),
            "floor": FLOOR,
            "passed": p95 / bare_p95 <= FLOOR,
            **about,
        },
        "growth": {
            "name": f"suggest growth {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(small_p95),
            "ratio": round(p95 / small_p95, 2),
            "floor": GROWTH_FLOOR,
            "passed": p95 / small_p95 <= GROWTH_FLOOR,
            **about,
        },
    }


def _learn() -> None:
    """Put a version in force that has learnt every class from the starter sentences."""
    from wanmi.triage import learning, starter
    from wanmi.triage.models import Model, State
    from wanmi.triage.rules import Told, packed, terms

    said = starter.sentences()
    texts, labels = [terms(Told(each.words)) for each in said], [each.category for each in said]
    now = datetime.now(UTC)
    Model.objects.create(
        state=State.READY,
        asked_at=now,
        trained_at=now,
        weights=packed({"category": learning.fit(texts, labels)}),
        is_in_force=True,
    )


def _sentence() -> str:
    """Return SQL that gives a case one of six hundred sentences."""
    texts = [place + problem for problem in PROBLEMS for place in PLACES]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_text (place int PRIMARY KEY, text text)")
        cursor.execute("DELETE FROM bench_text")
        rows = list(enumerate(texts))
        cursor.executemany("INSERT INTO bench_text VALUES (%s, %s)", rows)
    return f"(SELECT text FROM bench_text WHERE place = (i * 7919) %% {len(texts)})"


def _measure(last: int, scope: Any) -> tuple[list[float], list[float], float]:
    """Return the seconds of ours and of the bare calls, and how many cases were found a time."""
    ours: list[float] = []
    bare: list[float] = []
    found = 0
    for turn in range(ROUNDS + 1):
        for n in range(ASKED):
            # Somebody reports again what lies open: near a case of the last day, in other words.
            i = last - 1 - n * 4
            lon, lat = (degrees + 0.00005 for degrees in point(i))
            words = f"{PLACES[n % len(PLACES)]}{PROBLEMS[(n * 5) % len(PROBLEMS)]}没人处理"
            at = datetime.fromtimestamp(BEGAN + last * STEP_S, UTC)
            # In turns: who asks second finds the pages of the first one warm.
            if n % 2:
                rows, bare_s = _bare(words, lon, lat, at)
                numbers, ours_s = _ours(words, lon, lat, at, scope)
            else:
                numbers, ours_s = _ours(words, lon, lat, at, scope)
                rows, bare_s = _bare(words, lon, lat, at)
            # The rows of the index are more than those within 50 metres; none may be missing.
            assert set(numbers) <= {row[1] for row in rows}, (numbers, rows)
            if turn:  # the first turn warms the caches
                ours.append(ours_s)
                bare.append(bare_s)
                found += len(numbers)
    return ours, bare, found / len(ours)


def _ours(words: str, lon: float, lat: float, at: datetime, scope: Any) -> tuple[list[str], float]:
    from wanmi.triage import queries as triage

    began = time.perf_counter()
    report = triage.Report(words, lon, lat, at)
    advice = triage.advice(report, targets=("category",))
    assert advice.model
    numbers = [each.case.number for each, _ in triage.alike(scope, report)]
    return numbers, time.perf_counter() - began


def _bare(words: str, lon: float, lat: float, at: datetime) -> tuple[list[Any], float]:
    """Ask the classifier and the index alone; the ranges of cells are known beforehand."""
    from django.db import connection

    from wanmi.kernel import cells
    from wanmi.triage import serving
    from wanmi.triage.rules import Told, terms

    north = 50 / 111_320
    east = north / 0.86
    ranges = cells.covering(lon - east, lat - north, lon + east, lat + north, most=9)
    where = " OR ".join("cell BETWEEN %s AND %s" for _ in ranges)
    day = timedelta(hours=24)
    given = [value for each in ranges for value in each]
    model = serving.weights_of(serving.version_in_force())["category"]
    began = time.perf_counter()
    model.suggest(terms(Told(words)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, number, description, address, lon, lat, reported_at, area_path,"
            f" category_zh, category_en, dispatched_at, reported_by_id FROM cases_case"
            f" WHERE ended_at IS NULL AND ({where}) AND reported_at BETWEEN %s AND %s",
            [*given, at - day, at + day],
        )
        rows = list(cursor.fetchall())
    return rows, time.perf_counter() - began


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
