"""What this room puts on the field terminal: duty, the alarm, messages; positions behind them."""

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import terminal


def register() -> None:
    """Put the panels on the terminal."""
    duty = organisation.duties.PATROL
    for panel in (
        terminal.Panel(
            key="duty",
            label=pgettext_lazy("patrol", "Duty"),
            template="dispatch/field/duty.html",
            icon="shield",
            script="dispatch/dutypanel.js",
            style="dispatch/field.css",
            order=40,
            duty=duty,
            is_tab=True,
            hint=_("On and off duty, where you have been"),
            context=_duty_words,
        ),
        terminal.Panel(
            key="alarm",
            label=_("Alarm"),
            template="dispatch/field/alarm.html",
            icon="bell",
            script="dispatch/alarmpanel.js",
            order=45,
            duty=duty,
            hint=_("Hold the button and the centre comes to you"),
            context=_alarm_words,
        ),
        terminal.Panel(
            key="messages",
            label=pgettext_lazy("patrol", "Messages"),
            template="dispatch/field/messages.html",
            icon="inbox",
            script="dispatch/messagespanel.js",
            order=46,
            duty=duty,
            hint=_("What the centre asks of you"),
            context=_message_words,
        ),
    ):
        terminal.offer_panel(panel)
    terminal.offer_background("tracks", "dispatch/tracks.js")


def _duty_words(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "words": {
            "off": gettext("Off duty"),
            "on": gettext("On duty"),
            "resting": gettext("In a break"),
            "kept": gettext("Kept on this phone; it is sent when there is a connection."),
            "no_place": gettext("Your position is not known. Allow it and try again outdoors."),
            "no_shift": gettext("No shift is planned for you."),
            "shift": gettext("%(name)s · %(from)s–%(to)s"),
            "outside": gettext("%(m)s m outside the duty grid"),
            "inside": gettext("Inside the duty grid"),
            "since": gettext("since %(at)s"),
            "coverage": gettext("%(visited)s of %(grids)s unit grids, %(m)s m walked"),
            "no_plan": gettext("%(m)s m walked"),
            "sign_on": gettext("Sign on"),
            "sign_off": gettext("Sign off"),
            "begin_break": gettext("Take a break"),
            "end_break": gettext("End the break"),
            "waiting": gettext("%(n)s positions wait to be sent"),
        }
    }


def _alarm_words(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "words": {
            "hold": gettext("Hold for two seconds"),
            "holding": gettext("Keep holding …"),
            "calling": gettext("Calling the centre …"),
            "open": gettext("The centre has your call. Your position is being sent."),
            "acknowledged": gettext("%(name)s has answered and sees where you are."),
            "closed": gettext("The alarm is over."),
        }
    }


def _message_words(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "words": {
            "accept": gettext("I go"),
            "decline": gettext("I cannot"),
            "accepted": gettext("Accepted"),
            "declined": gettext("Declined"),
            "nothing": gettext("No message from the centre."),
            "offline": gettext("Messages come when there is a connection."),
            "place": gettext("Show the place"),
            "case": gettext("Case %(number)s"),
        }
    }
