"""The case, who reported it, its number counters, its facts for evaluation."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from .control.models import Control, ControlEffect
from .errands.models import Errand, ErrandState, OutsideLink
from .facetwords import FacetWord
from .ground import INDEXED
from .matching import WordsField
from .reporterwords import REPORTER_INDEXES

__all__ = [
    "Case",
    "CaseFacts",
    "CaseLink",
    "Control",
    "ControlEffect",
    "Errand",
    "ErrandState",
    "NumberCounter",
    "OutsideLink",
    "Phase",
    "Reporter",
    "Satisfaction",
    "Shirking",
    "Source",
    "State",
    "VisitBack",
    "WordIndex",
]


class Phase(models.TextChoices):
    """The seven phases (CJJ/T 106), as the API names them."""

    COLLECTION = "collection", "Collection"
    FILING = "filing", "Filing"
    DISPATCH = "dispatch", "Dispatch"
    HANDLING = "handling", "Handling"
    FEEDBACK = "feedback", "Feedback"
    CHECK_AND_CLOSE = "check_and_close", "Check and close"
    EVALUATION = "evaluation", "Evaluation"


class State(models.TextChoices):
    """Who holds the case now, or how it ended."""

    REPORTED = "reported", "Reported"
    VERIFYING = "verifying", "Being verified"
    PENDING_FILING = "pending_filing", "Waiting to be filed"
    PENDING_DISPATCH = "pending_dispatch", "Waiting for dispatch"
    PENDING_HANDLING = "pending_handling", "Waiting for handling"
    HANDLING = "handling", "Being handled"
    FEEDBACK_REVIEW = "feedback_review", "Feedback under review"
    CHECKING = "checking", "Being checked"
    PENDING_CLOSING = "pending_closing", "Waiting to be closed"
    CLOSED = "closed", "Closed"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    NOT_FILED = "not_filed", "Not filed"
    VOIDED = "voided", "Voided"
    SELF_HANDLED_CLOSED = "self_handled_closed", "Handled on the spot"
    FORCE_CLOSED = "force_closed", "Closed by order"


class Source(models.TextChoices):
    """Where the report came from."""

    SUPERVISOR = "supervisor", "Supervisor on patrol"
    HOTLINE = "hotline", "Hotline"
    WEB = "web", "Web or app"
    LEADER = "leader", "Leader's instruction"
    DEPARTMENT = "department", "Transferred by a department"
    MEDIA = "media", "Media exposure"
    VIDEO = "video", "Video inspection"
    PLATFORM = "platform", "Another platform"
    LETTER = "letter", "Letter or visit"
    SENSOR = "sensor", "Sensor alarm"
    SURVEY = "survey", "Special survey"
    IMPORT = "import", "Imported"


_DISTRICT, _STREET = (Substr("area_path", 1, length) for length in INDEXED)
_NEWEST = F("id").desc()
_IS_OPEN = Q(ended_at__isnull=True)


class Case(models.Model):
    """A problem in a unit grid, from report to closing.

    Point in CGCS2000 degrees; `given_*` keep the pair and the system as they
    were reported. Codes and names of class and standard are snapshots of what
    applied when the case was filed. A case without a grid is unlocated.
    """

    number = models.CharField(max_length=40, unique=True)
    tracking_code = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=12, choices=Source)
    phase = models.CharField(max_length=16, choices=Phase)
    state = models.CharField(max_length=20, choices=State)
    kind = models.CharField(max_length=5, blank=True)
    category = models.ForeignKey(
        "catalogue.Category", on_delete=models.PROTECT, null=True, related_name="+"
    )
    category_code = models.CharField(max_length=8, blank=True)
    category_zh = models.CharField(max_length=60, blank=True)
    category_en = models.CharField(max_length=100, blank=True)
    standard = models.ForeignKey(
        "catalogue.CaseStandard",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    rule = models.JSONField(default=dict)
    part = models.ForeignKey(
        "registers.Part",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    description = models.TextField()
    address = models.CharField(max_length=256, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    given_lon = models.FloatField(null=True)
    given_lat = models.FloatField(null=True)
    given_system = models.CharField(max_length=20, blank=True)
    grid_code = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=160, blank=True)
    is_located = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    needs_verification = models.BooleanField(default=False)
    department = models.ForeignKey(
        "organisation.Body",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    delegate = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The unit that acts for the department, which still answers for the case."""
    handler = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    reported_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rework_count = models.PositiveSmallIntegerField(default=0)
    return_count = models.PositiveSmallIntegerField(default=0)
    redispatch_count = models.PositiveSmallIntegerField(default=0)
    is_suspended = models.BooleanField(default=False)
    is_supervised = models.BooleanField(default=False)
    is_urged = models.BooleanField(default=False)
    has_request = models.BooleanField(default=False)
    origin = models.CharField(max_length=40, blank=True)
    origin_key = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["origin", "origin_key"],
                condition=~Q(origin=""),
                name="an_imported_case_comes_once",
            ),
            models.CheckConstraint(
                name="a_located_case_has_a_point_and_a_grid",
                condition=Q(is_located=False)
                | (Q(lon__isnull=False) & Q(cell__isnull=False) & ~Q(grid_code="")),
            ),
            models.CheckConstraint(
                name="a_case_ends_after_it_is_reported",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("reported_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cell"], name="case_by_cell"),
            # Newest first within a district and a street (see `ground`): of all, of the open.
            models.Index(_DISTRICT, _NEWEST, name="case_by_district"),
            models.Index(_STREET, _NEWEST, name="case_by_street"),
            models.Index(_NEWEST, name="case_open_newest", condition=_IS_OPEN),
            models.Index(_DISTRICT, _NEWEST, name="case_open_by_district", condition=_IS_OPEN),
            # The board of a district: what presses most, and counts without a look at the rows.
            models.Index(
                _DISTRICT,
                F("due_at"),
                F("warn_at"),
                F("phase"),
                name="case_open_by_deadline",
                condition=_IS_OPEN,
            ),
            # Written so, as SQLite knows it again: not as the opposite of open.
            models.Index(
                fields=["ended_at"], name="case_by_end", condition=Q(ended_at__isnull=False)
            ),
            models.Index(_STREET, _NEWEST, name="case_open_by_street", condition=_IS_OPEN),
            models.Index(fields=["area_path"], name="case_by_path"),
            models.Index(fields=["reported_at"], name="case_by_report_time"),
            # Newest first of every combination of filters (see `facets`).
            models.Index(FacetWord(), _NEWEST, name="case_by_word"),
            models.Index(_DISTRICT, FacetWord(), _NEWEST, name="case_by_district_and_word"),
            models.Index(_STREET, FacetWord(), _NEWEST, name="case_by_street_and_word"),
            models.Index("category_code", FacetWord(), _NEWEST, name="case_by_class"),
            models.Index(
                "category_code", _DISTRICT, FacetWord(), _NEWEST, name="case_by_class_in_district"
            ),
            models.Index(
                "category_code", _STREET, FacetWord(), _NEWEST, name="case_by_class_in_street"
            ),
            models.Index("department", FacetWord(), _NEWEST, name="case_by_department"),
            # What a new case lacks is indexed where it is there: a report then writes nothing.
            *[
                models.Index(
                    fields=[name],
                    name=f"case_by_{name}",
                    condition=Q((f"{name}__isnull", False)),
                )
                for name in ("handler", "part", "standard")
            ],
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def acting_id(self) -> int | None:
        """The body that handles the case: the department or who acts for it."""
        return self.delegate_id or self.department_id


