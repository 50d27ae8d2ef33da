"""Addresses for other systems, and the page on which their keys are looked after."""

from django.urls import include, path

from . import views
from .partners.sms import gateway
from .partners.wechat import endpoint

app_name = "exchange"

urlpatterns = [
    path("open311/v2/", include("wanmi.exchange.open311.urls")),
    path("exchange/sms", gateway.inbound, name="sms"),
    path("exchange/wechat", endpoint.endpoint, name="wechat"),
    path("exchange/keys", views.keys, name="keys"),
    path("exchange/keys/<int:key>/revoke", views.revoke, name="revoke"),
]
