"""What this room puts on the field terminal: looking up classes and filing standards."""

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties
from wanmi.shell import terminal


def offer() -> None:
    """Put the look-up on the terminal."""
    terminal.offer_panel(_LOOKUP)


def _context(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "words": {
            "kit": gettext("Filing standards"),
            "closes": gettext("Closed when: %(words)s"),
            "limit": gettext("Limit: %(words)s"),
            "no_standard": gettext("No filing standard for this class."),
            "to_confirm": gettext("To be confirmed by the city"),
        }
    }


_LOOKUP = terminal.Panel(
    key="lookup",
    label=_("Look up"),
    template="catalogue/field/lookup.html",
    icon="book",
    script="catalogue/lookup.js",
    order=40,
    duty=duties.SEE_CATALOGUE,
    hint=_("Classes with their filing standards, limits and closing conditions"),
    context=_context,
)
