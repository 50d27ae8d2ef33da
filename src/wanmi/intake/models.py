"""Who speaks to the city, what about, and every word in both directions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Purpose(models.TextChoices):
    """Why somebody speaks to the city (Haidian: report, complaint, advice, consultation)."""

    REPORT = "report", "Report"
    COMPLAINT = "complaint", "Complaint"
    CONSULTATION = "consultation", "Consultation"
    ADVICE = "advice", "Advice"
    PRAISE = "praise", "Praise"


class State(models.TextChoices):
    """How far a contact has come."""

    WAITING = "waiting", "Waiting to be looked at"
    IN_CASE = "in_case", "Being worked on as a case"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed without an answer"


class Rating(models.TextChoices):
    """What somebody thinks of how their matter went."""

    SATISFIED = "satisfied", "Satisfied"
    FAIR = "fair", "Fair"
    DISSATISFIED = "dissatisfied", "Dissatisfied"


class Contact(models.Model):
    """One matter somebody brought to the city by a door, from the first word to the answer.

    Point in CGCS2000 degrees. `is_owed`: the final answer has not been given.
    `tracking_code` is what the person follows it by; of a matter that became a
    case it is the case's own.
    """

    number = models.CharField(max_length=20, unique=True)
    tracking_code = models.CharField(max_length=16, unique=True)
    door = models.CharField(max_length=20)
    outside_id = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    salt = models.CharField(max_length=32)
    language = models.CharField(max_length=8, default="zh-hans")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    joined = models.BooleanField(default=False)
    """Somebody else had reported it already: this one follows their case."""
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=256, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    area_path = models.CharField(max_length=160, blank=True)
    said_class = models.CharField(max_length=40, blank=True)
    """The class ("kind/code") its person took it for; the acceptor decides."""
    may_publish = models.BooleanField(default=False)
    received_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField()
    is_owed = models.BooleanField(default=True)
    answered_at = models.DateTimeField(null=True)
    rating = models.CharField(max_length=12, choices=Rating, blank=True)
    rating_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["door", "outside_id"],
                condition=~Q(outside_id=""),
                name="a_message_from_outside_comes_once",
            ),
            models.CheckConstraint(
                name="what_is_worked_on_has_its_case",
                condition=~Q(state=State.IN_CASE) | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_comes_after_the_question",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("received_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], name="contact_by_case"),
            models.Index(fields=["state", "-id"], name="contact_by_state"),
            models.Index(fields=["door", "-id"], name="contact_by_door"),
            models.Index(fields=["-id"], name="contact_owed", condition=Q(is_owed=True)),
            models.Index(
                fields=["-received_at"], name="contact_published", condition=Q(may_publish=True)
            ),
            models.Index(
                fields=["cell"], name="contact_published_by_cell", condition=Q(may_publish=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def said_by(self) -> "Sender | None":
        """Who brought it, None of somebody anonymous or forgotten."""
        return getattr(self, "sender", None)


class Sender(models.Model):
    """Who brought a matter, as far as they said: personal data, kept apart and deletable.

    Each matter has its own row, so that an address given by one person never
    receives the answers to another. `phone` is digits, `email` lower case, `chat`
    the name another platform gives them, with the platform before it.
    """

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="sender")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    chat = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=[name], condition=~Q(**{name: ""}), name=f"sender_by_{name}")
            for name in ("phone", "email", "chat")
        ]

    def __str__(self) -> str:
        return self.name or self.phone or self.email or self.chat


class Block(models.Model):
    """An address whose messages are no longer taken ("phone:13812345678")."""

    handle = models.CharField(max_length=260, unique=True)
    reason = models.CharField(max_length=200)
    blocked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    blocked_at = models.DateTimeField()


class Direction(models.TextChoices):
    """Who speaks."""

    IN = "in", "To the city"
    OUT = "out", "From the city"


class Message(models.Model):
    """One utterance of a matter; outgoing ones stand on the tracking page and may be letters.

    `is_final`: this is the answer owed. `letter` is the number of the letter
    that carries it, if a way back was known.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    words = models.TextField()
    salt = models.CharField(max_length=32)
    occasion = models.CharField(max_length=20, blank=True)
    """What called for an automatic message ("filed", "closed"); empty: a person wrote it."""
    is_final = models.BooleanField(default=False)
    outside_id = models.CharField(max_length=200, blank=True)
    letter = models.ForeignKey(
        "notices.Letter", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "outside_id"],
                condition=~Q(outside_id=""),
                name="a_message_of_a_thread_comes_once",
            ),
            models.UniqueConstraint(
                fields=["contact", "occasion"],
                condition=~Q(occasion=""),
                name="an_occasion_is_told_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["contact", "id"], name="message_by_contact")]


class ContactCounter(models.Model):
    """The last sequence of contact numbers drawn on a day ("20261121")."""

    scope = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)
