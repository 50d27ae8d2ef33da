"""What this room does when something happens: read the calendar anew."""

from wanmi.journal.events import Entry, listen

from . import remembered
from .events import CalendarChanged


@listen(CalendarChanged, name="catalogue.read_calendar_anew")
def read_calendar_anew(entry: Entry) -> None:
    """Forget the remembered calendar in the process that hears the news."""
    remembered.forget()
