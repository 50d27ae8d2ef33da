"""Instants as whole microseconds since 1970 UTC: exact arithmetic, no float creep."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
_DAY_S = 86_400


def microseconds(moment: datetime) -> int:
    """Return an aware datetime as microseconds since 1970 UTC; a naive one is a bug."""
    since = moment - EPOCH
    return (since.days * _DAY_S + since.seconds) * SECOND + since.microseconds


def moment(instant: int) -> datetime:
    """Return microseconds since 1970 UTC as an aware datetime in UTC."""
    return EPOCH + timedelta(microseconds=instant)
