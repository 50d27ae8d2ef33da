"""Addresses of GeoReport v2, the form of the answer as their ending."""

from django.urls import path, register_converter

from . import views


class Form:
    """The two forms of an answer."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """Return the form."""
        return value

    def to_url(self, value: str) -> str:
        """Return the ending."""
        return value


register_converter(Form, "open311")

app_name = "open311"

urlpatterns = [
    path("discovery.<open311:form>", views.discovery, name="discovery"),
    path("services.<open311:form>", views.list_services, name="services"),
    path("services/<str:code>.<open311:form>", views.service, name="service"),
    path("requests.<open311:form>", views.requests, name="requests"),
    path("requests/<str:code>.<open311:form>", views.one, name="request"),
    path("tokens/<str:code>.<open311:form>", views.token, name="token"),
]
