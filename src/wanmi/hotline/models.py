"""Calls, the people who take them, calls to be returned, and what agents look up."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class CallState(models.TextChoices):
    """Where a call stands on the line."""

    RINGING = "ringing", "Ringing"
    TALKING = "talking", "Talking"
    HELD = "held", "On hold"
    ENDED = "ended", "Ended"


class Outcome(models.TextChoices):
    """What came of a call; empty while nobody has said."""

    MATTER = "matter", "Became a matter"
    SILENT = "silent", "Nobody spoke"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    NUISANCE = "nuisance", "Nuisance"
    LOST = "lost", "Hung up before an answer"


class AgentState(models.TextChoices):
    """Whether an agent can be given a call."""

    READY = "ready", "Ready"
    BUSY = "busy", "Busy"
    BREAK = "break", "On a break"
    OFFLINE = "offline", "Offline"


class Call(models.Model):
    """One call to the hotline, from the first ring to what came of it.

    `outside_id` is the telephone system's own name of the call; `contact` the
    matter it led to. `area_path` is that matter's, else the accepting body's.
    """

    outside_id = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=8, choices=CallState, default=CallState.RINGING)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    agent = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    handed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who passed it on while the caller was on the line."""
    hand_note = models.CharField(max_length=300, blank=True)
    contact = models.ForeignKey(
        "intake.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    area_path = models.CharField(max_length=160, blank=True)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    is_recorded = models.BooleanField(default=False)
    """The telephone system has said that there is a recording."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_call_is_answered_after_it_rang",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("rang_at")),
            ),
            models.CheckConstraint(
                name="a_call_ends_after_it_rang",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("rang_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["rang_at"], name="call_by_moment"),
            models.Index(fields=["agent", "settled_at"], name="call_by_agent"),
            models.Index(fields=["id"], name="call_open", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.outside_id

    @property
    def phone(self) -> str:
        """Return the caller's number, empty of a withheld or forgotten one."""
        known = getattr(self, "caller", None)
        return known.phone if known else ""


class Caller(models.Model):
    """Who called: personal data, a row of its own for each call, deletable."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="caller")
    phone = models.CharField(max_length=30)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["phone"], name="caller_by_phone")]


class Agent(models.Model):
    """Somebody who takes calls, and what they do now; `extension` is their telephone's."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    extension = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=AgentState, default=AgentState.OFFLINE)
    reason = models.CharField(max_length=12, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["extension"],
                condition=~Q(extension=""),
                name="an_extension_rings_one_agent",
            )
        ]


class Callback(models.Model):
    """Somebody is to be called back by a moment."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="callbacks")
    due_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    was_reached = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="callback_waiting", condition=Q(done_at__isnull=True)
            )
        ]


class HeardEvent(models.Model):
    """A signed message of the telephone system that was taken; it is refused a second time."""

    outside_id = models.CharField(max_length=160, unique=True)
    at = models.DateTimeField()


class Article(models.Model):
    """What an agent may say on the spot; the words are those of its newest version."""

    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    words_zh = models.TextField()
    words_en = models.TextField(blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title_zh


class ArticleVersion(models.Model):
    """An article as it once was; never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    words_zh = models.TextField()
    words_en = models.TextField(blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "number"], name="an_article_has_a_version_once"
            )
        ]
