"""`wanmi import contacts`: work orders from a table, under our names or the usual ones."""

from datetime import datetime

from wanmi.intake import actions as intake
from wanmi.kernel.errors import Refused
from wanmi.kernel.imports import MissingValue, Options, Record, Report, Source, read

from . import orders

KIND = "contacts"
COLUMNS = {
    "number": ("工单编号", "工单号"),
    "words": ("诉求内容", "工单内容", "问题描述"),
    "title": ("诉求标题", "工单标题", "标题"),
    "name": ("来电人", "姓名", "联系人"),
    "phone": ("来电号码", "联系电话", "电话"),
    "address": ("事发地址", "诉求地址", "地址"),
    "purpose": ("诉求类型", "工单类型"),
    "received_at": ("派单时间", "下派时间"),
    "sign_by": ("签收时限", "签收截止时间"),
    "contact_by": ("联系时限", "联系截止时间"),
    "reply_by": ("办结时限", "回复截止时间"),
}
"""Our fields and what columns of such tables are usually called (to be confirmed per platform)."""
PURPOSES = {
    "举报": "report",
    "求助": "report",
    "投诉": "complaint",
    "咨询": "consultation",
    "建议": "advice",
    "表扬": "praise",
}


def load(source: Source, options: Options) -> Report:
    """Take in the orders of a table; a number known already changes nothing."""
    report = Report(KIND)
    for record in read(source, options, report):
        try:
            _, is_new = orders.take(_order(record), by=options.actor)
        except Refused as refused:
            report.reject(record.line, refused)
            continue
        report.accepted += is_new
        report.unchanged += not is_new
    return report


def _order(record: Record) -> orders.Order:
    words = _text(record, "words", longest=5000)
    number = _text(record, "number", longest=100)
    for name, value in (("number", number), ("words", words)):
        if not value:
            raise MissingValue(field=name)
    lon, lat = record.point() or (None, None)
    purpose = _text(record, "purpose") or "report"
    sender = intake.Sender(_text(record, "name", longest=60), _text(record, "phone", longest=30))
    return orders.Order(
        number,
        words,
        PURPOSES.get(purpose, purpose),
        sender,
        intake.Place(lon, lat, "wgs84", _text(record, "address")),
        title=_text(record, "title"),
        received_at=_moment(record, "received_at"),
        sign_by=_moment(record, "sign_by"),
        contact_by=_moment(record, "contact_by"),
        reply_by=_moment(record, "reply_by"),
    )


def _column(record: Record, name: str) -> str:
    return next((each for each in (name, *COLUMNS[name]) if record.has(each)), name)


def _text(record: Record, name: str, *, longest: int = 200) -> str:
    return record.text(_column(record, name), max_length=longest, multiline=name == "words")


def _moment(record: Record, name: str) -> datetime | None:
    return record.moment(_column(record, name))
