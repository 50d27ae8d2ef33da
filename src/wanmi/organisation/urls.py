"""Pages of the organisation."""

from django.urls import path

from . import (
    bringing,
    deputising,
    devices,
    explaining,
    keeping,
    switching,
    tending,
    viewing,
    views,
)
from .saved import pages as saved

app_name = "organisation"

urlpatterns = [
    path("preferences/area", switching.show_area, name="show_area"),
    path("organisation", views.bodies, name="bodies"),
    path("organisation/roles", views.roles, name="roles"),
    path("views", saved.views, name="views"),
    path("views/new", saved.new_view, name="new_view"),
    path("views/<int:key>", saved.change_view, name="view_saved"),
    path("views/<int:key>/drop", saved.drop_view, name="drop_view"),
    path("organisation/me", views.myself, name="myself"),
    path("organisation/bodies/<str:code>", views.body, name="body"),
    path("organisation/bodies/<str:code>/posts", keeping.make_post, name="make_post"),
    path("organisation/bodies/<str:code>/people", keeping.hire, name="hire"),
    path("organisation/bodies/<str:code>/appointments", keeping.appoint, name="appoint"),
    path("organisation/appointments/<int:key>/end", keeping.dismiss, name="dismiss"),
    path("organisation/duty-grids/<slug:code>/responsible", tending.tend, name="tend"),
    path("organisation/people", views.people, name="people"),
    path("organisation/devices", devices.devices, name="devices"),
    path("organisation/devices/rule", devices.set_rule, name="device_rule"),
    path("organisation/devices/<int:key>/approve", devices.approve, name="approve_device"),
    path("organisation/devices/<int:key>/revoke", devices.revoke, name="revoke_device"),
    path("organisation/import", bringing.bring, name="import"),
    path("organisation/import/example.csv", bringing.example, name="import_example"),
    path("organisation/people/<str:username>", views.person, name="person"),
    path("organisation/people/<str:username>/view", viewing.begin, name="view"),
    path("organisation/viewing/end", viewing.end, name="end_view"),
    path("organisation/people/<str:username>/rights", explaining.rights, name="rights"),
    path("organisation/people/<str:username>/deputies", deputising.deputising, name="deputies"),
    path("organisation/deputies/<int:key>/end", deputising.withdraw, name="end_deputy"),
    path("organisation/people/<str:username>/lock", keeping.lock, name="lock"),
    path("organisation/people/<str:username>/unlock", keeping.unlock, name="unlock"),
    path("organisation/people/<str:username>/password", keeping.reset_password, name="password"),
]
