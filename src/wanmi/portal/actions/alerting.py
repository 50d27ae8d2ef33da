"""Alerts: somebody wants to hear of what is released near them, and may stop at any time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line
from wanmi.notices import actions as notices
from wanmi.notices import queries as known_rings

from .. import events
from ..alerts import matching, new_releases, release_lines
from ..areas import Corner
from ..models import Alert, Release

JOB = "portal.tell_alerts"
EVERY_SECONDS = 900
RHYTHMS = (1, 7)
"""Days between two letters of an alert at least."""
KEPT_DAYS = 365
UNCONFIRMED_DAYS = 3
MOST_PER_ADDRESS = 10
MOST_CATEGORIES = 40
_LATE = timedelta(minutes=5)
"""How much later than its moment a release may become visible."""
_SALT = "wanmi.portal.alert"
RING_TITLE = _("There is something new in the area you watch")
RING = _("Open the page to see what was reported.")


class TooManyAlerts(Conflict):
    """There are %(most)s alerts for this address already; stop one first."""

    code = "too_many_alerts"


class NotTheLetter(Invalid):
    """This link is not the one of the letter, or it is older than three days; begin anew."""

    code = "not_the_letter"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to hear of: an area (drawn, or a division's code) and classes.

    No area is the whole city, no classes are all. `site` is the address under which they
    reached us, for the links of letters.
    """

    site: str
    area: str = ""
    corners: Sequence[Corner] = ()
    categories: Sequence[str] = ()
    email: str = ""
    every_days: int = 1
    language: str = "zh-hans"


@journal.deed()
def make_alert(wish: Wish, *, at: datetime | None = None) -> Alert:
    """Keep an alert; an address is asked first. Raises NoSuchArea, UnusableText, TooManyAlerts."""
    at = at or datetime.now(UTC)
    email = clean_line(wish.email, max_length=254).lower()
    if email and Alert.objects.filter(email=email).count() >= MOST_PER_ADDRESS:
        raise TooManyAlerts(most=MOST_PER_ADDRESS)
    path = geography.area(wish.area).path if wish.area and not wish.corners else ""
    alert = Alert.objects.create(
        token=secrets.token_urlsafe(16),
        email=email,
        language=wish.language[:8],
        site=wish.site[:200].rstrip("/"),
        area_code=wish.area if path else "",
        area_path=path,
        corners=[list(corner) for corner in wish.corners],
        categories=[clean_line(each, max_length=40) for each in wish.categories[:MOST_CATEGORIES]],
        every_days=wish.every_days if wish.every_days in RHYTHMS else RHYTHMS[0],
        made_at=at,
        told_until=at,
        due_at=at,
        ends_at=at + timedelta(days=KEPT_DAYS),
    )
    journal.publish(events.AlertMade(alert.pk, bool(email)), by="public", at=at)
    if email:
        _ask(alert, at)
    return alert


@journal.deed()
def confirm_alert(alert: Alert, proof: str, *, at: datetime | None = None) -> Alert:
    """Let an alert write to its address; twice is once. Raises NotTheLetter."""
    if not _is_proof(alert, proof):
        raise NotTheLetter
    if alert.confirmed_at is None:
        at = at or datetime.now(UTC)
        alert.confirmed_at = at
        alert.save(update_fields=["confirmed_at"])
        journal.publish(events.AlertConfirmed(alert.pk), by="public", at=at)
    return alert


@journal.deed()
def stop_alert(alert: Alert, *, why: str = "asked", at: datetime | None = None) -> None:
    """Delete an alert, its address and its letters, and ring nobody about it any more."""
    subject = f"alert:{alert.pk}"
    notices.drop_topic(subject)
    notices.forget_letters(subject)
    journal.publish(events.AlertStopped(alert.pk, why), by="public", at=at)
    alert.delete()


