"""Founding, appointing, dismissing, locking: and everything that is refused."""

from datetime import date, timedelta

import pytest

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.kernel.identifiers import WrongCreditCode, credit_code_check
from wanmi.organisation import actions as organisation
from wanmi.organisation import duties, queries
from wanmi.organisation.models import Appointment, Body, Post

from .conftest import CITY, EAST, PASSWORD

TODAY = date(2026, 11, 21)
CREDIT_CODE = "11990101MB0000001" + credit_code_check("11990101MB0000001")


def found(code, **more):
    values = {"kind": "department", "level": "city", "name_zh": "部门", "area_path": CITY}
    return organisation.found_body(code, **values | more)


def posts(code):
    return list(Post.objects.filter(body__code=code))


def test_a_social_credit_code_is_checked_and_stands_once(town):
    body = found("A", credit_code=CREDIT_CODE.lower())

    assert body.credit_code == CREDIT_CODE
    assert queries.body_by_code(CREDIT_CODE) == body
    with pytest.raises(organisation.BodyExists):
        found("B", credit_code=CREDIT_CODE)
    with pytest.raises(WrongCreditCode):
        found("C", credit_code=CREDIT_CODE[:-1] + ("0" if CREDIT_CODE[-1] != "0" else "1"))


def test_a_code_stands_once(town):
    with pytest.raises(organisation.BodyExists):
        found("CITY")


@pytest.mark.parametrize("wrong", [{"kind": "club"}, {"level": "moon"}])
def test_kinds_and_levels_are_known_ones(town, wrong):
    with pytest.raises(ValueError, match="is not a valid"):
        found("A", **wrong)


def test_facts_of_a_body_change_but_not_its_code_or_area(town):
    body = Body.objects.get(code="EAST")

    organisation.change_body(body, {"name_zh": "新名"})

    assert Body.objects.get(code="EAST").name_zh == "新名"
    assert journal.of_subject(f"body:{body.pk}")[-1].kind == "organisation.BodyChanged"
    for field in ("code", "area_path"):
        with pytest.raises(Invalid, match=field):
            organisation.change_body(body, {field: "x"})


def test_no_body_stands_above_itself(town):
    city, east = Body.objects.get(code="CITY"), Body.objects.get(code="EAST")

    with pytest.raises(Invalid, match="above itself"):
        organisation.change_body(city, {"parent": east})


def test_posts_of_a_body_differ_and_carry_known_roles(town):
    body = Body.objects.get(code="EAST")
    organisation.make_post(body, "handler")

    with pytest.raises(organisation.PostExists):
        organisation.make_post(body, "handler")
    with pytest.raises(organisation.UnknownRole):
        organisation.make_post(body, "emperor")
    with pytest.raises(Invalid, match="inside"):
        organisation.make_post(body, "handler", area_path=CITY)


def test_a_hired_person_may_sign_in_and_do_what_the_post_says(town, keeper):
    post = organisation.make_post(Body.objects.get(code="EAST"), "acceptor")

    organisation.hire("wang", post, password=PASSWORD, name_zh="王五", by=keeper)

    user = accounts.check_credentials("wang", PASSWORD)
    scope = queries.scope_of(user)
    assert scope.may(duties.REPORT, EAST)
    assert not scope.may(duties.REPORT, CITY)
    with pytest.raises(accounts.NameTaken):
        organisation.hire("wang", post, password=PASSWORD, name_zh="王五", by=keeper)
    with pytest.raises(Invalid):
        organisation.hire("li", post, password="short", name_zh="李四", by=keeper)
    assert people.account("li") is None


def test_a_post_is_held_once_by_a_person(clerk):
    with pytest.raises(organisation.AlreadyAppointed):
        organisation.appoint(clerk.pk, posts("EAST")[0])


def test_a_dismissed_person_may_nothing_from_the_next_day_on(clerk, keeper):
    row = Appointment.objects.get(user=clerk)

    organisation.dismiss(row, on=TODAY, by=keeper)

    assert queries.scope_of(clerk, on=TODAY).may(duties.REPORT)
    assert not queries.scope_of(clerk, on=TODAY + timedelta(days=1)).may(duties.REPORT)
    with pytest.raises(organisation.AlreadyDismissed):
        organisation.dismiss(row, on=TODAY, by=keeper)


def test_an_appointment_never_ends_before_it_began(clerk, keeper):
    row = Appointment.objects.get(user=clerk)

    organisation.dismiss(row, on=date(2020, 1, 1), by=keeper)

    row.refresh_from_db()
    assert row.valid_to == row.valid_from


