"""The assembly as an app: its commands, and what only it can know of all rooms."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "wanmi.config"
    label = "config"

    def ready(self) -> None:
        """Say which duty hears of which room's events on live pages."""
        from wanmi.notices import actions as notices
        from wanmi.organisation.queries import duties

        for room in ("cases", "workflow", "evidence", "surveys", "consultations"):
            notices.let_hear(room, duties.SEE_CASES, unlocated_duty=duties.PLACE_CASES)
        for room in ("registers", "geography"):
            notices.let_hear(room, duties.SEE_PARTS)
        notices.let_hear("hotline", duties.TAKE_CALLS, unlocated_duty=duties.TAKE_CALLS)
        notices.let_hear("dispatch", duties.SEE_PATROLS)
        notices.let_hear("catalogue", duties.SEE_CATALOGUE)
