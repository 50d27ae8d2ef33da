"""Django's entry to the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GeographyConfig(AppConfig):
    name = "wanmi.geography"
    label = "geography"

    def ready(self) -> None:
        """Offer map layers, imports and the city's base map; put the areas on the menu."""
        from wanmi.kernel import imports
        from wanmi.shell import basemaps, menu

        from . import area_tiles
        from .actions import Layer, offer_layer
        from .basemap.views import offered_style
        from .loading import areas, duty_grids, places
        from .views.areas import EDIT

        offer_layer(Layer("areas", "", area_tiles.areas, area_tiles.state))
        offer_layer(Layer("grids", "", area_tiles.grids, area_tiles.state))
        offer_layer(Layer("duty_grids", "", area_tiles.duty_grids, area_tiles.state))
        imports.offer("areas", areas.load, summary="Divisions and other areas")
        imports.offer("grids", areas.load_grids, summary="Unit grids")
        imports.offer("places", places.load, summary="Named places and addresses")
        imports.offer("duty-grids", duty_grids.load, summary="Duty grids and their unit grids")
        basemaps.offer(offered_style)
        menu.register(
            menu.Item(
                "areas",
                _("Areas"),
                "geography:areas",
                icon="area",
                order=60,
                duty=EDIT,
                group=_("City data"),
            )
        )
        menu.register(
            menu.Item(
                "duty-grids",
                _("Duty grids"),
                "geography:duty_grids",
                icon="grid",
                order=61,
                duty=EDIT,
                group=_("City data"),
            )
        )
