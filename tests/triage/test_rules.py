"""Words out of a text, and what they weigh."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from tests.suggesting import weights
from wanmi.triage import learning, measuring, starter
from wanmi.triage.rules import Told, packed, readable, terms, unpacked

SAID = [
    ("路口有一堆垃圾没人扫", "a"),
    ("垃圾堆在墙角很臭", "a"),
    ("路灯整夜不亮", "b"),
    ("路灯坏了一片漆黑", "b"),
    ("井盖丢了很危险", "c"),
    ("井盖破损有响声", "c"),
]


def test_chinese_becomes_words_and_pairs_and_numbers_are_left_out() -> None:
    found = terms(Told("东湖路12号路灯不亮，Street lamp 13812345678"))

    assert {"路灯", "不亮", "street", "lamp"} <= set(found)
    assert not any(char.isdigit() for term in found for char in term)


def test_place_and_time_are_marks_that_no_text_can_pretend() -> None:
    told = Told("噪声", "99/9901/990101/990101001/", datetime(2026, 11, 21, 23, 5))  # noqa: DTZ001

    marks = {term for term in terms(told) if term.startswith("@")}

    assert marks == {"@area:990101", "@area:990101001", "@hour:20", "@day:weekend"}
    assert not any(term.startswith("@") for term in terms(Told("@hour:20 @area:990101")))


def test_probabilities_sum_to_one_and_say_why() -> None:
    model = weights({"a": {"垃圾": 3.0, "很臭": 1.0}, "b": {"路灯": 3.0}})

    first, second = model.suggest(["垃圾", "很臭", "未知"])

    assert (first.label, second.label) == ("a", "b")
    assert first.probability + second.probability == pytest.approx(1, abs=1e-5)
    assert first.because == ("垃圾",), "很臭 is two words"


def test_a_text_without_a_known_word_gets_even_chances_and_no_reason() -> None:
    answers = weights({"a": {"垃圾": 3.0}, "b": {"路灯": 3.0}}).suggest(["未知"])

    assert [each.probability for each in answers] == [pytest.approx(0.5)] * 2
    assert answers[0].because == ()


def test_reasons_are_whole_words_without_marks() -> None:
    assert readable(["@hour:20", "路", "路灯", "灯不", "灯不亮", "street"]) == (
        "路灯",
        "灯不亮",
        "street",
    )


def test_what_is_served_says_what_the_library_says() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [terms(Told(words)) for words, _ in SAID]
    labels = [label for _, label in SAID]
    vectors = TfidfVectorizer(analyzer=lambda found: found, sublinear_tf=True)
    peer = LogisticRegression(C=20.0, max_iter=200, tol=1e-3)
    peer.fit(vectors.fit_transform(texts), labels)
    asked = terms(Told("墙角的路灯和垃圾"))

    model = unpacked(packed({"category": learning.fit(texts, labels)}))["category"]

    assert model.labels == tuple(peer.classes_)
    expected = peer.predict_proba(vectors.transform([asked]))[0]
    assert np.allclose(model.chances(asked), expected, atol=5e-3)


def test_the_same_words_always_fall_on_the_same_side() -> None:
    sides = [measuring.is_held_out(f"井盖 {n}", seed=1) for n in range(500)]

    assert sides == [measuring.is_held_out(f"井盖 {n}", seed=1) for n in range(500)]
    assert sides != [measuring.is_held_out(f"井盖 {n}", seed=2) for n in range(500)]
    assert 60 < sum(sides) < 140


def test_figures_count_what_was_right_of_what_was_said() -> None:
    model = weights({"a": {"x": 5.0}, "b": {"y": 5.0}})
    texts = [["x"], ["x"], ["x"], ["y"]]

    found = measuring.measure(
        model, texts, ["a", "a", "b", "b"], commonest="a", measured_on="own", before=model
    )

    shares = {each.label: (each.precision, each.recall) for each in found.classes}
    assert shares == {"a": (0.6667, 1.0), "b": (1.0, 0.5)}
    assert (found.accuracy, found.baseline, found.before) == (0.75, 0.5, 0.75)
    assert found.pairs == [["b", "a", 1]]


def test_a_model_without_a_mistake_does_not_claim_to_be_certain() -> None:
    model = weights({"a": {"x": 50.0}, "b": {"y": 50.0}})
    texts, labels = [["x"], ["y"]] * 10, ["a", "b"] * 10

    assert measuring.temperature_for(model, texts, labels) > 3


def test_every_class_has_starter_sentences_that_differ() -> None:
    said = starter.sentences()

    assert len({each.category for each in said}) == 250
    assert len({each.words for each in said}) > 1500
    assert any(each.is_urgent for each in said)
    assert not any("!" in each.words for each in said)
