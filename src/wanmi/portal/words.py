"""The sentences the portal's scripts say, handed over with the page."""

from django.utils.translation import gettext


def script_words() -> dict[str, str]:
    """Return every sentence of the portal's scripts in the reader's language."""
    return {
        "no_position": gettext("Your position could not be found; point at the place on the map."),
        "near": gettext("about %(metres)s m away · %(when)s · %(state)s"),
        "in_hand": gettext("being put right"),
        "looked_at": gettext("being looked at"),
        "unclassed": gettext("A report"),
        "me_too": gettext("The same"),
        "seen_too": gettext("I see the same problem."),
        "put_right": gettext("Please put this right:"),
        "kept": gettext("Kept on this device"),
        "kept_help": gettext(
            "There is no connection. The report goes out by itself as soon as there is one;"
            " leave this page open or come back later."
        ),
        "to_mine": gettext("My reports"),
        "waits": gettext("Waits for a connection"),
        "refused": gettext("Could not be sent:"),
        "discard": gettext("Discard"),
        "forget": gettext("Forget here"),
        "sure": gettext("Discard this report? It was not sent."),
        "copied": gettext("The link is copied."),
    }
