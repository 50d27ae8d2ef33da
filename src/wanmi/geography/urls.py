"""The base map, tiles, and the pages of areas."""

from django.urls import path

from .basemap import views as basemap
from .views import areas, duty_grids, tiles

app_name = "geography"

urlpatterns = [
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("basemap/<int:zoom>/<int:x>/<int:y>.mvt", basemap.tile_mvt, name="basemap-tile"),
    path("areas", areas.areas, name="areas"),
    path("areas/<slug:code>", areas.area, name="area"),
    path("areas/<slug:code>/change", areas.change, name="change"),
    path("duty-grids", duty_grids.duty_grids, name="duty_grids"),
    path("duty-grids/make", duty_grids.make, name="make_duty_grid"),
    path("areas/<slug:code>/members", duty_grids.members, name="members"),
    path("areas/<slug:code>/end", areas.end, name="end"),
]