@journal.deed()
def send_links(email: str, site: str, language: str, *, at: datetime | None = None) -> None:
    """Send the links of all alerts of an address to it; nothing where there are none."""
    email = clean_line(email, max_length=254).lower()
    alerts = list(Alert.objects.filter(email=email).order_by("pk")) if email else []
    if not alerts:
        return
    with translation.override(language):
        lines = [gettext("The alerts of this address; open one to change or stop it:")]
        title = gettext("Your alerts")
    words = "\n".join([*lines, *(page_of(alert, site) for alert in alerts)])
    about = f"alert:{alerts[0].pk}"
    notices.post_letter("email", email, words, about=about, title=title, language=language, at=at)


def page_of(alert: Alert, site: str = "") -> str:
    """Return the address of an alert's own page."""
    return (site or alert.site) + reverse("portal:alert", args=[alert.token])


def tell_alerts(payload: dict[str, Any]) -> None:
    """Tell each alert whose time has come what was released since: one letter, one ring."""
    now = datetime.now(UTC)
    _drop_old(now)
    due = list(Alert.objects.filter(due_at__lte=now))
    releases = new_releases(min(alert.told_until for alert in due)) if due else []
    for alert in due:
        _tell(alert, matching(alert, releases), now)


def _tell(alert: Alert, found: list[Release], now: datetime) -> None:
    told = max([alert.told_until, now - _LATE, *(row.released_at for row in found)])
    alert.told_until = told
    if found:
        alert.due_at = now + timedelta(days=alert.every_days)
        path = reverse("portal:alert", args=[alert.token])
        notices.ring(f"alert:{alert.pk}", RING_TITLE, RING, link=path, at=now)
        if alert.confirmed_at is not None:
            _write(alert, found, now)
    alert.save(update_fields=["told_until", "due_at"])


def _write(alert: Alert, found: list[Release], now: datetime) -> None:
    with translation.override(alert.language):
        count = ngettext("%(n)s new report was shown", "%(n)s new reports were shown", len(found))
        title = count % {"n": len(found)}
        lines = release_lines(found, alert.site)
        stop = gettext("Change or stop this alert:")
    words = "\n\n".join([title, *lines, f"{stop} {page_of(alert)}"])
    _post(alert, title, words, now)


def _ask(alert: Alert, at: datetime) -> None:
    """Ask an address whether it wants the alert; nothing anybody typed stands in the letter."""
    proof = signing.dumps(alert.pk, salt=_SALT)
    with translation.override(alert.language):
        title = gettext("Do you want this alert?")
        words = gettext(
            "Somebody, probably you, wants this address to be told of new reports in an area of the"
            " city. Open the link and confirm it within three days. Otherwise do nothing: the"
            " address is deleted then."
        )
    _post(alert, title, f"{words}\n\n{page_of(alert)}?confirm={proof}", at)


def _post(alert: Alert, title: str, words: str, at: datetime) -> None:
    notices.post_letter(
        "email",
        alert.email,
        words,
        about=f"alert:{alert.pk}",
        title=title,
        unsubscribe=alert.site + reverse("portal:alert_stop", args=[alert.token]),
        language=alert.language,
        at=at,
    )


def _is_proof(alert: Alert, proof: str) -> bool:
    try:
        said = signing.loads(proof, salt=_SALT, max_age=UNCONFIRMED_DAYS * 86_400)
    except signing.BadSignature:
        return False
    return bool(said == alert.pk)


def _drop_old(now: datetime) -> None:
    """Delete what ran out, was not confirmed in time, or reaches nobody."""
    for alert in Alert.objects.filter(ends_at__lte=now):
        stop_alert(alert, why="ended", at=now)
    early = now - timedelta(days=UNCONFIRMED_DAYS)
    for alert in Alert.objects.filter(confirmed_at=None, made_at__lte=early):
        if not known_rings.is_rung(f"alert:{alert.pk}"):
            stop_alert(alert, why="unconfirmed", at=now)
        elif alert.email:
            Alert.objects.filter(pk=alert.pk).update(email="")
