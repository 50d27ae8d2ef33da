"""Media."""

from django.urls import path

from . import views

app_name = "evidence"

urlpatterns = [
    path("media/<int:key>/<slug:variant>", views.media, name="media"),
]
