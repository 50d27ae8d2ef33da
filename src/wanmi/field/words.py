"""The sentences the terminal's own scripts say, translated on the server."""

from django.utils.translation import gettext, pgettext


def field_words() -> dict[str, str]:
    """Return every sentence of `static/field`, in the reader's language."""
    return _frame() | _queue() | _kit() | _report() | _shots() | _tasks() | _task_form()


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
        "understood": gettext("Understood"),
        "discard_sure": gettext(
            "This has not reached the centre. Take it off this phone for good?"
        ),
        "files": gettext("%(n)s files, %(size)s"),
        "note_of": gettext("Note on the case: %(title)s"),
        "noted": gettext("What you did is kept as a note on the case."),
    }


def _kit() -> dict[str, str]:
    return {
        "kit_areas": gettext("My areas"),
        "kit_classes": gettext("Classes of parts and events"),
        "kit_tasks": gettext("Tasks and their cases"),
        "kit_parts": gettext("Parts of my areas"),
        "kit_map": gettext("Map of my areas"),
        "kit_facts": gettext("%(n)s · %(size)s · as of %(when)s"),
        "kit_none": gettext("Not on this phone"),
        "kit_take": gettext("Take along: %(what)s"),
        "kit_taking": gettext("Being fetched: %(n)s"),
        "kit_failed": gettext("Not fetched; try again with a better connection."),
        "kit_usage": gettext("This phone keeps %(size)s for the terminal."),
    }


def _report() -> dict[str, str]:
    return {
        "change": gettext("Change"),
        "favourite": gettext("Favourite: %(what)s"),
        "kind_event": gettext("Event"),
        "kind_part": gettext("Part"),
        "parts_map": gettext("Parts nearby"),
        "state_of_intact": gettext("Intact"),
        "state_of_damaged": gettext("Damaged"),
        "state_of_lost": gettext("Lost"),
        "state_of_abandoned": gettext("Abandoned"),
        "state_of_removed": gettext("Removed"),
        "no_position": gettext("The phone cannot say where it is; point at the place on the map."),
        "position_within": gettext("Position taken, within %(m)s m"),
        "position_picked": gettext("Place chosen on the map"),
        "where": gettext("Place on the map"),
        "lacks_photo": gettext("Take a photograph"),
        "lacks_place": gettext("Say where it is"),
        "lacks_class": gettext("Choose a class or describe it"),
    }


def _shots() -> dict[str, str]:
    return {
        "role_near": pgettext("photograph", "Near"),
        "role_far": pgettext("photograph", "Far"),
        "role_reference": pgettext("photograph", "Reference"),
        "role_before": pgettext("photograph", "Before"),
        "role_after": pgettext("photograph", "On the spot"),
        "role_voice": gettext("Voice note"),
        "role_more": gettext("Photograph"),
        "remove_what": gettext("Remove: %(what)s"),
        "voice": gettext("Voice note"),
        "voice_stop": gettext("Stop recording"),
        "no_microphone": gettext("The microphone cannot be used; allow it in the settings."),
    }


def _tasks() -> dict[str, str]:
    return {
        "due": gettext("due %(when)s"),
        "as_of": gettext("As of %(when)s"),
        "fresh_task": gettext("A task for you: %(what)s"),
        "task_gone": gettext("This task is no longer yours to do, or it waits to be sent."),
        "to_tasks": gettext("To the tasks"),
        "task_number": pgettext("task", "Number"),
        "task_opened": pgettext("task", "Since"),
        "task_deadline": gettext("Deadline"),
        "task_place": gettext("Place"),
        "task_nowhere": gettext("It is not known where this is."),
        "same_time_yes": gettext("Reported at %(time)s: this is the same time of day."),
        "same_time_no": gettext("Reported at %(time)s: check at the same time of day if you can."),
        "away": gettext("%(far)s from here, as the crow flies"),
        "way_phone": gettext("Navigate"),
        "way_amap": gettext("Amap"),
        "photographs": gettext("Photographs"),
        "photo_before": gettext("Photograph before handling"),
        "photo_after": gettext("Photograph after handling"),
    }


def _task_form() -> dict[str, str]:
    return {
        "what_came_of_it": gettext("What came of it?"),
        "decline": gettext("I cannot do this"),
        "decline_reason": gettext("Why?"),
        "declined": gettext("Task declined:"),
        "done_words": gettext("Brought in from the field: %(what)s. %(opinion)s"),
        "lacks_field": gettext("Still missing: %(what)s"),
        "lacks_photos": gettext("At least %(n)s photographs are needed."),
    }
