"""Editions as a whole: copied, edited, compared, brought as a file, published, withdrawn."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.catalogue import queries as catalogue
from wanmi.catalogue.drafting import rules
from wanmi.catalogue.models import Edition
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as changes
from wanmi.upkeep.models import Change

HERE = "/catalogue/editions"
COPY = {"code": "2027a", "name_zh": "二七版", "name_en": "Edition of 2027"}


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town whose catalogue of 2026 is in force."""
    return towns.build()


@pytest.fixture
def keeper(town: towns.Town) -> Client:
    """The administrator's browser, a draft begun."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(town.admin)
    assert client.post(HERE, COPY).status_code == 302
    return client


def document() -> dict:
    return changes.draft("editions", "2027a").content


def a_class() -> dict:
    return next(row for row in document()["classes"] if row["kind"] == "event")


def renamed(client: Client, **more: str):
    row = a_class()
    sent = {"name_en": "x", "major_en": "x", **row} | more
    return client.post(f"{HERE}/2027a/{row['kind']}/{row['code']}", sent)


def publish(town: towns.Town, **more: object) -> Change:
    return upkeep.apply(changes.draft("editions", "2027a"), by=town.admin, **more)


def report(town: towns.Town):
    lon, lat = towns.INSIDE
    code = town.garbage.code
    return cases.report(
        description="垃圾", lon=lon, lat=lat, kind="event", category=code, by=town.supervisor
    )


def test_a_draft_copies_the_edition_in_force_and_changes_nothing(keeper, town):
    copied = document()

    assert copied["based_on"] == catalogue.edition_on().code
    assert rules.find(copied, "event", town.garbage.code)["name_zh"] == town.garbage.name_zh
    assert not Edition.objects.filter(code="2027a").exists()
    assert keeper.post(HERE, COPY).status_code == 409
    assert keeper.get(f"{HERE}/2027a").status_code == 200


def test_classes_are_renamed_moved_added_and_retired_and_the_comparison_tells(keeper, town):
    old = a_class()
    assert renamed(keeper, name_zh="垃圾成堆").status_code == 302
    fresh = {
        **a_class(),
        "code": f"{old['code'][:2]}990",
        "name_zh": "乱晾晒",
        "name_en": "Washing",
    }
    assert keeper.post(f"{HERE}/2027a/new", fresh).status_code == 302

    page = keeper.get(f"/administration/changes/{changes.draft('editions', '2027a').pk}")

    shown = page.content.decode()
    assert "垃圾成堆" in shown
    assert "乱晾晒" in shown
    assert keeper.post(f"{HERE}/2027a/new", fresh).status_code == 422
    keeper.post(f"{HERE}/2027a/event/{fresh['code']}", {"do": "retire"})
    assert rules.find(document(), "event", fresh["code"]) is None


def test_a_moved_class_takes_its_standards_along(keeper, town):
    row = a_class()
    standards = rules.standards_of(document(), "event", row["code"])
    code = f"{row['code'][:2]}991"

    assert renamed(keeper, code=code).status_code == 302

    assert len(rules.standards_of(document(), "event", code)) == len(standards) > 0
    base = catalogue.edition_on()
    told = rules.compare(_document(base), document())
    assert [(old["code"], new["code"]) for old, new in told.moved] == [(row["code"], code)]


def _document(edition: Edition) -> dict:
    from wanmi.catalogue.drafting.documents import document_of

    return document_of(edition, timezone.localdate())


def test_published_it_is_in_force_and_running_cases_keep_what_they_have(keeper, town):
    case = report(town)
    renamed(keeper, name_zh="垃圾成堆")

    publish(town)

    assert catalogue.edition_on().code == "2027a"
    assert catalogue.category("event", town.garbage.code).name_zh == "垃圾成堆"
    case.refresh_from_db()
    assert case.category_id == town.garbage.pk
    assert report(town).category.edition.code == "2027a"


def test_it_waits_for_its_day_and_is_withdrawn_before(keeper, town):
    renamed(keeper, name_zh="垃圾成堆")
    change = publish(town, from_day=timezone.localdate() + timedelta(days=7))

    assert catalogue.edition_on().code == document_code()
    assert keeper.get(f"{HERE}/2027a").status_code == 200
    upkeep.withdraw(change, by=town.admin)
    upkeep.apply_due(at=timezone.now() + timedelta(days=8))

    assert not Edition.objects.filter(code="2027a").exists()


def document_code() -> str:
    return Edition.objects.exclude(code="2027a").order_by("-valid_from").first().code


def test_undone_the_edition_before_holds_again(keeper, town):
    before = catalogue.edition_on().code
    renamed(keeper, name_zh="垃圾成堆")

    upkeep.undo(publish(town), by=town.admin)

    assert catalogue.edition_on().code == before


def test_the_effect_names_open_cases_and_what_names_a_class_that_goes(keeper, town):
    report(town)
    keeper.post(f"{HERE}/2027a/event/{town.garbage.code}", {"do": "retire"})

    page = keeper.get(f"/administration/changes/{changes.draft('editions', '2027a').pk}")

    assert "1 open case has a class that goes" in page.content.decode()


def test_standards_are_changed_in_the_draft(keeper, town):
    row = a_class()
    sent = {
        "do": "standard",
        "number": "9",
        "condition_zh": "成堆",
        "limit_value": "4",
        "limit_type": "work_hour",
        "closing_zh": "清除",
    }
    url = f"{HERE}/2027a/event/{row['code']}"

    assert keeper.post(url, sent | {"limit_value": "-1"}).status_code == 422
    assert keeper.post(url, sent).status_code == 302

    numbers = [each["number"] for each in rules.standards_of(document(), "event", row["code"])]
    assert 9 in numbers
    keeper.post(url, {"do": "drop_standard", "number": "9"})
    assert len(rules.standards_of(document(), "event", row["code"])) == len(numbers) - 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_goes_out_and_comes_back_the_same(keeper, town, form):
    before = document()
    for what in ("classes", "standards"):
        file = keeper.get(f"{HERE}/2027a/export?what={what}&format={form}")
        body = b"".join(file.streaming_content) if file.streaming else file.content
        sent = {"what": what, "file": SimpleUploadedFile(f"a.{form}", body)}
        answer = keeper.post(f"{HERE}/2027a/import", sent)
        assert answer.status_code == 302, answer.content.decode()

    assert document() == before


def test_a_file_with_a_wrong_line_changes_nothing_and_says_which(keeper, town):
    before = document()
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(forms_columns())
    writer.writerow(["event", "06001", "", "x", "x", "x", "other"])
    sent = {"what": "classes", "file": SimpleUploadedFile("a.csv", lines.getvalue().encode())}

    answer = keeper.post(f"{HERE}/2027a/import", sent)

    assert answer.status_code == 422
    assert "name_zh" in answer.content.decode()
    assert document() == before


def forms_columns() -> tuple[str, ...]:
    return rules.CLASS


def test_programs_draft_an_edition_and_are_told_why_not(keeper, town):
    whole = document()
    whole["classes"] = [*whole["classes"], whole["classes"][0]]

    answer = keeper.post(
        "/api/v1/administration/editions/2027b", {"content": whole}, "application/json"
    )

    assert answer.status_code == 422
    assert "twice" in answer.content.decode()
