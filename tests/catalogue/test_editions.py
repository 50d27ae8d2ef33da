"""The three editions, their classes and what they say on a date."""

from datetime import date

import pytest

from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import queries
from wanmi.catalogue.models import CaseStandard, Category, Edition
from wanmi.journal import queries as journal

pytestmark = pytest.mark.usefixtures("shipped_catalogue")

IN_2010, IN_2020, IN_2026 = date(2010, 5, 1), date(2020, 5, 1), date(2026, 11, 21)


def test_each_day_has_its_edition():
    assert queries.edition_on(IN_2010).code == "2007"
    assert queries.edition_on(IN_2020).code == "2013"
    assert queries.edition_on(date(2026, 6, 30)).code == "2013"
    assert queries.edition_on(date(2026, 7, 1)).code == "2026"
    assert queries.edition_on(date(1999, 1, 1)) is None


@pytest.mark.parametrize(
    ("edition", "kind", "classes"),
    [("2007", "part", 85), ("2007", "event", 50), ("2026", "part", 153), ("2026", "event", 250)],
)
def test_an_edition_has_the_published_number_of_classes(edition, kind, classes):
    assert queries.categories(kind, edition=edition).count() == classes


def test_the_2026_matters_of_majors_one_to_five_repeat_the_parts():
    parts = queries.categories("part", edition="2026")
    matters = queries.categories("event", edition="2026", of_part=True)

    assert [row.code for row in matters] == [row.code for row in parts]
    assert [row.name_zh for row in matters] == [f"{row.name_zh}异常" for row in parts]
    assert {row.major_code for row in matters} == {"01", "02", "03", "04", "05"}


def test_a_code_means_another_thing_in_another_kind_and_edition():
    assert queries.category("part", "01001", IN_2026).name_zh == "供水井盖"
    assert queries.category("event", "01001", IN_2026).name_zh == "供水井盖异常"
    assert queries.category("part", "0101", IN_2020).name_zh == "上水井盖"
    assert queries.category("event", "0101", IN_2020).name_zh == "私搭乱建"
    assert queries.category("part", "0101", IN_2026) is None
    assert queries.category("part", "0101", IN_2026, edition="2013").name_zh == "上水井盖"


def test_an_unknown_class_is_refused_by_name():
    with pytest.raises(queries.UnknownCategory) as refused:
        queries.require_category("part", "99999", IN_2026)

    assert refused.value.code == "unknown_category"
    assert "99999" in str(refused.value)


def test_every_class_has_both_names_a_symbol_and_says_how_sure_it_is():
    rows = Category.objects.all()

    assert not rows.filter(name_en="").exists()
    assert not rows.filter(symbol="").exists()
    assert set(rows.values_list("certainty", flat=True)) == {"found", "inferred", "recalled"}
    assert not rows.filter(source__icontains="github").exists()


def test_local_classes_of_the_sample_are_marked():
    local = queries.categories(edition="2013").filter(is_extension=True)

    assert local.count() == 58
    assert local.get(kind="part", major_code="01", minor_code="99").name_zh == "爱心驿站"


def test_the_standards_of_2013_are_all_there_and_found():
    rows = CaseStandard.objects.filter(category__edition__code="2013")

    assert rows.count() == 519
    assert set(rows.values_list("certainty", flat=True)) == {"found"}


def test_a_2026_class_takes_over_the_conditions_of_its_predecessor_as_inferred():
    cover = queries.require_category("part", "01001", IN_2026)
    matter = queries.require_category("event", "01001", IN_2026)
    rows = queries.standards_of(cover, on=IN_2026)

    assert [(r.condition_key, float(r.limit_value), r.limit_type) for r in rows] == [
        ("missing_displaced_unsafe", 2, "urgent_hour"),
        ("broken", 4, "work_hour"),
        ("noise_loose", 2, "work_day"),
        ("settlement", 5, "work_day"),
    ]
    assert {row.certainty for row in rows} == {"inferred"}
    assert len(queries.standards_of(matter, on=IN_2026)) == len(rows)


def test_moved_classes_are_found_again():
    rail = queries.require_category("part", "0507", IN_2020)
    burst = queries.require_category("event", "0501", IN_2020)

    assert queries.successor(rail).code == "01070"
    assert queries.successor(burst) is None


def test_classes_without_a_standard_have_none_and_a_default_by_kind():
    row = queries.require_category("part", "01005", IN_2026)

    assert queries.standards_of(row, on=IN_2026) == []
    assert queries.default_limit("part").certainty == "recalled"
    assert queries.default_limit("event").limit_type == "work_day"


def test_no_two_conditions_of_a_class_read_the_same():
    rows = CaseStandard.objects.values_list("category", "condition_zh", "closing_zh")

    assert len(rows) == len(set(rows))


def test_classes_are_found_by_name_and_by_the_beginning_of_the_code():
    by_name = queries.categories("part", "路灯", IN_2026)
    by_english = queries.categories("part", "street light", IN_2026)
    by_code = queries.categories("part", "0100", IN_2026)

    assert [row.code for row in by_name] == ["01006", "01037", "01060"]
    assert set(by_english) == set(by_name)
    assert {row.code[:4] for row in by_code} == {"0100"}


def test_entering_again_changes_nothing_and_keeps_the_citys_edits():
    Category.objects.filter(edition__code="2026", kind="part", minor_code="037").update(
        department_zh="路灯管理所"
    )
    entries = journal.head_number()

    again = catalogue.enter_shipped_editions()

    assert (again.editions, again.classes, again.standards) == (0, 0, 0)
    assert Edition.objects.count() == 3
    assert journal.head_number() == entries
    row = queries.require_category("part", "01037", IN_2026)
    assert row.department_zh == "路灯管理所"


def test_a_local_class_is_numbered_backwards_from_the_top():
    edition = queries.edition_on(IN_2026)
    values = {"name_en": "Care station", "valid_from": IN_2026}

    first = catalogue.enter_extension(edition, "part", "01", name_zh="爱心驿站", **values)
    second = catalogue.enter_extension(edition, "part", "01", name_zh="宠物驿站", **values)

    assert (first.code, second.code) == ("01999", "01998")
    assert first.is_extension
    assert first.major_zh == "市政公用设施"


def test_local_numbers_run_out():
    edition = queries.edition_on(IN_2020)
    values = {"name_zh": "某设施", "name_en": "Something", "valid_from": IN_2020}
    for _ in range(
        40 - Category.objects.filter(edition=edition, kind="part", major_code="06").count()
    ):
        catalogue.enter_extension(edition, "part", "06", **values)

    with pytest.raises(catalogue.NoFreeNumber):
        catalogue.enter_extension(edition, "part", "06", **values)
