"""Health of the process, the reader's settings, the gallery of components."""

from django.urls import path

from . import basemaps, gallery, health, metrics, search, views

app_name = "shell"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("preferences/theme", views.theme, name="theme"),
    path("preferences/language", views.language, name="language"),
    path("basemap/style.json", basemaps.style, name="basemap"),
    path("search", search.search, name="search"),
    path("_gallery", gallery.overview, name="gallery"),
    path("_gallery/<slug:name>", gallery.story, name="story"),
]
