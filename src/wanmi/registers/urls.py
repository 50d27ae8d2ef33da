"""Pages of the parts register."""

from django.urls import path

from . import adding, proposing, requests, views

app_name = "registers"

urlpatterns = [
    path("parts", views.parts, name="parts"),
    path("parts/new", adding.add, name="add"),
    path("parts/export", views.export, name="export"),
    path("parts/requests", requests.requests, name="requests"),
    path("parts/requests/new", proposing.propose, name="propose"),
    path("parts/requests/decide", requests.decide, name="decide"),
    path("parts/requests/export", requests.export, name="requests_export"),
    path("parts/requests/<slug:number>", requests.request_page, name="request"),
    path("parts/requests/<slug:number>/withdraw", proposing.withdraw, name="withdraw"),
    path("parts/requests/<slug:number>/drawing.bpmn", requests.drawing, name="request_drawing"),
    path("parts/<slug:identifier>", views.part, name="part"),
    path("parts/<slug:identifier>/change", views.change, name="change"),
]
