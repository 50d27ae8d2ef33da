"""The base map; tiles and areas."""

from django.urls import path

from . import views
from .basemap import views as basemap

app_name = "geography"

urlpatterns = [
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("basemap/<int:zoom>/<int:x>/<int:y>.mvt", basemap.tile_mvt, name="basemap-tile"),
]
