"""A release brings drawings: published once where they are new, the city's own left alone."""

import pytest
from django.core.management import call_command

from wanmi.workflow import actions as workflow
from wanmi.workflow import queries
from wanmi.workflow.models import Procedure

pytestmark = pytest.mark.django_db


def test_what_is_new_is_published_after_migrating_and_once() -> None:
    workflow.publish_shipped_procedures()
    Procedure.objects.filter(code="consultation").delete()

    call_command("migrate", verbosity=0)

    assert queries.newest("consultation").version == 1
    assert workflow.take_procedures() == []


def test_a_drawing_the_city_has_changed_stays_as_it_is() -> None:
    workflow.publish_shipped_procedures()
    Procedure.objects.filter(code="standard_case").update(digest="the city's own")

    workflow.take_procedures()

    assert queries.newest("standard_case").version == 1


def test_a_database_nobody_has_founded_stays_empty() -> None:
    assert workflow.take_procedures() == []
    assert not Procedure.objects.exists()
