"""The sentences scripts say, translated on the server and handed over as one JSON block."""

from django.utils.translation import gettext


def script_words() -> dict[str, str]:
    """Return every sentence the ES modules use, in the reader's language."""
    return _times() | _map() | _uploads() | _manners() | _rings()


def _times() -> dict[str, str]:
    return {
        "left": gettext("%(time)s left"),
        "over": gettext("%(time)s overdue"),
        "days": gettext("%(n)s d"),
        "hours": gettext("%(n)s h"),
        "minutes": gettext("%(n)s min"),
        "moment": gettext("under 1 min"),
    }


def _map() -> dict[str, str]:
    return {
        "zoom_in": gettext("Zoom in"),
        "zoom_out": gettext("Zoom out"),
        "locate": gettext("Show where I am"),
        "north": gettext("North up"),
        "layers": gettext("Layers"),
        "layer_areas": gettext("Divisions"),
        "layer_grids": gettext("Unit grids"),
        "layer_parts": gettext("Parts"),
        "layer_cases": gettext("Cases"),
        "layer_cases_open": gettext("Open cases"),
        "layer_cases_all": gettext("All cases"),
        "layer_no_cases": gettext("No cases"),
        "layer_duty_grids": gettext("Duty grids"),
        "map": gettext("Map"),
        "pick_hint": gettext("Click the map, or move it with the arrow keys and press Enter"),
        "map_failed": gettext("The map cannot be drawn here; the list says the same."),
        "points_part": gettext(
            "Shown are the newest %(n)s. Narrow by area, class or days, or switch on a layer, "
            "to see the others."
        ),
        "cases_here": gettext("%(n)s cases here"),
        "parts_here": gettext("%(n)s parts here"),
        "drawing_failed": gettext("The drawing cannot be shown."),
    }


def _uploads() -> dict[str, str]:
    return {
        "remove": gettext("Remove"),
        "uploading": gettext("Uploading %(name)s"),
        "uploaded": gettext("%(name)s is uploaded"),
        "upload_failed": gettext("%(name)s could not be uploaded: %(why)s"),
        "too_large": gettext("the file is larger than %(n)s MB"),
        "no_connection": gettext("no connection"),
    }


def _manners() -> dict[str, str]:
    return {
        "live_on": gettext("Live"),
        "live_off": gettext("Not live; trying again"),
        "undo": gettext("Undo"),
        "close": gettext("Close"),
        "try_again": gettext("That did not reach the server. Check the connection and try again."),
        "compare": gettext("Move to compare before and after"),
    }


def _rings() -> dict[str, str]:
    return {
        "push_on": gettext("Notify me on this device"),
        "push_off": gettext("Stop notifying this device"),
        "push_is_on": gettext("This device is notified."),
        "push_denied": gettext("Notifications are switched off for this site in your browser."),
        "push_unknown": gettext("This browser cannot be notified; look here for what is new."),
        "push_failed": gettext("This device could not be reached by its push service."),
    }