class Reporter(models.Model):
    """The person who reported: personal data, kept apart and deletable."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    is_anonymous = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)

    class Meta:
        indexes: ClassVar = REPORTER_INDEXES


class WordIndex(models.Model):
    """The words a case is found by; FTS5's own table in SQLite, hence the column's name."""

    case = models.OneToOneField(
        Case,
        on_delete=models.CASCADE,
        related_name="word_index",
        primary_key=True,
        db_column="rowid",
    )
    words = WordsField()


class NumberCounter(models.Model):
    """The last sequence drawn in a scope ("990101/20261121")."""

    scope = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)


class CaseFacts(models.Model):
    """0/1 facts of one case, so that every indicator is a sum (domain rules: CJ/T 292).

    Derived from the flow log and rebuilt at will. `*_by`, `*_post` name who
    answers for the step. Denominators (`need_*`) count what was due: done, or
    overdue and not done.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+", primary_key=True)
    area_path = models.CharField(max_length=160, blank=True)
    department = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reporter_user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reported_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    report = models.PositiveSmallIntegerField(default=0)
    patrol_report = models.PositiveSmallIntegerField(default=0)
    public_report = models.PositiveSmallIntegerField(default=0)
    valid_report = models.PositiveSmallIntegerField(default=0)
    need_verify = models.PositiveSmallIntegerField(default=0)
    verify = models.PositiveSmallIntegerField(default=0)
    intime_verify = models.PositiveSmallIntegerField(default=0)
    inst = models.PositiveSmallIntegerField(default=0)
    intime_inst = models.PositiveSmallIntegerField(default=0)
    need_dispatch = models.PositiveSmallIntegerField(default=0)
    dispatch = models.PositiveSmallIntegerField(default=0)
    intime_dispatch = models.PositiveSmallIntegerField(default=0)
    accurate_dispatch = models.PositiveSmallIntegerField(default=0)
    need_dispose = models.PositiveSmallIntegerField(default=0)
    dispose = models.PositiveSmallIntegerField(default=0)
    intime_dispose = models.PositiveSmallIntegerField(default=0)
    overtime_dispose = models.PositiveSmallIntegerField(default=0)
    need_check = models.PositiveSmallIntegerField(default=0)
    check_done = models.PositiveSmallIntegerField(default=0)
    intime_check = models.PositiveSmallIntegerField(default=0)
    rework = models.PositiveSmallIntegerField(default=0)
    rework_times = models.PositiveSmallIntegerField(default=0)
    return_times = models.PositiveSmallIntegerField(default=0)
    redispatch_times = models.PositiveSmallIntegerField(default=0)
    shirk_times = models.PositiveSmallIntegerField(default=0)
    need_archive = models.PositiveSmallIntegerField(default=0)
    archive = models.PositiveSmallIntegerField(default=0)
    intime_archive = models.PositiveSmallIntegerField(default=0)
    not_accepted = models.PositiveSmallIntegerField(default=0)
    not_filed = models.PositiveSmallIntegerField(default=0)
    is_exempt = models.BooleanField(default=False)
    """An appeal was granted: overtime stays visible but does not count."""
    handling_seconds = models.PositiveIntegerField(null=True)
    total_seconds = models.PositiveIntegerField(null=True)
    steps = models.JSONField(default=list)
    """Who did each step: [{step, user, post, seconds, overdue}]."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area_path"], name="facts_by_area")]


class CaseLink(models.Model):
    """A case that reports what another one already holds; linked, never deleted."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    linked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_case_is_no_duplicate_of_itself", condition=~Q(case=F("original"))
            )
        ]


class Satisfaction(models.TextChoices):
    """What the reporter says when asked after closing."""

    SATISFIED = "satisfied", "Satisfied"
    FAIR = "fair", "Fair"
    DISSATISFIED = "dissatisfied", "Dissatisfied"
    NOT_REACHED = "not_reached", "Not reached"


class VisitBack(models.Model):
    """The reporter was asked for their satisfaction after closing."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Satisfaction)
    words = models.TextField(blank=True)
    salt = models.CharField(max_length=32)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who asked; None where the reporter spoke of their own accord."""
    asked_at = models.DateTimeField()


class Shirking(models.Model):
    """A department asked for a return without ground: determined, counted, penalised."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(
        "workflow.Adjustment", on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    salt = models.CharField(max_length=32)
    determined_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    determined_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case"], name="shirking_by_case"),
            models.Index(fields=["body", "determined_at"], name="shirking_by_body"),
        ]
