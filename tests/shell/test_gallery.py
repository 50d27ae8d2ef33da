"""Every component has a story; every story is drawn without a complaint and clean for axe."""

from typing import Any

import pytest
from django.test import Client

from wanmi.shell import gallery

COMPONENTS = gallery.STORIES.parent / "components"
# Words inside other components, shown on the pages of those.
PARTS = {"choose", "column", "pager", "moment", "span", "phase", "compare", "drawing", "printhead"}


def test_every_component_has_a_story() -> None:
    drawn = {path.stem for path in COMPONENTS.glob("*.html")}

    assert drawn - PARTS - set(gallery.names()) == set()


@pytest.mark.parametrize("name", gallery.names())
def test_a_story_is_drawn(name: str, settings: Any) -> None:
    settings.DEBUG = True

    answer = Client().get(f"/_gallery/{name}")

    assert answer.status_code == 200
    assert f'data-story="{name}"'.encode() in answer.content


def test_the_gallery_does_not_exist_for_strangers(db: None, settings: Any) -> None:
    settings.DEBUG = False

    assert Client().get("/_gallery").status_code == 404


def test_a_story_that_is_not_there_is_not_found(settings: Any) -> None:
    settings.DEBUG = True

    assert Client().get("/_gallery/nothing").status_code == 404
