"""Matters as the API answers them."""

from typing import Any

from wanmi.organisation import queries as organisation

from . import queries, showing
from .models import Contact


def brief(contact: Contact) -> dict[str, Any]:
    """Return a matter as a line of a list; no personal data."""
    return {
        "id": contact.pk,
        "number": contact.number,
        "door": contact.door,
        "purpose": contact.purpose,
        "state": contact.state,
        "title": contact.title,
        "case": contact.case.number if contact.case else None,
        "is_owed": contact.is_owed,
        "address": contact.address,
        "lon": contact.lon,
        "lat": contact.lat,
        "received_at": contact.received_at,
        "answered_at": contact.answered_at,
        "rating": contact.rating,
    }


def full(contact: Contact, scope: organisation.Scope) -> dict[str, Any]:
    """Return a matter with its words; who brought it stays masked."""
    known = showing.whole(contact, scope)
    person = known["person"]
    return {
        **brief(contact),
        "words": known["words"],
        "tracking_code": contact.tracking_code,
        "previous": contact.previous.number if contact.previous else None,
        "sender": {"name": person.name, "phone": person.phone, "email": person.email}
        if person
        else None,
        "messages": [
            {
                "direction": message.direction,
                "words": message.words,
                "is_final": message.is_final,
                "at": message.at,
                "letter": message.letter.state if message.letter else None,
            }
            for message in queries.messages_of(contact)
        ],
    }
