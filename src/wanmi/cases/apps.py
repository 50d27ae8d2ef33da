"""Django's entry to the room: fills the hooks of the rooms below."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "wanmi.cases"
    label = "cases"

    def ready(self) -> None:
        from wanmi.catalogue import actions as calendars
        from wanmi.catalogue import actions as standards
        from wanmi.catalogue import queries as catalogue
        from wanmi.evidence import actions as evidence
        from wanmi.kernel import imports
        from wanmi.notices import actions as notices
        from wanmi.organisation import actions as organisation
        from wanmi.upkeep import actions as upkeep
        from wanmi.workflow import actions as workflow

        from . import (
            actions,
            digests,
            finding,
            furniture,
            importing,
            keptlists,
            layers,
            listeners,  # noqa: F401  # registers itself
            menus,
            naming,
            numberpatterns,
            parts,
            turned,  # noqa: F401  # registers itself
            urged,  # noqa: F401  # registers itself
            wordings,
            words,
        )
        from .actions.procedure import SHIPPED
        from .errands.offering import offer_errands
        from .presenting import CaseSubject
        from .queries import area_of_number, may_see_any, may_see_subject, running_of_class

        post_migrate.connect(_take_news, sender=self)
        workflow.use_calendar(catalogue.calendar)
        calendars.offer_follower(workflow.would_move, lambda by: workflow.follow_calendar(by=by))
        notices.use_calendar(catalogue.calendar)
        digests.offer()
        actions.offer_adjustments()
        actions.offer_tables()
        actions.offer_visit_back()
        workflow.offer_shipped("wanmi.cases", *SHIPPED)
        workflow.offer_subject("case", CaseSubject())
        offer_errands()
        furniture.furnish()
        menus.register()
        finding.offer()
        keptlists.offer()
        layers.offer()
        naming.offer()
        parts.offer()
        imports.offer("cases", importing.load, summary="Cases of another system")
        organisation.offer_locator(area_of_number)
        wordings.offer()
        standards.offer_running_count(running_of_class)
        for offered in (words.SOURCES, words.RETURN_GROUNDS):
            upkeep.offer_dictionary(offered)
        upkeep.offer(numberpatterns.NumberPatterns())
        evidence.offer_subject("case", may_see_subject, may_see_any=may_see_any)


def _take_news(*, using: str, verbosity: int, **more: Any) -> None:
    """Enter what a release ships for the first time, once every table is there."""
    from . import actions
    from .models import Case

    # Migrating backwards may have taken tables away.
    tables = connection.introspection.table_names() if using == DEFAULT_DB_ALIAS else []
    if Case._meta.db_table in tables:
        for name in actions.take_news():
            if verbosity:
                print(f"  New with this release: {name}")
