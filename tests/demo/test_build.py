"""Promises of the built city: a whole set-up, a month of cases, and a password of its own."""

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import TestCase, override_settings

from wanmi.accounts import actions as accounts
from wanmi.accounts.queries import User
from wanmi.cases.queries import Case, CaseFacts
from wanmi.demo.building import city
from wanmi.demo.models import DemoCity
from wanmi.demo.people import ACCOUNTS, PASSWORD
from wanmi.geography import queries as geography
from wanmi.hotline.queries import Article, Call
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.registers.queries import Part

NOON = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)


class TheBuiltCity(TestCase):
    """One tiny city for all promises: building it is the costly part."""

    @classmethod
    def setUpTestData(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        kept = override_settings(HOME=Path(folder.name), MEDIA_ROOT=f"{folder.name}/media")
        kept.enable()
        cls.addClassCleanup(kept.disable)
        cls.said: list[str] = []
        city.build(1, "tiny", say=cls.said.append, at=NOON, cases_count=25)

    def setUp(self) -> None:
        geography.forget()

    def test_it_is_set_up_through_the_doors(self):
        kinds = Counter(geography.Area.objects.values_list("kind", flat=True))
        names = set(User.objects.values_list("username", flat=True))

        assert kinds["unit_grid"] > 150
        assert kinds["duty_grid"] > 10
        assert Part.objects.count() > 3000
        assert {each.username for each in ACCOUNTS} <= names
        assert DemoCity.objects.get().built_at is not None
        assert len(self.said) >= 6

    def test_its_month_holds_finished_and_open_cases_in_the_order_of_time(self):
        cases = list(Case.objects.order_by("id"))

        assert len(cases) == 25
        assert [case.reported_at for case in cases] == sorted(case.reported_at for case in cases)
        assert NOON - timedelta(days=31) < cases[0].reported_at < cases[-1].reported_at <= NOON
        assert all(case.ended_at is None or case.ended_at <= NOON for case in cases)
        ended = [case for case in cases if case.ended_at]
        assert len(ended) >= 15
        assert CaseFacts.objects.count() == len(ended)

    def test_its_hotline_has_rung_and_knows_answers(self):
        outcomes = Counter(Call.objects.values_list("outcome", "agent__username"))

        assert outcomes == {("matter", "acceptor"): 3, ("lost", "acceptor"): 1}
        assert Article.objects.count() == 3

    def test_every_case_lies_in_a_grid_and_names_its_class(self):
        for case in Case.objects.all():
            assert case.is_located
            assert case.grid_code.startswith("99")
            assert case.category_code or case.state in ("verifying", "reported", "not_accepted")

    def test_its_journal_verifies(self):
        assert journal.verify_chain().broken_at is None

    def test_accounts_work_where_they_belong(self):
        for account in ACCOUNTS:
            user = User.objects.get(username=account.username)
            assert account.role in organisation.scope_of(user, on=NOON.date()).roles()

    def test_the_demo_password_opens_accounts_of_a_demo_database_only(self):
        assert accounts.check_credentials("acceptor", PASSWORD).username == "acceptor"

        DemoCity.objects.all().delete()

        with pytest.raises(accounts.WrongCredentials):
            accounts.check_credentials("acceptor", PASSWORD)

    def test_a_second_city_is_refused(self):
        with pytest.raises(city.NotADemoDatabase):
            city.build(2, "tiny", say=self.said.append, at=NOON, cases_count=0)


def test_nobody_can_choose_the_demo_password_in_a_real_city(db):
    with pytest.raises(Invalid, match="Everybody knows"):
        accounts.open_account("zhang", password=PASSWORD, name_zh="张三")
