"""Pages of surveys."""

from django.urls import path

from . import views

app_name = "surveys"

urlpatterns = [
    path("surveys", views.surveys, name="list"),
    path("surveys/new", views.order, name="order"),
    path("surveys/<str:number>", views.survey, name="survey"),
    path("surveys/<str:number>/export", views.export, name="export"),
    path("surveys/<str:number>/drawing.bpmn", views.drawing, name="drawing"),
    path("surveys/<str:number>/shares/<int:key>", views.share, name="share"),
]
