"""`search`: two-word Chinese questions with an area scope, over 1,000,000 cases.

A request of the API in this process, signed in by token, against the bare query
of the index of words that returns the same keys. Floors: p95 at most 3 times
that p95, and at most 2 times the p95 over a tenth of the cases.
"""

import time
from collections.abc import Iterable

from benchmarks.cases_list import WHO, client_of, load
from benchmarks.harness import Figures, Options, databases, measure_in, percentile

FLOOR, GROWTH_FLOOR = 3.0, 2.0
ROUNDS = 6
# What is wrong and where: 24 × 25 sentences, so that two words fit one case in some hundred.
PROBLEMS = (
    *("井盖破损缺失", "路灯不亮", "暴露垃圾堆积", "占道经营摆摊", "非法小广告张贴", "道路积水严重"),
    *("污水外溢冒水", "行道树倒伏", "护栏损坏变形", "施工噪音扰民", "共享单车乱停放", "渣土车遗撒"),
    *(
        "店外经营占道",
        "绿地裸露脏乱",
        "雨水箅子堵塞",
        "交通信号灯故障",
        "公厕保洁不到位",
        "违法搭建棚屋",
    ),
    *("宣传横幅悬挂", "路面坑洼塌陷", "垃圾桶满溢", "消火栓漏水", "线缆垂落断开", "焚烧落叶冒烟"),
)
PLACES = (
    *("东湖路北侧", "人民广场南口", "中山公园西门", "火车站出站口", "第一中学对面", "市民医院门前"),
    *("菜市场后巷", "图书馆停车场", "滨河步道旁边", "幸福小区入口", "建设大厦楼下", "地铁换乘通道"),
    *("体育馆东侧", "老城墙根下", "科技园区主路", "商业街中段", "长途客运站前", "高架桥底部"),
    *("公交总站附近", "文化宫门口", "电影院旁路口", "工业园大门外", "码头岸线沿途", "植物园围墙边"),
    "大学校园侧门",
)
ASKED = (
    "路灯 广场",
    "井盖 小区",
    "垃圾 医院",
    "积水 路口",
    "广告 商业街",
    "护栏 公园",
    "噪音 中学",
    "单车 地铁",
)


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite and on PostgreSQL."""
    with databases() as found:
        for database in found:
            both = measure_in(database, "search", options)
            yield both["search"]
            yield both["growth"]


def measure(options: Options) -> Figures:
    """Measure over a tenth of the cases, then over all."""
    from django.db import connection

    from tests import town as towns

    town = towns.build()
    tenth, whole = (10_000, 100_000) if options.small else (100_000, 1_000_000)
    _make_sentences()
    _enter(1, tenth, town.garbage.pk)
    small_ours, _, _ = _measure()
    _enter(tenth + 1, whole, town.garbage.pk)
    ours, bare, found = _measure()
    p95, bare_p95, small_p95 = (percentile(each, 0.95) for each in (ours, bare, small_ours))
    about = {"unit": "ms p95", "p50_ms": _ms(percentile(ours, 0.5)), "cases": whole}
    about |= {"bare_p50_ms": _ms(percentile(bare, 0.5)), "found_p50": percentile(found, 0.5)}
    return {
        "search": {
            "name": f"search {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(bare_p95),
            "ratio": round(p95 / bare_p95, 2),
            "floor": FLOOR,
            "passed": p95 / bare_p95 <= FLOOR,
            **about,
        },
        "growth": {
            "name": f"search growth {connection.vendor}",
            "value": _ms(p95),
            "peer": _ms(small_p95),
            "ratio": round(p95 / small_p95, 2),
            "floor": GROWTH_FLOOR,
            "passed": p95 / small_p95 <= GROWTH_FLOOR,
            **about,
        },
    }


def _make_sentences() -> None:
    """Keep every sentence with its words, as the product writes them."""
    from django.db import connection

    from wanmi.cases.searching import search_words

    texts = [place + problem for problem in PROBLEMS for place in PLACES]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_sentence (place int PRIMARY KEY, text text, words text)")
        cursor.executemany(
            "INSERT INTO bench_sentence VALUES (%s, %s, %s)",
            [(place, text, search_words(text, area_path="")) for place, text in enumerate(texts)],
        )


def _enter(first: int, last: int, category: int) -> None:
    """Enter cases and their words, each by one statement."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.connection.create_function("reverse", 1, lambda text: text[::-1])
    which = f"((i * 48271) %% 65537 + i) %% {len(PROBLEMS) * len(PLACES)}"
    sentence = f"(SELECT text FROM bench_sentence WHERE place = {which})"
    load(first, last, category, description=sentence)
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [f"B{first}", f"B{last}"])
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


_WORDS = """
INSERT INTO cases_wordindex (rowid, words)
SELECT c.id, s.words || ' 暴露 露垃 垃圾 圾 exposed garbage a' || replace(
    substr(c.area_path, 1, length(c.area_path) - 1), '/', ' a'
  ) || ' n' || lower(c.number) || ' r' || reverse(lower(c.number))
FROM cases_case AS c JOIN bench_sentence AS s ON s.text = c.description
WHERE c.id BETWEEN (SELECT id FROM cases_case WHERE number = %s)
  AND (SELECT id FROM cases_case WHERE number = %s)
ORDER BY c.id
"""


def _measure() -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of our requests and of the bare queries, and how many were found."""
    asking = [(client_of(role), path, words) for role, path in WHO for words in ASKED]
    ours: list[float] = []
    bare: list[float] = []
    found: list[float] = []
    for turn in range(ROUNDS + 2):
        for (client, headers), path, words in asking:
            began = time.perf_counter()
            answer = client.get("/api/v1/cases", {"q": words}, headers=headers)
            between = time.perf_counter()
            keys = _bare(path, words)
            ended = time.perf_counter()
            assert [case["id"] for case in answer.json()["items"]] == keys, (path, words)
            if turn >= 2:  # the first turns warm the caches
                ours.append(between - began)
                bare.append(ended - between)
                found.append(len(keys))
    return ours, bare, found


def _bare(path: str, words: str) -> list[int]:
    """Ask the index alone."""
    from django.db import connection

    from wanmi.cases import searching

    asked = searching.question(words) + searching.within([path], None)
    if connection.vendor == "sqlite":
        sql, given = "cases_wordindex MATCH %s", searching.as_fts5(asked)
    else:
        sql, given = "vector @@ %s::tsquery", searching.as_tsquery(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM cases_wordindex WHERE {sql} ORDER BY rowid DESC LIMIT 50", [given]
        )
        return [key for (key,) in cursor.fetchall()]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
