"""The side menu: items of a group stand together, whichever rooms they come from."""

from itertools import groupby

from django.utils import translation

from wanmi.shell import menu


def test_a_group_s_heading_stands_once() -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            headings = [heading for heading, _ in groupby(str(i.group) for i in menu.items())]

        assert len(headings) == len(set(headings)), headings


def test_items_follow_their_order_within_a_group() -> None:
    for _, members in groupby(menu.items(), key=lambda item: str(item.group)):
        orders = [item.order for item in members]
        assert orders == sorted(orders)
