"""Pages of suggestions."""

from django.urls import path

from . import views

app_name = "triage"

urlpatterns = [
    path("triage", views.home, name="home"),
    path("triage/typed", views.typed, name="typed"),
    path("triage/progress", views.progress, name="progress"),
    path("triage/export", views.export, name="export"),
    path("triage/train", views.train, name="train"),
    path("triage/<int:key>/activate", views.activate, name="activate"),
    path("triage/<int:key>/withdraw", views.withdraw, name="withdraw"),
]
