"""``component``, ``wrap``, ``icon``, ``query``: the few words templates are built from."""

from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import lists
from ..components import prepared

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: Context, component_name: str, *values: Any, **given: Any) -> SafeString:
    """Draw ``components/<name>.html`` from what is given and nothing else."""
    if values:
        given["value"] = values[0]
    return _drawn(context, component_name, given)


@register.simple_block_tag(takes_context=True)
def wrap(context: Context, content: str, component_name: str, **given: Any) -> SafeString:
    """Draw a component around the block; it finds the block in ``inside``."""
    return _drawn(context, component_name, given | {"inside": content})


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one of our icons; without a label it is hidden from screen readers."""
    sheet = static("shell/icons.svg")
    if not label:
        return format_html(
            '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sheet, name
        )
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        label,
        sheet,
        name,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's query string with some values replaced; an empty value drops one."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        params.pop(name, None)
        if value not in ("", None):
            params[name] = str(value)
    return "?" + params.urlencode() if params else "?"


@register.simple_tag(takes_context=True)
def saved_views(context: Context, key: str) -> SafeString | str:
    """Draw the views a reader has kept of a list, and the way to keep the one shown."""
    request = context.get("request")
    shown = lists.strip(request, key) if request is not None else None
    return _drawn(context, "views", shown) if shown else ""


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Return ``mapping[key]``, or nothing where it has no such key."""
    return mapping.get(key) if hasattr(mapping, "get") else None


def _drawn(context: Context, name: str, given: dict[str, Any]) -> SafeString:
    engine = context.template.engine if context.template else template.Engine.get_default()
    drawing = engine.get_template(f"components/{name}.html")
    values = prepared(name, given)
    values.setdefault("value", None)
    values["request"] = context.get("request")
    values["csrf_token"] = context.get("csrf_token")
    return drawing.render(context.new(values))
