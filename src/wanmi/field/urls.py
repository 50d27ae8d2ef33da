"""The field terminal: one document, its service worker, and what it asks at every start."""

from django.urls import path

from . import views

app_name = "field"

urlpatterns = [
    path("field/", views.app, name="app"),
    path("field/session", views.session, name="session"),
    path("field/areas", views.areas, name="areas"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
    path("field/map-worker.mjs", views.map_worker, name="map-worker"),
    path("field/sw.js", views.worker, name="worker"),
]
