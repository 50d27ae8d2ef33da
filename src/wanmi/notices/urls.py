"""The inbox."""

from django.urls import path

from . import layering, views
from .push import views as push

app_name = "notices"

urlpatterns = [
    path("notices", views.inbox, name="inbox"),
    path("notices/bell", views.bell_again, name="bell"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/quiet", layering.quiet, name="quiet"),
    path("notices/worker.js", push.worker, name="push_worker"),
    path("push/key", push.public_key, name="push_key"),
    path("push/look", push.look, name="push_look"),
    path("push/on", push.on, name="push_on"),
    path("push/off", push.off, name="push_off"),
    path("reminders", layering.layers, name="layers"),
    path("reminders/new", layering.layer, name="new_layer"),
    path("reminders/<int:key>", layering.layer, name="layer"),
    path("reminders/<int:key>/drop", layering.drop, name="drop_layer"),
    path("notices/<int:key>/open", views.open_notice, name="open"),
]
