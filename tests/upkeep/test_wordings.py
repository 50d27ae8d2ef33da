"""A city words its notices: both languages, known placeholders, tried first, older ones as said."""

import pytest
from django.utils.translation import override

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.notices.models import Notice
from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions, queries

WORDS = {"zh": "请办理{number}（{step}）", "en": "Please do {number} ({step})"}


def matter(town):
    return queries.matter_of("wordings", organisation.scope_of(town.admin))


def told(town):
    """Report a case and return what the acceptor is told of it."""
    lon, lat = towns.INSIDE
    cases.report("垃圾", lon=lon, lat=lat, kind="event", category="06001", by=town.supervisor)
    journal.hear_news()
    return Notice.objects.filter(user=town.acceptor, kind="task_opened").latest("pk")


def test_people_are_told_in_the_citys_words_and_older_notices_stay(town):
    before = told(town)
    row = actions.draft(matter(town), "task_opened", WORDS, by=town.admin)
    actions.apply(row, by=town.admin)

    after = told(town)

    with override("en"):
        assert before.sentence.endswith("waits for you.")
        assert after.sentence == f"Please do {after.params['number']} (Accept)"
    with override("zh-hans"):
        assert after.sentence.startswith("请办理99")
    actions.undo(row, by=town.admin)
    with override("en"):
        assert told(town).sentence.endswith("waits for you.")


def test_a_placeholder_nobody_fills_is_refused(town):
    with pytest.raises(Invalid) as refused:
        actions.draft(matter(town), "task_opened", WORDS | {"zh": "{who}请办理"}, by=town.admin)

    assert refused.value.errors[0]["loc"] == ["zh"]


def test_the_sentence_is_shown_filled_and_what_it_loses(town):
    effects = matter(town).effects("task_opened", {"zh": "请办理", "en": "Do it"}, None)

    assert any("Do it" in each.sentence for each in effects)
    assert "{number}" in next(each for each in effects if each.severity == "warn").sentence


def test_it_is_tried_on_oneself(town, sign_in):
    client = sign_in(town.admin)
    drafted = client.post("/administration/wordings/task_opened", WORDS)

    answer = client.post(f"{drafted.url}/try", follow=True)

    assert "in your inbox" in answer.content.decode()
    with override("en"):
        assert Notice.objects.get(user=town.admin).sentence.startswith("Please do 99")
    assert queries.standing("wordings", "task_opened") is None


def test_signs_of_a_template_do_no_harm(town):
    words = {"zh": "100% {number} {{x}} %(n)s", "en": "100% {number}"}
    with pytest.raises(Invalid):
        actions.draft(matter(town), "task_opened", words, by=town.admin)
    fine = {"zh": "100% %(n)s {number}", "en": "100% {number}"}
    actions.apply(actions.draft(matter(town), "task_opened", fine, by=town.admin), by=town.admin)

    with override("zh-hans"):
        assert told(town).sentence.startswith("100% %(n)s 99")
