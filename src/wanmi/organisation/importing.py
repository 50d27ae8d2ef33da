"""Importing the organisation: `./wanmi import organisations FILE`.

A line names a body, and may name a post of it and a person holding the post:
body, name_zh, name_en, kind, level, area (division code), credit_code, parent,
role, post_zh, post_en, post_area, username, person_zh, person_en, from_date.
A body is described once; later lines may only name it. New people get an account
nobody can sign in to until who looks after people gives it a password.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, Refused
from wanmi.kernel.identifiers import credit_code
from wanmi.kernel.imports import (
    MissingValue,
    Options,
    Record,
    Report,
    Source,
    UnusableValue,
    read,
)

from . import actions
from .models import Appointment, Body, BodyKind, Level, Post

KIND = "organisations"
SUMMARY = "Bodies, posts and the people who hold them"

KINDS = {
    "局": "bureau",
    "监督中心": "supervision_centre",
    "指挥中心": "command_centre",
    "专业部门": "department",
    "街道办事处": "street_office",
    "执法大队": "brigade",
    "企业": "company",
}
LEVELS = {"市级": "city", "区级": "district", "街道级": "street", "市": "city", "区": "district"}


class UnknownBody(Invalid):
    """There is no body “%(code)s”; describe it on an earlier line."""

    code = "unknown_body"


class OtherArea(Conflict):
    """Body %(code)s answers for another area already; an area is for ever."""

    code = "body_has_another_area"


def load(source: Source, options: Options) -> Report:
    """Load bodies, posts and people; what is there already stays as it is."""
    report = Report(KIND)
    hands = _Hands(by=options.actor)
    placed: list[_Placed] = []
    for record in read(source, options, report):
        try:
            placed.append(hands.place(record))
        except Refused as refused:
            report.reject(record.line, refused)
    # Only for lines that stand, and all at once: each password costs time to hash.
    hands.open_accounts(placed)
    for each in placed:
        with report.row(each.record):
            if not (hands.appointed(each) or each.changed):
                report.skip()
    report.rejected.sort(key=lambda row: row.line)
    return report


@dataclass(frozen=True)
class _Placed:
    """A line whose body and post stand; `changed` says whether they had to be made."""

    record: Record
    post: Post | None
    username: str
    changed: bool


@dataclass
class _Hands:
    """Takes line after line and remembers what earlier lines have brought."""

    by: journal.Actor
    opened: dict[str, User] = field(default_factory=dict)

    def place(self, record: Record) -> _Placed:
        """Bring in the body and the post of a line."""
        body, changed = self._body(record)
        role, username = record.text("role", max_length=30), record.text("username", max_length=60)
        if not role:
            if username:
                raise MissingValue(field="role")
            return _Placed(record, None, "", changed)
        post, made = self._post(record, body, role)
        record.day("from_date")
        known = not username or people.account(username) is not None
        if not known and not record.text("person_zh", max_length=60):
            raise MissingValue(field="person_zh")
        return _Placed(record, post, username, changed or made)

    def open_accounts(self, placed: list[_Placed]) -> None:
        """Open accounts for people who have none, with a password that nobody knows."""
        wanted: dict[str, accounts.NewAccount] = {}
        for each in placed:
            name = each.username
            if name and name not in wanted and people.account(name) is None:
                record = each.record
                wanted[name] = accounts.NewAccount(
                    name,
                    record.text("person_zh", max_length=60),
                    record.text("person_en", max_length=60),
                )
        if wanted:
            password = secrets.token_urlsafe(32)
            users = accounts.open_accounts(list(wanted.values()), password=password, by=self.by)
            self.opened = {user.username: user for user in users}

    def appointed(self, each: _Placed) -> bool:
        """Appoint the person of a line; say whether that changed anything."""
        if each.post is None or not each.username:
            return False
        user = self.opened.get(each.username) or people.account(each.username)
        if user is None:
            raise UnusableValue(value=each.username, field="username")
        held = Appointment.objects.filter(user=user, post=each.post, valid_to__isnull=True)
        if held.exists():
            return False
        first = each.record.day("from_date")
        actions.appoint(user.pk, each.post, from_date=first, by=self.by)
        return True

    def _body(self, record: Record) -> tuple[Body, bool]:
        code = record.text("body", required=True, max_length=40)
        known = Body.objects.filter(code=code).first()
        if not record.has("name_zh"):
            if known is None:
                raise UnknownBody(code=code)
            return known, False
        facts = _facts(record)
        area = facts.pop("area_path")
        if known is None:
            return actions.found_body(code, area_path=area, by=self.by, **facts), True
        if known.area_path != area:
            raise OtherArea(code=code)
        new = {name: value for name, value in facts.items() if getattr(known, name) != value}
        if new:
            actions.change_body(known, new, by=self.by)
        return known, bool(new)

    def _post(self, record: Record, body: Body, role: str) -> tuple[Post, bool]:
        area = _path(record, "post_area") or body.area_path
        named = record.text("post_zh", max_length=60)
        rows = Post.objects.filter(body=body, role__code=role, area_path=area)
        known = (rows.filter(name_zh=named) if named else rows).first()
        if known is not None:
            return known, False
        made = actions.make_post(
            body,
            role,
            name_zh=named,
            name_en=record.text("post_en", max_length=80),
            area_path=area,
            by=self.by,
        )
        return made, True


def _facts(record: Record) -> dict[str, Any]:
    code = record.text("credit_code", max_length=40)
    return {
        "name_zh": record.text("name_zh", max_length=100),
        "name_en": record.text("name_en", max_length=160),
        "kind": _choice(record, "kind", KINDS, BodyKind.values),
        "level": _choice(record, "level", LEVELS, Level.values),
        "credit_code": credit_code(code) if code else "",
        "area_path": _path(record, "area", required=True),
        "parent": _parent(record),
    }


def _choice(record: Record, name: str, words: dict[str, str], known: list[str]) -> str:
    said = record.text(name, required=True)
    value = words.get(said, said)
    if value not in known:
        raise UnusableValue(value=said[:40], field=name)
    return value


def _path(record: Record, name: str, *, required: bool = False) -> str:
    code = record.text(name, required=required, max_length=40)
    return geography.area(code).path if code else ""


def _parent(record: Record) -> Body | None:
    code = record.text("parent", max_length=40)
    if not code:
        return None
    row = Body.objects.filter(code=code).first()
    if row is None:
        raise UnknownBody(code=code)
    return row
