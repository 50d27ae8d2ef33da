"""Letters: words to an address outside the house, sent at least once, failures told.

A channel is a way out (e-mail, SMS, push). The letter is a row of the deed
that writes it; a job carries it out afterwards, so that what was promised
survives a crash and no writer waits for a network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line, clean_text

from . import events
from .models import Letter, LetterState

JOB = "notices.send_letter"
MOST_ATTEMPTS = 6
"""Attempts over about an hour, by the job's back-off; then somebody is told."""


class Undeliverable(Exception):
    """The channel refuses this letter for good (unknown address, unsubscribed)."""


class UnknownChannel(Invalid):
    """There is no way out called %(channel)s."""

    code = "unknown_channel"


Send = Callable[[Letter], str]
"""Sends a letter and returns what the other side calls it, or nothing.

Raises Undeliverable when trying again is of no use, anything else to be tried again.
"""


@dataclass(frozen=True)
class Channel:
    """A way out; one that is not ready keeps its letters until it is."""

    code: str
    send: Send
    is_ready: Callable[[], bool]


_channels: dict[str, Channel] = {}


def offer_channel(channel: Channel) -> None:
    """Add a way out under its code."""
    _channels[channel.code] = channel


def knows_channel(code: str) -> bool:
    """Say whether a way out exists, set up or not."""
    return code in _channels


def has_channel(code: str) -> bool:
    """Say whether a way out is there and set up."""
    return code in _channels and _channels[code].is_ready()


@journal.deed()
def post_letter(
    channel: str,
    address: str,
    words: str,
    *,
    about: str,
    title: str = "",
    link: str = "",
    reference: str = "",
    unsubscribe: str = "",
    language: str = "zh-hans",
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Letter:
    """Write a letter and have it carried out after the deed.

    `reference` is what it answers on the other side (an e-mail's Message-ID),
    `unsubscribe` the address that ends such letters by one POST (RFC 8058).
    Raises UnknownChannel, UnusableText.
    """
    if channel not in _channels:
        raise UnknownChannel(channel=channel)
    at = at or datetime.now(UTC)
    letter = Letter.objects.create(
        channel=channel,
        address=clean_line(address, max_length=1000),
        language=language,
        title=clean_line(title),
        words=clean_text(words, max_length=5000),
        link=link,
        reference=reference,
        unsubscribe=unsubscribe,
        about=about,
        state=LetterState.QUEUED if has_channel(channel) else LetterState.WAITING,
        created_at=at,
    )
    if letter.state == LetterState.QUEUED:
        journal.schedule(JOB, {"letter": letter.pk})
    journal.publish(events.LetterPosted(letter.pk, channel, about), by=by, at=at)
    return letter


@journal.deed()
def send_again(letter: Letter, *, by: journal.Actor, at: datetime | None = None) -> Letter:
    """Try a letter that waits or failed once more."""
    unsent = Letter.objects.filter(
        pk=letter.pk, state__in=[LetterState.WAITING, LetterState.FAILED]
    )
    if unsent.update(state=LetterState.QUEUED, attempts=0, error=""):
        journal.schedule(JOB, {"letter": letter.pk})
        news = events.LetterPosted(letter.pk, letter.channel, letter.about)
        journal.publish(news, by=by, at=at)
    letter.refresh_from_db()
    return letter


@journal.deed()
def handed_over(letter: Letter, *, outside_id: str = "", at: datetime | None = None) -> bool:
    """Note that an unsent letter reached its reader by another hand; False if it had left."""
    at = at or datetime.now(UTC)
    unsent = Letter.objects.filter(
        pk=letter.pk, state__in=[LetterState.WAITING, LetterState.QUEUED]
    )
    if not unsent.update(state=LetterState.SENT, sent_at=at, outside_id=outside_id[:200]):
        return False
    journal.publish(events.LetterSent(letter.pk, letter.channel, letter.about), by=None, at=at)
    return True


@journal.deed()
def came_back(letter: Letter, error: str) -> None:
    """Note that a letter thought sent never arrived (a bounce, a delivery report)."""
    if letter.state != LetterState.FAILED:
        _give_up(letter, error)


@journal.deed()
def forget_letters(about: str) -> None:
    """Delete every letter about a subject whose person wants to be forgotten."""
    Letter.objects.filter(about=about).delete()


def carry(payload: dict[str, Any]) -> None:
    """Send one letter: a job abroad, so that its row is never locked while the network is slow."""
    letter = Letter.objects.filter(pk=payload["letter"], state=LetterState.QUEUED).first()
    if letter is None:
        return
    attempts = letter.attempts + 1
    Letter.objects.filter(pk=letter.pk).update(attempts=attempts)
    try:
        outside_id = _channels[letter.channel].send(letter)
    except Undeliverable as refusal:
        _give_up(letter, str(refusal))
    except Exception as error:
        if attempts < MOST_ATTEMPTS:
            raise
        _give_up(letter, f"{type(error).__name__}: {error}")
    else:
        _settle(letter, outside_id)


@journal.deed()
def _settle(letter: Letter, outside_id: str) -> None:
    now = datetime.now(UTC)
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENT, sent_at=now, outside_id=(outside_id or "")[:200], error=""
    )
    journal.publish(events.LetterSent(letter.pk, letter.channel, letter.about), by=None, at=now)


@journal.deed()
def _give_up(letter: Letter, error: str) -> None:
    plain = error.replace("\0", "").encode("utf-8", "replace").decode()[:300]
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.FAILED, error=plain)
    journal.publish(events.LetterFailed(letter.pk, letter.channel, letter.about), by=None)


def offer_work() -> None:
    """Have the workers carry letters."""
    journal.offer_job(JOB, carry, abroad=True)
