"""Asking the registers."""

from .models import Part


def part(identifier: str) -> Part | None:
    """Return a part by its identifier."""
    return Part.objects.filter(identifier=identifier).first()
