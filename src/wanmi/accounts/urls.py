"""Signing in and out; one's own account."""

from django.urls import path

from . import own_views, views

app_name = "accounts"

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("me", own_views.me, name="me"),
    path("me/profile", own_views.change_profile, name="change_profile"),
    path("me/password", own_views.change_password, name="change_password"),
    path("me/tokens", own_views.make_token, name="make_token"),
    path("me/tokens/end", own_views.revoke_all_tokens, name="revoke_all_tokens"),
    path("me/tokens/<int:key>/end", own_views.revoke_token, name="revoke_token"),
    path("me/devices/<int:key>/revoke", own_views.revoke_device, name="revoke_device"),
]
