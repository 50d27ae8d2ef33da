"""Forms drawn from a JSON Schema, and what people sent read back into its types.

The schema says what is valid (for the API too); hints say how to ask:
``{field: {widget, label, help, options, placeholder, order}}``. Labels and refusals are
gettext msgids, translated here. Widgets: text textarea select radio number date checkbox
checkboxes media place part hidden.
"""

from . import pieces
from .fields import Field
from .forms import SchemaForm
from .refusals import wrong_places

__all__ = ["Field", "SchemaForm", "pieces", "wrong_places"]