def test_nobody_dismisses_or_locks_themselves(keeper):
    scope = queries.scope_of(keeper)

    with pytest.raises(organisation.NotYourself):
        organisation.dismiss(Appointment.objects.get(user=keeper), on=TODAY, by=keeper)
    with pytest.raises(organisation.NotYourself):
        organisation.lock(keeper, scope=scope, by=keeper)


def test_somebody_must_look_after_people(keeper):
    row = Appointment.objects.get(user=keeper)

    with pytest.raises(organisation.LastKeeper):
        organisation.dismiss(row, on=TODAY)

    row.refresh_from_db()
    assert row.valid_to is None


def test_the_last_keeper_is_not_locked_by_another_whose_time_ends(keeper, employ):
    other = employ("other", "admin")
    Appointment.objects.filter(user=other).update(valid_to=date.today())  # noqa: DTZ011

    with pytest.raises(organisation.LastKeeper):
        organisation.lock(keeper, scope=queries.scope_of(other), by=other)

    assert people.account("keeper").is_active


def test_a_locked_person_cannot_sign_in_until_unlocked(clerk, keeper):
    scope = queries.scope_of(keeper)
    token = accounts.give_token("clerk", PASSWORD)

    organisation.lock(clerk, scope=scope, by=keeper)
    assert accounts.bearer(token) is None
    with pytest.raises(accounts.WrongCredentials):
        accounts.check_credentials("clerk", PASSWORD)
    with pytest.raises(accounts.LockedAlready):
        organisation.lock(clerk, scope=scope, by=keeper)

    organisation.unlock(clerk, scope=scope, by=keeper)
    assert accounts.check_credentials("clerk", PASSWORD) == clerk
    with pytest.raises(accounts.NotLocked):
        organisation.unlock(clerk, scope=scope, by=keeper)


def test_unlocking_also_ends_a_lock_out(clerk, keeper, settings):
    for _ in range(settings.SIGN_IN_ATTEMPTS):
        with pytest.raises(accounts.WrongCredentials):
            accounts.check_credentials("clerk", "wrong")
    with pytest.raises(accounts.AccountIsLocked):
        accounts.check_credentials("clerk", PASSWORD)

    organisation.unlock(clerk, scope=queries.scope_of(keeper), by=keeper)

    assert accounts.check_credentials("clerk", PASSWORD) == clerk


def test_a_new_password_ends_the_old_one_and_its_tokens(clerk, keeper):
    token = accounts.give_token("clerk", PASSWORD)

    organisation.reset_password(
        clerk, "another-long-password", scope=queries.scope_of(keeper), by=keeper
    )

    assert accounts.bearer(token) is None
    assert accounts.check_credentials("clerk", "another-long-password") == clerk
    entry = journal.of_subject(f"user:{clerk.pk}")[-1]
    assert (entry.kind, entry.actor) == ("accounts.PasswordReset", f"user:{keeper.pk}")
    assert "password" not in str(entry.data)


def test_a_weak_password_is_refused(clerk, keeper):
    with pytest.raises(Invalid):
        organisation.reset_password(clerk, "clerk", scope=queries.scope_of(keeper), by=keeper)

    assert accounts.check_credentials("clerk", PASSWORD) == clerk


def test_a_district_keeper_does_not_reach_into_the_city(employ, keeper, clerk):
    eastern = employ("eastern", "admin", "EAST")
    scope = queries.scope_of(eastern)

    organisation.reset_password(clerk, "another-long-password", scope=scope, by=eastern)
    with pytest.raises(organisation.OutOfYourHands):
        organisation.reset_password(keeper, "another-long-password", scope=scope, by=eastern)
    with pytest.raises(organisation.OutOfYourHands):
        organisation.lock(keeper, scope=scope, by=eastern)


def test_who_does_not_look_after_people_touches_no_account(employ, clerk):
    leader = employ("leader", "leader")

    with pytest.raises(NotAllowed):
        organisation.lock(clerk, scope=queries.scope_of(leader), by=leader)


def test_every_duty_is_explained_and_every_shipped_role_has_known_ones(town):
    named = {
        value for name, value in vars(duties).items() if name.isupper() and isinstance(value, str)
    }

    assert set(duties.WORDS) == named
    assert {duty for _, _, held in duties.SHIPPED_ROLES.values() for duty in held} <= named
