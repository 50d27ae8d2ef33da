"""The inbox."""

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("notices", views.inbox, name="inbox"),
    path("notices/bell", views.bell_again, name="bell"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/<int:key>/open", views.open_notice, name="open"),
]
