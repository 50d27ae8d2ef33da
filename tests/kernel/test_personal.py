"""Personal data in free text: found by its form, masked, nothing else touched."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel.personal import find, is_card_number, is_identity_number, mask, mask_word


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请回电13812345678，谢谢", "请回电138****5678，谢谢"),
        ("电话 138 1234 5678", "电话 138******5678"),
        ("+86-13812345678 找我", "+86********5678 找我"),
        ("座机010-62345678转2", "座机0**********8转2"),
        ("身份证11010519491231002X", "身份证1****************X"),
        ("车牌京A·12345停在路口", "车牌京A*****5停在路口"),
        ("新能源粤BD12345", "新能源粤B*****5"),
        ("写信到 zhang.san@example.com.cn", "写信到 z**********************n"),
    ],
)
def test_data_with_a_form_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_bank_card_needs_its_check_digit() -> None:
    right = _card()
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    assert mask(f"卡号 {right}") == f"卡号 6{'*' * (len(right) - 2)}{right[-1]}"
    assert find(f"卡号 {wrong}") == []


def _card() -> str:
    """Return a card number of 19 digits with a right check digit."""
    body = "622202020000000001"
    return next(body + c for c in "0123456789" if is_card_number(body + c))


@pytest.mark.parametrize(
    "text",
    [
        "案件 99010120261121000001 已办结",
        "2026-11-21 09:00 路口",
        "网格 990101001001001",
        "解放路 12 号 3 单元 401",
        "110105194912310021",
    ],
)
def test_numbers_of_the_city_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_an_identity_number_needs_its_check_digit() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("")


def test_a_short_word_is_masked_whole() -> None:
    assert mask_word("1381") == "****"


@given(st.text())
def test_masking_keeps_the_length_and_finds_nothing_new_to_lose(text: str) -> None:
    masked = mask(text)

    assert len(masked) == len(text)
    spans = find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = [c for at, c in enumerate(text) if not any(s.start <= at < s.end for s in spans)]
    assert [
        c for at, c in enumerate(masked) if not any(s.start <= at < s.end for s in spans)
    ] == kept
