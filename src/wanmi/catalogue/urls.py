"""Pages of the catalogue."""

from django.urls import path

from . import planning, views

app_name = "catalogue"

urlpatterns = [
    path("catalogue", views.classes, name="classes"),
    path("catalogue/calendar", views.calendar, name="calendar"),
    path("catalogue/calendar/change", planning.change, name="change_calendar"),
    path("catalogue/<slug:edition>/<slug:kind>/<slug:code>", views.one_class, name="class"),
]
