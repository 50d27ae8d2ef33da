"""What a release ships for cases and a city already set up has never seen."""

from wanmi.notices import actions as notices
from wanmi.workflow import actions as workflow

from ..digests import SHIPPED_LAYERS
from .adjusting import SHIPPED_RULES


def take_news() -> list[str]:
    """Enter adjustment rules and layers of reminders that are here for the first time."""
    rules = [f"rule {kind}" for kind in workflow.take_rules(SHIPPED_RULES)]
    return rules + [f"reminders “{name}”" for name in notices.take_layers(SHIPPED_LAYERS)]
