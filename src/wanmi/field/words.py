"""The sentences the terminal's own scripts say, translated on the server."""

from django.utils.translation import gettext


def field_words() -> dict[str, str]:
    """Return every sentence of `static/field`, in the reader's language."""
    return _frame() | _queue()


def _frame() -> dict[str, str]:
    return {
        "new_version": gettext("A new version is ready. Tap here to use it."),
        "signed_out": gettext("You are not signed in. What you did is kept; sign in to send it."),
        "other_person": gettext(
            "Somebody else was signed in on this phone. What they did waits for them."
        ),
        "offline": gettext("No connection"),
        "all_sent": gettext("All sent"),
        "waiting": gettext("%(n)s waiting"),
        "refused_count": gettext("%(n)s need you"),
    }


def _queue() -> dict[str, str]:
    return {
        "state_waiting": gettext("Waits for the connection"),
        "state_sending": gettext("Being sent"),
        "state_sent": gettext("Received by the centre"),
        "state_refused": gettext("Not taken"),
        "again": gettext("Try again"),
        "discard": gettext("Take off the list"),
        "discard_sure": gettext(
            "This has not reached the centre. Take it off this phone for good?"
        ),
        "files": gettext("%(n)s files, %(size)s"),
        "note_title": gettext("Note: %(title)s"),
        "noted": gettext("What you did is kept as a note on the case."),
    }
