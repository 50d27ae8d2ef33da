"""The headings of the start page."""

from django.utils.translation import gettext_lazy as _

PEOPLE = _("People and rights")
WORK = _("Cases and procedures")
RULES = _("Catalogue and calendar")
LOOK = _("Words and looks")
WATCH = _("Records")

ORDER = (PEOPLE, WORK, RULES, LOOK, WATCH)
