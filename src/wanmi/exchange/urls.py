"""Addresses for other systems, and the page on which their keys are looked after."""

from django.urls import include, path

from . import views
from .partners.sms import gateway
from .partners.wechat import endpoint
from .partners.workorders import views as orders

app_name = "exchange"

urlpatterns = [
    path("open311/v2/", include("wanmi.exchange.open311.urls")),
    path("exchange/sms", gateway.inbound, name="sms"),
    path("exchange/wechat", endpoint.endpoint, name="wechat"),
    path("exchange/work-orders", orders.listed, name="orders"),
    *(
        path(
            f"exchange/work-orders/<int:order>/{action}",
            orders.act,
            {"action": action},
            name=f"order_{action}",
        )
        for action in ("sign", "contact", "return")
    ),
    path("exchange/keys", views.keys, name="keys"),
    path("exchange/keys/<int:key>/revoke", views.revoke, name="revoke"),
]
