"""The public's pages, and those of the clerks who decide what it sees."""

from django.urls import path

from .views import alerting, following, installing, listing, mine, numbers, publishing, reporting

app_name = "portal"

urlpatterns = [
    path("public/", listing.home, name="home"),
    path("public/mine", mine.mine, name="mine"),
    path("public/report", reporting.report, name="report"),
    path("public/places", reporting.places, name="places"),
    path("public/near", reporting.near, name="near"),
    path("public/classes", reporting.classes, name="classes"),
    path("public/follow", following.find, name="find"),
    path("public/follow/<slug:code>", following.follow, name="follow"),
    path("public/follow/<slug:code>/pictures/<int:key>.jpg", following.picture, name="own_picture"),
    path("public/follow/<slug:code>/say", following.say, name="say"),
    path("public/follow/<slug:code>/rate", following.rate, name="rate"),
    path("public/follow/<slug:code>/reopen", following.reopen, name="reopen"),
    path("public/numbers", numbers.numbers, name="numbers"),
    path("public/feed.xml", listing.feed, name="feed"),
    path("public/alerts", alerting.alerts, name="alerts"),
    path("public/alerts/links", alerting.links, name="alert_links"),
    path("public/alerts/<str:token>", alerting.alert, name="alert"),
    path("public/alerts/<str:token>/stop", alerting.stop, name="alert_stop"),
    path("public/alerts/<str:token>/feed.xml", alerting.feed, name="alert_feed"),
    path("public/matters/<slug:code>", listing.one, name="one"),
    path("public/matters/<slug:code>/complain", listing.complain, name="complain"),
    path("public/pictures/<int:key>.jpg", listing.picture, name="picture"),
    path("public/manifest.webmanifest", installing.manifest, name="manifest"),
    path("public/sw.js", installing.worker, name="worker"),
    path("publishing", publishing.waiting, name="publishing"),
    path("publishing/<str:number>", publishing.matter, name="publish"),
    path("publishing/<str:number>/withdraw", publishing.withdraw, name="withdraw"),
    path("publishing/<str:number>/pictures/<int:key>", publishing.picture, name="redact"),
    path("publishing/<str:number>/pictures/<int:key>/spotted", publishing.spotted, name="spotted"),
    path("publishing/complaints/<int:key>/settle", publishing.settle, name="settle"),
]
