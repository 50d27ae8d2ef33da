"""Django's entry to the room."""

from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "wanmi.geography"
    label = "geography"

    def ready(self) -> None:
        """Offer the room's own map layers, its imports and the city's base map."""
        from wanmi.kernel import imports
        from wanmi.shell import basemaps

        from . import area_tiles
        from .actions import Layer, offer_layer
        from .basemap.views import offered_style
        from .loading import areas, places

        offer_layer(Layer("areas", "", area_tiles.areas, area_tiles.state))
        offer_layer(Layer("grids", "", area_tiles.grids, area_tiles.state))
        offer_layer(Layer("duty_grids", "", area_tiles.duty_grids, area_tiles.state))
        imports.offer("areas", areas.load, summary="Divisions and other areas")
        imports.offer("grids", areas.load_grids, summary="Unit grids")
        imports.offer("places", places.load, summary="Named places and addresses")
        basemaps.offer(offered_style)
