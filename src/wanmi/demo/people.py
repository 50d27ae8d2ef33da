"""Who works in the demo city: the accounts that are told, and colleagues beside them."""

from dataclasses import dataclass

PASSWORD = "wanmi-demo"  # noqa: S105  # told to everybody, accepted only on a demo database

CITY, DISTRICT, STREET = "city", "district", "street"


@dataclass(frozen=True)
class Account:
    """A demo account: its name to sign in with, its role, and the body it works in."""

    username: str
    role: str
    body: str
    name_zh: str
    name_en: str


ACCOUNTS = (
    Account("admin", "admin", "bureau", "管清", "Guan Qing"),
    Account("leader", "leader", "bureau", "陆远", "Lu Yuan"),
    Account("supervisor", "supervisor", "supervision", "巡岚", "Xun Lan"),
    Account("acceptor", "acceptor", "supervision", "闻听", "Wen Ting"),
    Account("duty_leader", "duty_leader", "supervision", "章衡", "Zhang Heng"),
    Account("dispatcher", "dispatcher", "command", "令达", "Ling Da"),
    Account("department", "department", "sanitation", "洁明", "Jie Ming"),
    Account("handler", "handler", "sanitation", "邹勤", "Zou Qin"),
    Account("evaluator", "evaluator", "bureau", "秤平", "Cheng Ping"),
    Account("street", "street", "street", "街芳", "Jie Fang"),
    Account("officer", "officer", "brigade", "卫正", "Wei Zheng"),
    Account("squad_leader", "squad_leader", "brigade", "方毅", "Fang Yi"),
    Account("legal", "legal", "bureau", "法言", "Fa Yan"),
    Account("inspector", "inspector", "bureau", "督良", "Du Liang"),
    Account("citizen", "citizen", "public", "云汀市民", "A citizen"),
)
"""The accounts of the design; each works in the first district."""

FAMILY = {
    "陈": "Chen", "李": "Li", "王": "Wang", "张": "Zhang", "刘": "Liu", "杨": "Yang",
    "赵": "Zhao", "黄": "Huang", "周": "Zhou", "吴": "Wu", "徐": "Xu", "孙": "Sun",
    "朱": "Zhu", "马": "Ma", "胡": "Hu", "林": "Lin", "郭": "Guo", "何": "He",
}  # fmt: skip
GIVEN = {
    "晓": "Xiao", "明": "Ming", "建": "Jian", "国": "Guo", "丽": "Li", "芳": "Fang",
    "志": "Zhi", "强": "Qiang", "海": "Hai", "燕": "Yan", "文": "Wen", "静": "Jing",
    "伟": "Wei", "敏": "Min", "军": "Jun", "洋": "Yang", "磊": "Lei", "雪": "Xue",
}  # fmt: skip


def colleague(number: int) -> tuple[str, str]:
    """Return the Chinese and English name of the n-th colleague; all differ up to 5,800."""
    families, given = list(FAMILY.items()), list(GIVEN.items())
    family = families[number * 7 % len(families)]
    first = given[number * 5 % len(given)]
    second = given[(number // len(families)) % len(given)]
    return family[0] + first[0] + second[0], f"{family[1]} {first[1]}{second[1].lower()}"
