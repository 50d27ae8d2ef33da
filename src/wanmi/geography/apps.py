"""Django's entry to the room."""

from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "wanmi.geography"
    label = "geography"

    def ready(self) -> None:
        """Offer the room's own map layers and the city's base map."""
        from wanmi.shell import basemaps

        from . import area_tiles
        from .actions import Layer, offer_layer
        from .basemap.views import offered_style

        offer_layer(Layer("areas", "", area_tiles.areas, area_tiles.state))
        offer_layer(Layer("grids", "", area_tiles.grids, area_tiles.state))
        offer_layer(Layer("duty_grids", "", area_tiles.duty_grids, area_tiles.state))
        basemaps.offer(offered_style)
