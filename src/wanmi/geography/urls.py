"""The base map, tiles, and the pages of areas."""

from django.urls import path

from .basemap import views as basemap
from .views import areas, tiles

app_name = "geography"

urlpatterns = [
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("basemap/<int:zoom>/<int:x>/<int:y>.mvt", basemap.tile_mvt, name="basemap-tile"),
    path("areas", areas.areas, name="areas"),
    path("areas/<slug:code>", areas.area, name="area"),
    path("areas/<slug:code>/change", areas.change, name="change"),
    path("areas/<slug:code>/end", areas.end, name="end"),
]
