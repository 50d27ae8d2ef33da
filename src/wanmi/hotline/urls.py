"""Pages of the hotline."""

from django.urls import path

from .views import desk, doing, knowledge, past, shift

app_name = "hotline"

urlpatterns = [
    path("hotline", desk.desk, name="desk"),
    path("hotline/now", desk.now, name="now"),
    path("hotline/file", desk.file, name="file"),
    path("hotline/places", desk.places, name="places"),
    path("hotline/classes", desk.classes, name="classes"),
    path("hotline/near", desk.near, name="near"),
    path("hotline/answers", desk.answers, name="answers"),
    path("hotline/state", doing.state, name="state"),
    path("hotline/calls", past.calls, name="calls"),
    path("hotline/calls/<int:key>", past.call, name="call"),
    path("hotline/calls/<int:key>/take", doing.take, name="take"),
    path("hotline/calls/<int:key>/settle", doing.settle, name="settle"),
    path("hotline/calls/<int:key>/hand", doing.hand, name="hand"),
    path("hotline/calls/<int:key>/callback", doing.ask_callback, name="ask_callback"),
    path("hotline/calls/<int:key>/recording", doing.recording, name="recording"),
    path("hotline/calls/<int:key>/forget", doing.forget, name="forget"),
    path("hotline/callbacks/<int:key>", doing.call_back, name="call_back"),
    path("hotline/shift", shift.board, name="shift"),
    path("hotline/shift/<int:key>", shift.agent, name="agent"),
    path("hotline/rates", shift.rates, name="rates"),
    path("hotline/rates/export", shift.export, name="rates_export"),
    path("hotline/rates/<str:code>", shift.rows, name="rows"),
    path("hotline/rates/<str:code>/export", shift.rows_export, name="rows_export"),
    path("hotline/articles", knowledge.articles, name="articles"),
    path("hotline/articles/new", knowledge.write, name="new_article"),
    path("hotline/articles/<int:key>", knowledge.write, name="article"),
]
