"""The inbox of each person, quiet hours, layers of reminders; letters to addresses outside."""

import re
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wanmi.shell.pages import spoken

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Notice(models.Model):
    """A sentence for one person: an English msgid with parameters, translated when shown."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    message = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    words = models.JSONField(null=True)
    """The city's own wording when it was told: {"zh": …, "en": …} with {placeholders}."""
    link = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    shown_from = models.DateTimeField(null=True)
    """Told in quiet hours: it waits until then."""
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_by_user"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject", "at"], name="a_notice_is_told_once"
            )
        ]

    @property
    def sentence(self) -> str:
        """The notice in the reader's language."""
        if self.words:
            said = str(_in_language(self.words, (get_language() or "").startswith("zh")))
            return PLACEHOLDER.sub(lambda found: self._filled(found[1], found[0]), said)
        text = gettext(self.message)
        return text % self._spoken() if self.params else text

    def _filled(self, name: str, otherwise: str) -> str:
        """Return a param in the reader's language; an unknown placeholder stays as it is."""
        return str(self._spoken().get(name, otherwise))

    def _spoken(self) -> dict[str, Any]:
        """Return the params, those given in two languages in the reader's."""
        chinese = (get_language() or "").startswith("zh")
        return {name: _in_language(value, chinese) for name, value in self.params.items()}


def _in_language(value: Any, chinese: bool) -> Any:
    if not isinstance(value, dict):
        return value
    first, second = ("zh", "en") if chinese else ("en", "zh")
    return value.get(first) or value.get(second, "")


class LetterState(models.TextChoices):
    """How far a letter has come."""

    WAITING = "waiting", "Waiting: no way out is set up"
    QUEUED = "queued", "On its way"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not delivered"


class Letter(models.Model):
    """Words for an address outside the house, by a channel (e-mail, SMS, push).

    Address and words are personal data: they stand here and not in the journal.
    `about` is the subject it concerns ("contact:3").
    """

    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=1000)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=LetterState)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    outside_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about", "id"], name="letter_by_subject"),
            models.Index(
                fields=["state", "id"], name="letter_unsent", condition=~Q(state=LetterState.SENT)
            ),
        ]


class QuietHours(models.Model):
    """When a person is left in peace: what is told meanwhile waits until it is over.

    City time; `from_time` later than `to_time` reaches over midnight, both the
    same is no time of day at all.
    """

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    from_time = models.TimeField()
    to_time = models.TimeField()
    is_quiet_on_days_off = models.BooleanField(default=False)


class Rhythm(models.TextChoices):
    """How often a layer is reminded."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")


class ReminderLayer(models.Model):
    """Some people are told in their own rhythm how much waits: one sentence, never a flood.

    `about` names what is counted; rooms above offer it. The roles and the people
    chosen are told, at a time of day (city time), on a weekday (0 is Monday) or
    a day of the month. `next_at` is when the layer's turn comes.
    """

    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=30)
    roles = models.JSONField(default=list)
    people = models.ManyToManyField("accounts.User", related_name="+")
    every = models.CharField(max_length=5, choices=Rhythm)
    weekday = models.PositiveSmallIntegerField(default=0)
    month_day = models.PositiveSmallIntegerField(default=1)
    at_time = models.TimeField()
    only_working_days = models.BooleanField(default=True)
    at_least = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    next_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name_zh"], name="layers_of_reminders_differ")
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="layer_due", condition=Q(is_active=True))
        ]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)


class PushAddress(models.Model):
    """A browser that asked to be rung: its push service's address and the keys to seal for it.

    Found by the SHA-256 of the endpoint. Whoever holds the row can ring it, so it is no
    more shown than a phone number.
    """

    digest = models.CharField(max_length=64, unique=True)
    endpoint = models.CharField(max_length=800)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()


class PushWish(models.Model):
    """What a browser is rung about: an inbox ("user:5"), a matter ("contact:12"), an alert.

    `link` is the page of ours that opens; empty leaves it to the ring.
    """

    address = models.ForeignKey(PushAddress, on_delete=models.CASCADE, related_name="wishes")
    topic = models.CharField(max_length=80)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address", "topic"], name="a_browser_is_rung_once_about_a_topic"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["topic"], name="push_by_topic")]
