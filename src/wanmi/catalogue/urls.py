"""Pages of the catalogue."""

from django.urls import path

from . import planning, views
from .drafting import pages as drafting

app_name = "catalogue"

urlpatterns = [
    path("catalogue", views.classes, name="classes"),
    path("catalogue/editions", drafting.editions, name="editions"),
    path("catalogue/editions/<slug:item>", drafting.edition, name="edition"),
    path("catalogue/editions/<slug:item>/export", drafting.export, name="edition_export"),
    path("catalogue/editions/<slug:item>/import", drafting.bring, name="edition_import"),
    path("catalogue/editions/<slug:item>/new", drafting.new_class, name="new_class"),
    path(
        "catalogue/editions/<slug:item>/<slug:kind>/<slug:code>",
        drafting.one_class,
        name="draft_class",
    ),
    path("catalogue/calendar", views.calendar, name="calendar"),
    path("catalogue/calendar/change", planning.change, name="change_calendar"),
    path("catalogue/<slug:edition>/<slug:kind>/<slug:code>", views.one_class, name="class"),
]
