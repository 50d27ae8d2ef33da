"""Addresses of the whole house; each room brings its own."""

from django.urls import include, path

from . import api

urlpatterns = [
    path("api/v1/", api.api.urls),
    path("", include("wanmi.shell.urls")),
    path("", include("wanmi.accounts.urls")),
    path("", include("wanmi.geography.urls")),
    path("", include("wanmi.organisation.urls")),
    path("", include("wanmi.upkeep.urls")),
    path("", include("wanmi.catalogue.urls")),
    path("", include("wanmi.evidence.urls")),
    path("", include("wanmi.journal.urls")),
    path("", include("wanmi.registers.urls")),
    path("", include("wanmi.workflow.taskurls")),
    path("", include("wanmi.workflow.urls")),
    path("", include("wanmi.notices.urls")),
    path("", include("wanmi.cases.urls")),
    path("", include("wanmi.intake.urls")),
    path("", include("wanmi.exchange.urls")),
    path("", include("wanmi.hotline.urls")),
    path("", include("wanmi.surveys.urls")),
    path("", include("wanmi.consultations.urls")),
    path("", include("wanmi.dispatch.urls")),
    path("", include("wanmi.triage.urls")),
    path("", include("wanmi.portal.urls")),
    path("", include("wanmi.field.urls")),
]
