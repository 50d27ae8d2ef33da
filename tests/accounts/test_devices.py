"""Phones are bound to people by a key they keep; one that is revoked is refused everywhere."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.test import Client

from tests import town as towns
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import Device
from wanmi.config.api import api
from wanmi.journal.models import JournalEntry

PHONE = "Android, Chrome"


@pytest.fixture
def town(db: None) -> towns.Town:
    return towns.build()


def b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")


class Phone:
    """A browser with a key of its own, as the terminal makes one."""

    def __init__(self, user) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.client = Client()
        self.client.force_login(user)

    def post(self, path: str, body: dict | None = None):
        said = json.dumps(body or {})
        return self.client.post(f"/api/v1/{path}", said, content_type="application/json")

    def register(self, **more):
        challenge = self.post("devices/challenge").json()["challenge"]
        return self.show(challenge, **more)

    def show(self, challenge: str, **more):
        der = self.key.sign(challenge.encode(), ec.ECDSA(hashes.SHA256()))
        half, other = decode_dss_signature(der)
        raw = half.to_bytes(32) + other.to_bytes(32)
        numbers = self.key.public_key().public_numbers()
        key = {"kty": "EC", "crv": "P-256", "x": b64(numbers.x), "y": b64(numbers.y)}
        signature = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        return self.post(
            "devices", {"public_key": key, "label": PHONE, "signature": signature} | more
        )


def approval(town: towns.Town) -> None:
    accounts.set_device_rule(binding="approval", lock_minutes=5, pin_required=True, by=town.admin)


def every_call() -> list[tuple[str, str]]:
    """Return method and address of each call of the API, as its document has them."""
    paths = api.get_openapi_schema()["paths"]
    return [(method, path) for path, calls in paths.items() for method in calls]


def test_a_phone_is_bound_by_signing_in_and_known_again(town):
    phone = Phone(town.supervisor)

    first, again = phone.register(), phone.register()

    assert first.json()["state"] == "bound"
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert first.json()["lock_minutes"] == 10
    entry = JournalEntry.objects.get(kind="accounts.DeviceRegistered")
    assert entry.data["device"] == first.json()["id"]


def test_a_key_must_be_shown_to_be_held_and_each_challenge_counts_once(town):
    phone = Phone(town.supervisor)
    challenge = phone.post("devices/challenge").json()["challenge"]

    assert phone.show("something else").status_code == 422
    assert phone.show(challenge).status_code == 422
    key = {"kty": "EC", "crv": "P-256", "x": b64(1), "y": b64(1)}
    assert phone.register(public_key=key).json()["code"] == "unusable_key"
    assert not Device.objects.exists()


def test_a_revoked_phone_is_refused_on_every_call_and_told_to_empty_itself(town):
    phone = Phone(town.supervisor)
    device = Device.objects.get(pk=phone.register().json()["id"])
    accounts.revoke_device(device, by=town.admin, reason="遗失")

    for method, path in every_call():
        if method == "head":  # has no body to say why
            continue
        answer = phone.client.generic(method.upper(), path.replace("{", "").replace("}", ""))
        assert answer.status_code == 410, path
        assert method == "head" or answer.json()["code"] == "device_revoked", path
    for path in ("/field/session", "/field/", "/", "/parts"):
        assert phone.client.get(path).status_code == 410
    answer = phone.client.get("/field/session")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.client.get("/sign-in").status_code == 200
    assert JournalEntry.objects.filter(kind="accounts.DeviceRevoked").count() == 1


def test_signing_in_anew_begins_with_another_phone(town):
    phone = Phone(town.supervisor)
    device = Device.objects.get(pk=phone.register().json()["id"])
    accounts.revoke_device(device, by=town.admin)

    sent = {"username": "supervisor", "password": towns.PASSWORD}
    assert phone.client.post("/sign-in", sent).status_code == 302

    assert phone.client.get("/field/session").status_code == 200
    assert phone.register().json()["code"] == "device_revoked"


def test_a_phone_waits_for_approval_where_the_rule_asks_for_it(town):
    approval(town)
    phone = Phone(town.supervisor)

    assert phone.register().json()["state"] == "waiting"
    refused = phone.client.get("/field/session")
    keeper = Client()
    keeper.force_login(town.admin)
    device = Device.objects.get()
    assert keeper.post(f"/organisation/devices/{device.pk}/approve").status_code == 302

    assert (refused.status_code, refused.json()["code"]) == (403, "device_waiting")
    assert phone.client.get("/field/session").status_code == 200
    assert Device.objects.get().decided_by == town.admin


def test_a_phone_has_one_person(town):
    phone = Phone(town.supervisor)
    phone.register()
    phone.client.force_login(town.handler)

    assert phone.register().json()["code"] == "device_of_another"


def test_people_see_and_take_back_their_own_phones_only(town):
    phone, other = Phone(town.supervisor), Phone(town.handler)
    key = phone.register().json()["id"]

    assert other.client.get("/api/v1/me/devices").json() == []
    assert other.client.delete(f"/api/v1/me/devices/{key}").status_code == 404
    assert other.client.post(f"/me/devices/{key}/revoke").status_code == 404
    assert PHONE in phone.client.get("/me").content.decode()
    assert phone.client.post(f"/me/devices/{key}/revoke").status_code == 302
    assert phone.client.get("/me").status_code == 410


def test_who_looks_after_people_lists_and_revokes(town, django_assert_max_num_queries):
    phone = Phone(town.supervisor)
    key = phone.register().json()["id"]
    keeper = Client()
    keeper.force_login(town.admin)
    keeper.get("/organisation/devices")

    with django_assert_max_num_queries(12):
        page = keeper.get("/organisation/devices?q=supervisor").content.decode()
    rule = {"binding": "approval", "lock_minutes": "0"}
    assert keeper.post("/organisation/devices/rule", rule).status_code == 422
    keeper.post("/organisation/devices/rule", rule | {"lock_minutes": "5"})
    keeper.post(f"/organisation/devices/{key}/revoke", {"reason": "遗失"})

    assert PHONE in page
    assert phone.client.get("/field/session").status_code == 410
    assert "遗失" in keeper.get("/organisation/devices?state=revoked").content.decode()
    assert keeper.post(f"/organisation/devices/{key}/approve").status_code == 409
