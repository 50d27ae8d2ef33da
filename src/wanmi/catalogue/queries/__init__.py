"""What may be asked of the catalogue: classes and standards on a date, and when things are due."""

from ..models import CaseStandard, Category, CategoryKind, Certainty, DefaultLimit, Edition
from ..words import limit_words
from .classes import (
    UnknownCategory,
    by_id,
    categories,
    category,
    edition_on,
    editions,
    majors,
    relatives,
    require_category,
    successor,
    with_standards,
)
from .standards import (
    default_limit,
    running_of,
    standard,
    standards_in,
    standards_in_force,
    standards_of,
)
from .working_time import calendar, due_at, warn_at

from ..grouping import class_groups  # isort: skip  # asks the classes above

__all__ = [
    "CaseStandard",
    "Category",
    "CategoryKind",
    "Certainty",
    "DefaultLimit",
    "Edition",
    "UnknownCategory",
    "by_id",
    "calendar",
    "categories",
    "category",
    "class_groups",
    "default_limit",
    "due_at",
    "edition_on",
    "editions",
    "limit_words",
    "majors",
    "relatives",
    "require_category",
    "running_of",
    "standard",
    "standards_in",
    "standards_in_force",
    "standards_of",
    "successor",
    "warn_at",
    "with_standards",
]
