"""Pages of what people bring to the city."""

from django.urls import path

from .views import listing, one

app_name = "intake"

urlpatterns = [
    path("contacts", listing.contacts, name="contacts"),
    path("contacts/export", listing.export, name="export"),
    path("contacts/new", one.new, name="new"),
    path("contacts/<str:number>", one.contact, name="contact"),
    path("contacts/<str:number>/say", one.say, name="say"),
    path("contacts/<str:number>/sender", one.sender, name="sender"),
    path("contacts/<str:number>/block", one.block, name="block"),
]
