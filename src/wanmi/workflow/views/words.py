"""What the editors' scripts say, in the reader's language."""

from django.utils.translation import gettext

from wanmi.kernel.limits import LimitType


def limits() -> list[list[str]]:
    """Return the four kinds of limit with their words."""
    return [[kind.value, gettext(kind.label)] for kind in LimitType]


def tones() -> list[list[str]]:
    """Return the tones of an outcome with their words."""
    return [
        ["primary", gettext("Usual")],
        ["plain", gettext("Other")],
        ["danger", gettext("Refusing")],
        ["request", gettext("By approved request only")],
    ]


def editor_words() -> dict[str, str]:
    """Return the words of the properties panel, the findings and the simulation."""
    return {
        "name": gettext("Name (Chinese)"),
        "name_en": gettext("Name (English)"),
        "role": gettext("Role"),
        "stage": gettext("Clock"),
        "limit": gettext("Time limit"),
        "post_limit": gettext("Time limit of the post"),
        "whole": gettext("Time limit of the whole procedure"),
        "no_limit": gettext("None"),
        "outcomes": gettext("Outcomes"),
        "outcome": gettext("Outcome"),
        "form": gettext("Form"),
        "no_form": gettext("No form"),
        "tone": gettext("Kind"),
        "marks": gettext("Marks"),
        "mark": gettext("Mark"),
        "value": gettext("Value"),
        "code": gettext("Code"),
        "add": gettext("Add"),
        "remove": gettext("Remove"),
        "condition": gettext("Condition"),
        "default": gettext("Way when no condition holds"),
        "procedure": gettext("Procedure"),
        "nothing": gettext("Choose a step or a way to see its properties."),
        "more": gettext("Who exactly"),
        "limitFrom": gettext("Limit from"),
        "bodyFrom": gettext("Body from"),
        "holderFrom": gettext("Person from"),
        "barredFrom": gettext("Barred person from"),
        "sound": gettext("Nothing is wrong with the drawing."),
        "saved": gettext("Draft saved"),
        "unsaved": gettext("Not saved yet"),
        "failed": gettext("That did not work: %(why)s"),
        "begin": gettext("Begin"),
        "again": gettext("Begin again"),
        "back": gettext("One step back"),
        "random": gettext("Walk at random"),
        "waits": gettext("Waits: %(name)s"),
        "ended": gettext("Ends: %(name)s"),
        "stuck": gettext("Stands still here"),
        "yes": gettext("yes"),
        "no": gettext("no"),
    }


def table_words() -> dict[str, str]:
    """Return the words of the page of a decision table."""
    return {
        "sound": gettext("No rows overlap."),
        "no_gaps": gettext("Every input is answered."),
        "gap": gettext("No row answers %(where)s"),
        "undecided": gettext("The table is too large to look for gaps."),
        "answer": gettext("Answer"),
        "rows": gettext("Row %(rows)s"),
        "no_row": gettext("no row"),
        "good": gettext("as expected"),
        "add": gettext("Add a sample"),
        "remove": gettext("Remove"),
        "sample": gettext("Sample"),
        "published": gettext("Version %(version)s is published"),
        "failed": gettext("That did not work: %(why)s"),
        "row": gettext("Row %(rows)s"),
    }


def drawn_words() -> dict[str, str]:
    """Return the words inside the drawing tool, by its own English ones."""
    return {
        "Activate hand tool": gettext("Move the sheet"),
        "Activate lasso tool": gettext("Select several"),
        "Activate create/remove space tool": gettext("Make or remove room"),
        "Activate global connect tool": gettext("Connect"),
        "Create start event": gettext("Add a start"),
        "Create intermediate/boundary event": gettext("Add an event"),
        "Create end event": gettext("Add an end"),
        "Create gateway": gettext("Add a gateway"),
        "Create task": gettext("Add a step"),
        "Create expanded sub-process": gettext("Add a sub-process"),
        "Create data object reference": gettext("Add a paper"),
        "Create data store reference": gettext("Add a register"),
        "Create pool/participant": gettext("Add a pool"),
        "Create group": gettext("Add a frame"),
        "Append end event": gettext("Continue with an end"),
        "Append gateway": gettext("Continue with a gateway"),
        "Append task": gettext("Continue with a step"),
        "Append intermediate/boundary event": gettext("Continue with an event"),
        "Add text annotation": gettext("Add a note"),
        "Connect to other element": gettext("Connect"),
        "Change element": gettext("Change the kind"),
        "Delete": gettext("Remove"),
        "Remove": gettext("Remove"),
    }
