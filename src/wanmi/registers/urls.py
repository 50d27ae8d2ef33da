"""Pages of the parts register."""

from django.urls import path

from . import adding, views

app_name = "registers"

urlpatterns = [
    path("parts", views.parts, name="parts"),
    path("parts/new", adding.add, name="add"),
    path("parts/export", views.export, name="export"),
    path("parts/<slug:identifier>", views.part, name="part"),
    path("parts/<slug:identifier>/change", views.change, name="change"),
]
