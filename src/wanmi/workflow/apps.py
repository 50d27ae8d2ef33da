"""Django's entry to the room."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate


class WorkflowConfig(AppConfig):
    name = "wanmi.workflow"
    label = "workflow"

    def ready(self) -> None:
        from wanmi.shell import metrics
        from wanmi.upkeep import actions as upkeep

        from . import burden, grounds, menus, rulekeeping
        from .figures import figures

        post_migrate.connect(_take_news, sender=self)
        menus.register()
        metrics.offer_figures("workflow", figures)
        upkeep.offer_burden(burden.burden)
        upkeep.offer(rulekeeping.AdjustmentRules())
        upkeep.offer_dictionary(grounds.URGE_GROUNDS)


def _take_news(*, using: str, verbosity: int, **more: Any) -> None:
    """Publish the drawings a release ships for the first time, once every table is there."""
    from . import actions
    from .models import Procedure

    # Migrating backwards may have taken the table away.
    tables = connection.introspection.table_names() if using == DEFAULT_DB_ALIAS else []
    if Procedure._meta.db_table in tables:
        for code in actions.take_procedures():
            if verbosity:
                print(f"  Procedure {code} was published")
