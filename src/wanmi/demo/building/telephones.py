"""The hotline of the demo city: what agents may say, and the calls of the last hour."""

from datetime import datetime, timedelta

from wanmi.accounts.queries import User
from wanmi.hotline import actions as hotline

ARTICLES = (
    (
        "门前能临时摆摊吗？",
        "在划定的摊位和时段内可以，请先到所在街道登记；不得占用盲道和消防通道。",
        "May I put up a stall in front of my shop?",
        "On marked places and at marked hours, once the street office has registered you.",
        "摆摊 占道 经营",
    ),
    (
        "大件垃圾怎么处理？",
        "请联系小区物业预约投放点，或拨打环卫电话上门收运，费用以当地公示为准。",
        "How do I get rid of bulky waste?",
        "Ask your estate for the collection point, or have it fetched for the published fee.",
        "大件 家具 垃圾",
    ),
    (
        "路灯不亮多久修好？",
        "受理后转路灯管理单位，一般故障按立案条件规定的时限修复，可凭查询码查看进度。",
        "How long until a street lamp works again?",
        "Within the limit of its class; the tracking code tells how far it is.",
        "路灯 照明",
    ),
)
CALLS = (
    ("13800000001", "consultation", "请问门前能不能临时摆摊？", ARTICLES[0][1]),
    ("13800000002", "praise", "上次反映的垃圾当天就清走了，谢谢。", ""),
    ("13800000003", "advice", "建议公园门口增加非机动车停放点。", ""),
    ("13800000004", "", "", ""),
)
"""Caller, purpose, words and the answer on the spot; without words nobody waited for one."""


def open_hotline(*, at: datetime) -> int:
    """Write the articles and live through the last calls; return how many there were."""
    agent = User.objects.get(username="acceptor")
    for title_zh, words_zh, title_en, words_en, keywords in ARTICLES:
        draft = hotline.Draft(title_zh, words_zh, title_en, words_en, keywords)
        hotline.write_article(draft, by=None, at=at)
    for number, (caller, purpose, words, answer) in enumerate(CALLS):
        rang = at - timedelta(minutes=50 - 12 * number)
        call = hotline.ring(f"demo-{number}", caller, agent=agent, by="telephone", at=rang)
        if words:
            hotline.answer(call, by="telephone", at=rang + timedelta(seconds=9))
            said = hotline.Said(words, purpose=purpose, answer=answer)
            hotline.file(said, call=call, by=agent, at=rang + timedelta(minutes=2))
        hotline.end(call, by="telephone", at=rang + timedelta(minutes=3 if words else 1))
    return len(CALLS)
