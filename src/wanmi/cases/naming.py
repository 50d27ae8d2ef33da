"""What names classes: decision tables, controls and forms, before the classes vanish."""

from collections.abc import Sequence

from django.utils.translation import gettext

from wanmi.catalogue import actions as catalogue
from wanmi.workflow import queries as workflow

from .control.models import Control

MOST_TOLD = 20


def offer() -> None:
    """Tell the catalogue."""
    catalogue.offer_namer(naming)


def naming(keys: Sequence[tuple[str, str]]) -> list[str]:
    """Return a sentence for each decision table, form and control that names one of the classes."""
    codes = {code for _kind, code in keys}
    found = [
        gettext("The decision table “%(name)s” names %(codes)s.") % {"name": name, "codes": said}
        for name, said in _said_in(workflow.decision_sources(), codes)
    ]
    found += [
        gettext("A form of “%(name)s” names %(codes)s.") % {"name": name, "codes": said}
        for name, said in _said_in(workflow.form_sources(), codes)
    ]
    return (found + _controls({f"{kind}/{code}" for kind, code in keys}))[:MOST_TOLD]


def _said_in(sources: Sequence[tuple[str, str]], codes: set[str]) -> list[tuple[str, str]]:
    """Return the names of texts that hold a code between quotation marks, with those codes."""
    told = []
    for name, text in sources:
        plain = text.replace("&quot;", '"')
        named = sorted(code for code in codes if f'"{code}"' in plain)
        if named:
            told.append((name, ", ".join(named[:10])))
    return told


def _controls(classes: set[str]) -> list[str]:
    rows = Control.objects.filter(ended_at__isnull=True).order_by("pk")
    return [
        gettext("The controlled area “%(name)s” names %(codes)s.")
        % {"name": row.name_zh, "codes": ", ".join(sorted(classes & set(row.classes)))}
        for row in rows
        if classes & set(row.classes)
    ]
