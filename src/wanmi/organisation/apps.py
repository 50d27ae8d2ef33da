"""Django's entry to the room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "wanmi.organisation"
    label = "organisation"
