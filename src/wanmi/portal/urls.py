"""The public's pages."""

from django.urls import path

from .views import following, home, installing, reporting

app_name = "portal"

urlpatterns = [
    path("public/", home.home, name="home"),
    path("public/mine", home.mine, name="mine"),
    path("public/report", reporting.report, name="report"),
    path("public/places", reporting.places, name="places"),
    path("public/near", reporting.near, name="near"),
    path("public/follow", following.find, name="find"),
    path("public/follow/<slug:code>", following.follow, name="follow"),
    path("public/follow/<slug:code>/say", following.say, name="say"),
    path("public/follow/<slug:code>/rate", following.rate, name="rate"),
    path("public/follow/<slug:code>/reopen", following.reopen, name="reopen"),
    path("public/manifest.webmanifest", installing.manifest, name="manifest"),
    path("public/sw.js", installing.worker, name="worker"),
]
