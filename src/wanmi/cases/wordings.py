"""The notices of this room that a city may word its own way, with examples."""

from django.utils.translation import gettext_lazy as _

from wanmi.notices import actions as notices

from . import listeners, turned, urged

STEP = {"zh": "受理", "en": "Accept"}
SORT = {"zh": "案件", "en": "case"}
NUMBER = "99010120261121000001"
_OPENED = {"step": STEP, "sort": SORT, "number": NUMBER}
_CLOCK = {
    "stage": {"zh": "处置", "en": "Handling"},
    "sort": SORT,
    "number": NUMBER,
    "percent": 80,
    "due": "11-21 17:30",
}
_URGED = {"name": {"zh": "值班领导", "en": "Leader"}, "sort": SORT, "number": NUMBER}


def offer() -> None:
    """Put the notices under upkeep."""
    for key, message, label, sample in (
        ("task_opened", listeners.OPENED, _("A task waits"), _OPENED),
        (
            "errand_answered",
            listeners.ANSWERED,
            _("An errand was answered"),
            {"step": STEP, "number": NUMBER},
        ),
        ("clock_soon", turned.SOON, _("A limit is about to end"), _CLOCK),
        ("clock_over", turned.OVER, _("A limit is over"), _CLOCK),
        ("clock_late", turned.LATE, _("A limit has long been over"), _CLOCK),
        ("reminded", urged.REMINDED, _("A reminder"), _URGED),
        ("supervised", urged.SUPERVISED, _("Put under supervision"), _URGED),
        ("urge_answered", urged.ANSWERED, _("Supervision was answered"), _URGED),
    ):
        notices.offer_wording(notices.Wording(key, message, label, sample))
