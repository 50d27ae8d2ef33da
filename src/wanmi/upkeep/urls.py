"""Pages of the administration."""

from django.urls import path

from . import views

app_name = "upkeep"

urlpatterns = [
    path("administration", views.start, name="start"),
    path("administration/changes", views.changes, name="changes"),
    path("administration/changes/<int:key>", views.change, name="change"),
    path("administration/changes/<int:key>/apply", views.apply, name="apply"),
    path("administration/changes/<int:key>/withdraw", views.withdraw, name="withdraw"),
    path("administration/changes/<int:key>/try", views.try_out, name="try"),
    path("administration/changes/<int:key>/undo", views.undo, name="undo"),
    path("administration/<slug:key>", views.matter, name="matter"),
    path("administration/<slug:key>/<str:item>", views.item, name="item"),
]
