"""A note is kept on a case whatever has become of it, and changes nothing else."""

from __future__ import annotations

from django.test import Client

from tests import town as towns
from tests.town import INSIDE
from wanmi.cases import actions as cases
from wanmi.cases import queries
from wanmi.cases.models import Case
from wanmi.organisation import queries as organisation


def send(client: Client, number: str, words: str = "到场时已有人清理", **more: object) -> object:
    url = f"/api/v1/cases/{number}/notes"
    body = {"words": words}
    return client.post(url, body, content_type="application/json", **more)  # type: ignore[arg-type]


def test_a_note_stands_in_the_flow_once_and_moves_nothing(db: None) -> None:
    town = towns.build()
    lon, lat = INSIDE
    case = cases.report("路口有垃圾", lon=lon, lat=lat, by=town.supervisor)
    client = Client()
    client.force_login(town.supervisor)
    before = Case.objects.values().get(pk=case.pk)

    for _ in range(2):
        answer = send(client, case.number, HTTP_IDEMPOTENCY_KEY="k1-note")
        assert answer.status_code == 201  # type: ignore[attr-defined]

    notes = [line for line in queries.whole(case).flow if line.operation == "note"]
    assert [line.opinion for line in notes] == ["到场时已有人清理"]
    assert Case.objects.values().get(pk=case.pk) == before


def test_who_may_not_see_the_case_leaves_no_note(db: None) -> None:
    town = towns.build()
    case = cases.report("路口有垃圾", lon=INSIDE[0], lat=INSIDE[1], by=town.supervisor)
    client = Client()
    client.force_login(town.citizen)

    assert not queries.may_see(organisation.scope_of(town.citizen), case)
    assert send(client, case.number).status_code == 404  # type: ignore[attr-defined]
    assert send(client, case.number, " ").status_code in {404, 422}  # type: ignore[attr-defined]
