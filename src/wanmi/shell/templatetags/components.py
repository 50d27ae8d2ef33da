"""`{% component "name" key=value %}`: one small template from `templates/components/`."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: template.Context, name: str, **values: Any) -> SafeString:
    """Render a component with its own values and the request."""
    return get_template(f"components/{name}.html").render(values, context.get("request"))
