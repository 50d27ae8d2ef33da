"""Letters: written with the deed, carried afterwards, tried again, failures told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.notices import actions as notices
from wanmi.notices import letters, queries
from wanmi.notices.models import Letter, LetterState

pytestmark = pytest.mark.django_db


class Pigeon:
    """A way out under the test's control."""

    def __init__(self) -> None:
        self.ready = True
        self.errors: list[Exception] = []
        self.carried: list[str] = []

    def send(self, letter: Letter) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.carried.append(letter.words)
        return f"ring-{letter.pk}"


@pytest.fixture
def pigeon() -> Pigeon:
    bird = Pigeon()
    notices.offer_channel(notices.Channel("pigeon", bird.send, lambda: bird.ready))
    return bird


def _post(words: str = "您的来信已办结。") -> Letter:
    return notices.post_letter("pigeon", "屋顶 3 号", words, about="contact:1")


def _work(hours: float = 0) -> None:
    journal.do_due_jobs(now=datetime.now(UTC) + timedelta(hours=hours))


def _kinds() -> list[str]:
    return [row.kind for row in entries.JournalEntry.objects.order_by("number")]


def test_a_letter_is_sent_and_keeps_what_the_other_side_calls_it(pigeon: Pigeon) -> None:
    letter = _post()
    _work()

    letter.refresh_from_db()
    assert pigeon.carried == ["您的来信已办结。"]
    assert (letter.state, letter.outside_id) == (LetterState.SENT, f"ring-{letter.pk}")
    assert _kinds() == ["notices.LetterPosted", "notices.LetterSent"]


def test_a_letter_of_a_failed_deed_never_leaves(pigeon: Pigeon) -> None:
    @journal.deed()
    def fail() -> None:
        _post()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    _work()

    assert pigeon.carried == []


def test_a_passing_failure_is_tried_again(pigeon: Pigeon) -> None:
    pigeon.errors = [TimeoutError("slow"), TimeoutError("slow")]
    letter = _post()
    for hour in range(3):
        _work(hour)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.SENT, 3)


def test_after_the_last_attempt_somebody_is_told(pigeon: Pigeon) -> None:
    pigeon.errors = [TimeoutError("slow")] * 20
    letter = _post()
    for hour in range(letters.MOST_ATTEMPTS + 2):
        _work(hour)

    letter.refresh_from_db()
    assert (letter.state, letter.error) == (LetterState.FAILED, "TimeoutError: slow")
    assert _kinds()[-1] == "notices.LetterFailed"


def test_a_refusal_for_good_is_not_tried_again(pigeon: Pigeon) -> None:
    pigeon.errors = [notices.Undeliverable("no such roof\x00")]
    letter = _post()
    _work()
    _work(2)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("failed", 1, "no such roof")


def test_a_letter_waits_for_a_way_out_and_is_sent_when_there_is_one(pigeon: Pigeon) -> None:
    pigeon.ready = False
    letter = _post()
    _work()
    assert letter.state == LetterState.WAITING
    assert list(queries.unsent_letters()) == [letter]

    pigeon.ready = True
    notices.send_again(letter, by=None)
    _work()

    assert not queries.unsent_letters().exists()


def test_a_letter_sent_is_not_sent_again_by_asking(pigeon: Pigeon) -> None:
    letter = _post()
    _work()
    notices.send_again(letter, by=None)
    _work(1)

    assert len(pigeon.carried) == 1


def test_the_journal_holds_neither_address_nor_words(pigeon: Pigeon) -> None:
    _post()

    told = str([row.data for row in entries.JournalEntry.objects.all()])
    assert "屋顶" not in told
    assert "办结" not in told


def test_an_unknown_way_out_is_refused() -> None:
    with pytest.raises(notices.UnknownChannel, match="telepathy"):
        notices.post_letter("telepathy", "x", "y", about="contact:1")


@override_settings(DEFAULT_FROM_EMAIL="城管 <city@example.org>")
def test_an_e_mail_keeps_its_thread_and_its_identity() -> None:
    letter = notices.post_letter(
        "email",
        "somebody@example.com",
        "已清理。",
        title="回复：垃圾",
        link="https://city.example.org/t/ABC",
        reference="<first@example.com>",
        about="contact:1",
    )
    _work()

    (sent,) = mail.outbox
    letter.refresh_from_db()
    assert sent.to == ["somebody@example.com"]
    assert sent.extra_headers["In-Reply-To"] == "<first@example.com>"
    assert (
        sent.extra_headers["Message-ID"] == letter.outside_id == f"<letter.{letter.pk}@example.org>"
    )
    assert sent.body == "已清理。\n\nhttps://city.example.org/t/ABC"
