"""Refusals carry what the edge needs to answer."""

import pickle

import pytest

from wanmi.kernel import errors


class TooEarly(errors.Conflict):
    """The %(thing)s is not ready before %(day)s.

    More for developers only.
    """

    code = "too_early"


def test_a_refusal_speaks_with_its_docstring() -> None:
    refused = TooEarly(thing="case", day="Monday")

    assert refused.message == "The %(thing)s is not ready before %(day)s."
    assert str(refused) == "The case is not ready before Monday."
    assert (refused.code, refused.status) == ("too_early", 409)


def test_a_message_given_wins_over_the_docstring() -> None:
    assert str(TooEarly("100 % of it is missing.")) == "100 % of it is missing."


def test_a_subclass_without_docstring_speaks_with_its_parent() -> None:
    silent = type("Silent", (errors.NotFound,), {"__doc__": None})

    assert str(silent()) == "There is no such thing, or it lies outside your area."


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        (errors.Refused, "refused", 400),
        (errors.NotAllowed, "not_allowed", 403),
        (errors.NotFound, "not_found", 404),
        (errors.Conflict, "conflict", 409),
        (errors.Invalid, "invalid", 422),
    ],
)
def test_codes_and_statuses_are_stable(kind: type[errors.Refused], code: str, status: int) -> None:
    assert (kind.code, kind.status) == (code, status)


def test_invalid_says_which_fields() -> None:
    refused = errors.Invalid(errors=[{"loc": ["body", "lon"], "msg": "missing"}])

    assert refused.errors[0]["loc"] == ["body", "lon"]


def test_a_refusal_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(TooEarly(thing="case", day="Monday")))

    assert str(copy) == "The case is not ready before Monday."


def test_a_sentence_is_translated_with_its_phrases() -> None:
    chinese = {"%(file)s: %(reason)s": "文件 %(file)s:%(reason)s", "empty": "空的"}
    refused = errors.Invalid("%(file)s: %(reason)s", file="empty", reason=errors.Phrase("empty"))

    assert refused.sentence(lambda msgid: chinese.get(msgid, msgid)) == "文件 empty:空的"
    assert str(refused) == "empty: empty"
