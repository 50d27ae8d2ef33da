"""What the shell's tests share: a way to draw a component without a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, engines


@pytest.fixture
def draw() -> Callable[..., str]:
    """Draw a line of template text with the shell's tags, in English."""

    def drawn(source: str, **values: Any) -> str:
        template = engines["django"].from_string(
            "{% language 'en' %}" + source + "{% endlanguage %}"
        )
        return str(template.template.render(Context(values, autoescape=True)))

    return drawn
