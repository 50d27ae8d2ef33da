"""Bodies and posts are founded, changed and closed with what hangs on them shown before."""

import pytest

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.organisation import actions as organisation
from wanmi.organisation import queries
from wanmi.organisation.models import Body, Post
from wanmi.upkeep import actions
from wanmi.upkeep.queries import matter_of
from wanmi.workflow.models import Task

CREDIT_CODE = "91350100M000100Y43"


def change(town, key, item, content, by=None):
    by = by or town.admin
    matter = matter_of(key, queries.scope_of(by), item)
    return actions.apply(actions.draft(matter, item, content, by=by), by=by)


def company(**more):
    facts = {"name_zh": "环卫公司", "kind": "company", "level": "district", "area": "990101"}
    return facts | {"is_active": True} | more


def test_a_body_is_founded_changed_and_closed(town):
    change(town, "bodies", "CO-1", company(credit_code=CREDIT_CODE.lower()))
    body = Body.objects.get(code="CO-1")
    assert (body.area_path, body.credit_code) == (towns.DISTRICT, CREDIT_CODE)

    now = matter_of("bodies", queries.scope_of(town.admin)).now("CO-1")
    row = change(town, "bodies", "CO-1", now | {"name_zh": "新环卫公司", "is_active": False})
    body.refresh_from_db()
    assert (body.name_zh, body.is_active) == ("新环卫公司", False)

    actions.undo(row, by=town.admin)
    body.refresh_from_db()
    assert (body.name_zh, body.is_active) == ("环卫公司", True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"credit_code": "91350100M000100Y44"}, "credit_code"),
        ({"area": "123456"}, "area"),
        ({"parent": "NOBODY"}, "parent"),
        ({"parent": "STREET1"}, "parent"),
        ({"kind": "circus"}, "kind"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(town, wrong, field):
    with pytest.raises(Invalid) as refused:
        change(town, "bodies", "CO-1", company(**wrong))

    assert refused.value.errors[0]["loc"] == [field]


def test_a_body_with_open_tasks_is_not_closed(town):
    lon, lat = towns.INSIDE
    case = cases.report("垃圾", lon=lon, lat=lat, kind="event", category="06001", by=town.citizen)
    task = Task.objects.get(subject=f"case:{case.pk}", state="open")
    code = Body.objects.get(pk=task.body_id).code
    now = matter_of("bodies", queries.scope_of(town.admin)).now(code)

    with pytest.raises(actions.Stopped) as refused:
        change(town, "bodies", code, now | {"is_active": False})

    assert " 1 " in str(refused.value)


def test_a_keeper_of_a_district_changes_its_bodies_and_no_others(town):
    keeper = town.citizen
    post = organisation.make_post(queries.body_by_code("COMMAND"), "admin")
    organisation.appoint(keeper.pk, post)

    change(town, "bodies", "CO-1", company(), by=keeper)
    with pytest.raises(NotAllowed):
        matter_of("bodies", queries.scope_of(keeper), "BUREAU")
    with pytest.raises(NotAllowed):
        change(town, "bodies", "CO-2", company(area="9901"), by=keeper)


def test_a_post_gets_another_role_and_back(town):
    post = Post.objects.get(role__code="evaluator")
    now = matter_of("posts", queries.scope_of(town.admin)).now(str(post.pk))

    row = change(town, "posts", str(post.pk), now | {"role": "legal"})
    assert queries.scope_of(town.evaluator).roles() == {"legal"}

    actions.undo(row, by=town.admin)
    assert queries.scope_of(town.evaluator).roles() == {"evaluator"}


def test_a_post_out_of_use_lends_no_rights(town):
    post = Post.objects.get(role__code="evaluator")
    matter = matter_of("posts", queries.scope_of(town.admin))
    content = matter.now(str(post.pk)) | {"is_active": False}
    effects = matter.effects(str(post.pk), content, None)
    assert [each.severity for each in effects] == ["warn"]

    change(town, "posts", str(post.pk), content)

    assert not queries.scope_of(town.evaluator).holdings


def test_pages_lead_to_the_change_and_show_it(town, sign_in):
    client = sign_in(town.admin)

    page = client.get("/organisation/bodies/CLEAN").content.decode()
    assert "/administration/bodies/CLEAN" in page
    assert "Sanitation" in client.get("/administration/bodies?q=sanit").content.decode()

    sent = {"name_zh": "环卫所", "kind": "department", "level": "district", "is_active": "on"}
    drafted = client.post("/administration/bodies/CLEAN", sent)
    assert "环卫所" in client.get(drafted.url).content.decode()
