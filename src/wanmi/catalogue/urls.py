"""Pages of the catalogue."""

from django.urls import path

from . import views

app_name = "catalogue"

urlpatterns = [
    path("catalogue", views.classes, name="classes"),
    path("catalogue/calendar", views.calendar, name="calendar"),
    path("catalogue/<slug:edition>/<slug:kind>/<slug:code>", views.one_class, name="class"),
]
