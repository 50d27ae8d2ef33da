"""Pages of consultations."""

from django.urls import path

from . import views

app_name = "consultations"

urlpatterns = [
    path("consultations", views.consultations, name="list"),
    path("consultations/new", views.opening, name="open"),
    path("consultations/<str:number>", views.consultation, name="consultation"),
    path("consultations/<str:number>/drawing.bpmn", views.drawing, name="drawing"),
]
