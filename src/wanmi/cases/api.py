"""Routes of the room."""

from ninja import Router

router = Router(tags=["cases"])
