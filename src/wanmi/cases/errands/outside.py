"""Somebody without an account answers through a link: a contractor, a shop.

The link is signed, expires, can be recalled and takes one answer. It shows one
errand and nothing else of the case.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanmi.accounts.queries import User
from wanmi.evidence import actions as evidence
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotFound
from wanmi.kernel.text import clean_text
from wanmi.organisation import queries as organisation

from .. import events
from ..models import Case
from . import giving
from .kinds import Address, ErrandKind, Form, asking, words_of
from .models import Errand, ErrandState, OutsideLink

CODE = "outside"
BY_LINK = "link"
"""How the journal names whoever answers through a link."""
USUAL_DAYS = 3
MOST_FILES = 6
_SALT = "wanmi.cases.outside"


class LinkGone(NotFound):
    """This link is not valid any more. Ask whoever sent it for a new one."""

    code = "link_gone"


class LinkUsed(Conflict):
    """This link has been answered already. Thank you."""

    code = "link_used"


class NothingDone(Invalid):
    """Say what was done and add at least one photograph, at most %(most)d."""

    code = "nothing_done"


class Outside(ErrandKind):
    """A piece of the work is done by somebody who has no account."""

    code = CODE
    name = _("Send a link to somebody without an account")
    task_name = ("外部办理", "Work outside")
    duty = organisation.duties.INVITE

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """While the lead has the case."""
        return bool(steps & {"assign", "handle"})

    def may_give(self, case: Case, scope: organisation.Scope) -> bool:
        """The lead itself, or who coordinates."""
        leads = any(held.body_id == case.department_id for held in scope.holdings)
        return leads or scope.may(organisation.duties.COORDINATE, case.area_path)

    def form(self, case: Case) -> Form:
        """Ask who, what, and for how long the link is valid."""
        name = {"type": "string", "minLength": 1, "maxLength": 60, "x-ui": "text"}
        days = {"type": "integer", "minimum": 1, "maximum": 30, "default": USUAL_DAYS}
        return asking(
            ("addressee", "words"),
            addressee=name | {"title": gettext_noop("Contractor or shop")},
            words=words_of(gettext_noop("What is asked")),
            days=days | {"x-ui": "number", "title": gettext_noop("Valid for days")},
        )

    def address(self, case: Case, given: Form) -> Address:
        """Nobody's desk: the link is the task."""
        return Address("")

    def details(self, case: Case, given: Form, at: datetime) -> dict[str, Any]:
        """Keep whom it was sent to and until when it is valid."""
        until = at + timedelta(days=given.get("days", USUAL_DAYS))
        return {"addressee": given["addressee"], "until": until.isoformat()}

    def given(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Make the link; who it is for stands with it and nowhere else."""
        told = errand.details
        OutsideLink.objects.create(
            errand=errand,
            seed=token_urlsafe(16),
            addressee=told["addressee"],
            expires_at=datetime.fromisoformat(told["until"]),
        )
        errand.details = {}
        errand.save(update_fields=["details"])


def token_of(link: OutsideLink) -> str:
    """Return the signed token of a link; it says until when it is valid."""
    content = [link.pk, link.seed, int(link.expires_at.timestamp())]
    return signing.dumps(content, salt=_SALT)


def link_behind(token: str, *, now: datetime | None = None) -> OutsideLink:
    """Return the valid link of a token. Raises LinkUsed once answered, LinkGone for all else."""
    now = now or datetime.now(UTC)
    try:
        key, seed, until = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkGone from error
    rows = OutsideLink.objects.select_related("errand__case__department", "errand__given_by")
    link = rows.filter(pk=key, seed=seed).first()
    if link is None or now.timestamp() > until or now > link.expires_at:
        raise LinkGone
    if link.errand.state == ErrandState.ANSWERED:
        raise LinkUsed
    if link.errand.state != ErrandState.WAITING:
        raise LinkGone
    return link


@journal.deed()
def note_opening(link: OutsideLink, *, at: datetime | None = None) -> None:
    """Record that a link was opened, once."""
    at = at or datetime.now(UTC)
    if OutsideLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at):
        case, errand = link.errand.case, link.errand
        opened = events.LinkOpened(case.pk, case.number, errand.pk, errand.kind)
        journal.publish(opened, by=BY_LINK, area_path=case.area_path, at=at)


def answer_link(
    link: OutsideLink,
    words: str,
    files: Sequence[evidence.Received],
    *,
    at: datetime | None = None,
) -> None:
    """Take the one answer of a link, with its photographs.

    Raises NothingDone, LinkUsed, LinkGone.
    """
    at = at or datetime.now(UTC)
    said = clean_text(words, max_length=2000)
    if len(said) < 2 or not 1 <= len(files) <= MOST_FILES:
        raise NothingDone(most=MOST_FILES)
    try:
        _keep(link.errand, said, files, at)
    except giving.ErrandSettled as error:
        raise LinkUsed from error


@journal.deed()
def _keep(errand: Errand, words: str, files: Sequence[evidence.Received], at: datetime) -> None:
    giving.answer(errand, "done", words, by=None, told_by=BY_LINK, at=at)
    media = [evidence.record(file, by=None, at=at).pk for file in files]
    evidence.attach(
        media,
        subject=f"case:{errand.case_id}",
        purpose="after",
        step=CODE,
        by=None,
        at=at,
        area_path=errand.case.area_path,
    )
