"""The journal for those who watch over it."""

from django.urls import path

from . import views

app_name = "journal"

urlpatterns = [path("journal", views.journal, name="journal")]
