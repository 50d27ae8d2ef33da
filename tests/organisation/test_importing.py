"""Bodies, posts and people come in from a table."""

import pytest
from django.db import transaction

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.kernel.identifiers import credit_code_check
from wanmi.kernel.imports import Options, Source, loader
from wanmi.organisation import duties, queries
from wanmi.organisation.models import Appointment, Body, Post

from .conftest import EAST

CREDIT_CODE = "11990101MB0000001" + credit_code_check("11990101MB0000001")
HEAD = (
    "body,name_zh,name_en,kind,level,area,credit_code,parent,"
    "role,post_zh,username,person_zh,person_en,from_date\n"
)
GOOD = (
    f"D1,照明所,Lights,专业部门,区级,990101,{CREDIT_CODE},EAST,"
    "department,所长,li,李四,Li Si,2026-01-01\n"
    "D1,,,,,,,,handler,,wang,王五,,\n"
    "D1,,,,,,,,handler,,zhao,赵六,,\n"
)


@pytest.fixture
def bring(tmp_path, town):
    """Return a function that imports lines and answers with the report."""

    def bring(lines, **options):
        path = tmp_path / "bodies.csv"
        path.write_text(HEAD + lines, encoding="utf-8")
        chosen = Options(**options)
        with transaction.atomic():
            report = loader("organisations")(Source(path), chosen)
            if report.must_undo(chosen):
                transaction.set_rollback(True)
        return report

    return bring


def test_a_table_brings_a_body_its_posts_and_people(bring):
    report = bring(GOOD)

    body = Body.objects.get(code="D1")
    assert (report.accepted, report.rejected) == (3, [])
    assert (body.kind, body.level, body.area_path) == ("department", "district", EAST)
    assert (body.parent.code, body.credit_code) == ("EAST", CREDIT_CODE)
    assert Post.objects.filter(body=body).count() == 2
    assert queries.scope_of(people.account("wang")).may(duties.WORK_TASKS, EAST)
    assert Appointment.objects.get(user__username="li").valid_from.isoformat() == "2026-01-01"


def test_people_who_came_in_cannot_sign_in_before_they_get_a_password(bring):
    bring(GOOD)

    for guess in ("", "wang", "password"):
        with pytest.raises(accounts.WrongCredentials):
            accounts.check_credentials("wang", guess)


def test_importing_again_changes_nothing(bring):
    bring(GOOD)

    again = bring(GOOD)

    assert (again.accepted, again.unchanged) == (0, 3)
    assert Appointment.objects.filter(post__body__code="D1").count() == 3


def test_a_newer_table_changes_names(bring):
    bring(GOOD)

    report = bring(GOOD.replace("照明所", "照明中心"))

    assert (report.accepted, report.unchanged) == (1, 2)
    assert Body.objects.get(code="D1").name_zh == "照明中心"


def test_every_line_that_cannot_be_taken_is_named_and_nothing_stays(bring):
    report = bring(
        GOOD
        + "D2,甲,,club,市级,9901,,,,,,,,\n"
        + "D3,乙,,企业,moon,9901,,,,,,,,\n"
        + "D4,丙,,企业,市级,000000,,,,,,,,\n"
        + "D5,丁,,企业,市级,9901,123,,,,,,,\n"
        + "D6,戊,,企业,市级,9901,,NONE,,,,,,\n"
        + "D7,,,,,,,,handler,,,,,\n"
        + ",己,,企业,市级,9901,,,,,,,,\n"
        + "D1,,,,,,,,emperor,,,,,\n"
        + "D1,,,,,,,,handler,,sun,,,\n"
        + "D1,,,,,,,,,,sun,孙七,,\n"
        + "D1,照明所,,专业部门,区级,990102,,,,,,,,\n"
        + "D1,,,,,,,,handler,,sun,孙七,,soon\n"
    )

    told = {row.line: row.sentence() for row in report.rejected}
    assert sorted(told) == list(range(5, 17))
    words = ["club", "moon", "000000", "social-credit", "NONE", "D7", "body", "emperor"]
    for line, word in zip(range(5, 13), words, strict=True):
        assert word in told[line], told[line]
    assert "person_zh" in told[13]
    assert "role" in told[14]
    assert "another area" in told[15]
    assert "soon" in told[16]
    assert not Body.objects.filter(code="D1").exists()
    assert people.account("wang") is None


def test_good_lines_stay_when_asked(bring):
    bad = "D2,甲,,club,市级,9901,,,,,,,,\nD1,,,,,,,,handler,,sun,孙七,,soon\n"

    report = bring(GOOD + bad, keep_good=True)

    assert (report.accepted, len(report.rejected)) == (3, 2)
    assert people.account("sun") is None
    assert people.account("wang") is not None
