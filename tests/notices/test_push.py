"""Ringing browsers: sealed by the standards, through public addresses alone, without a secret."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client

from tests import town as towns
from tests.town import INSIDE, Town
from wanmi.intake import actions as intake
from wanmi.journal import actions as journal
from wanmi.journal import queries as entries
from wanmi.notices import actions as notices
from wanmi.notices.models import Letter, PushAddress, PushWish
from wanmi.notices.push import keys, reaching, sealing, subscribing

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.servers import Server

pytestmark = pytest.mark.django_db
AUTH = os.urandom(16)


class Service(ThreadingHTTPServer):
    """A push service of our own, that keeps what it is handed."""

    daemon_threads = True

    def __init__(self) -> None:
        self.status = 201
        self.rung: list[tuple[dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Desk)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/wake/1"


class _Desk(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.rung.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


class Phone:
    """A browser: its keys, and how it reads what it is sent."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.given = {
            "endpoint": service.url,
            "keys": {"p256dh": sealing.b64(sealing.point(self.key)), "auth": sealing.b64(AUTH)},
        }

    @property
    def browser(self) -> notices.Browser:
        return notices.Browser(self.service.url, **self.given["keys"])

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(self._open(body)) for _headers, body in self.service.rung]

    def _open(self, body: bytes) -> bytes:
        salt, theirs = body[:16], body[21 : 21 + body[20]]
        agreed = self.key.exchange(ec.ECDH(), sealing.read_point(theirs))
        info = b"WebPush: info\0" + sealing.point(self.key) + theirs
        source = sealing._derive(agreed, AUTH, info, 32)
        key = sealing._derive(source, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = sealing._derive(source, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, body[21 + body[20] :], None).rstrip(b"\2")


@pytest.fixture
def service(settings: Any, tmp_path: Path) -> Iterator[Service]:
    """A push service inside the house, named by the operator."""
    settings.PUSH_INSIDE_HOSTS = ["127.0.0.1"]
    settings.PUSH_KEY_FILE = str(tmp_path / "keys" / "push.pem")
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def phone(service: Service) -> Phone:
    """A browser that is known to the service."""
    return Phone(service)


def work(hours: float = 0) -> None:
    """Let the listeners hear and the workers work."""
    journal.hear_news()
    journal.do_due_jobs(now=datetime.now(UTC) + timedelta(hours=hours))


def tell(*users: Any) -> None:
    people = [user.pk for user in users]
    notices.tell(people, kind="task", message="Notices", link="/cases/1", subject="case:1")


def test_words_are_sealed_as_in_the_example_of_the_standard() -> None:
    """RFC 8291, section 5 and appendix A."""
    number = int.from_bytes(sealing.unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")

    sealed = sealing.seal(
        b"When I grow up, I want to be a watermelon",
        sealing.unb64(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
            "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        sealing.unb64("BTBZMqHH6r4Tts7J_aSIgg"),
        ours=ec.derive_private_key(number, ec.SECP256R1()),
        salt=sealing.unb64("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert sealing.b64(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_notice_rings_the_browser_of_its_person(town: Town, phone: Phone) -> None:
    notices.subscribe(phone.browser, notices.topic_of_user(town.handler.pk))
    tell(town.handler, town.supervisor)
    work()

    (said,) = phone.read()
    assert (said["title"], said["body"], said["url"]) == ("万米", "您有 1 条未读通知", "/cases/1")


def test_many_notices_ring_once_and_hold_nothing_of_what_they_say(town: Town, phone: Phone) -> None:
    notices.subscribe(phone.browser, notices.topic_of_user(town.handler.pk))
    for _ in range(3):
        notices.tell([town.handler.pk], kind="task", message="王先生 13812345678", link="/cases/1")
    work()

    (said,) = phone.read()
    assert (said["body"], said["url"]) == ("您有 3 条未读通知", "/notices")
    assert "王先生" not in str([row.data for row in entries.JournalEntry.objects.all()])


def test_nobody_is_rung_in_their_quiet_hours(town: Town, phone: Phone) -> None:
    notices.subscribe(phone.browser, notices.topic_of_user(town.handler.pk))
    now = datetime.now(UTC) + timedelta(hours=8)
    until = (now + timedelta(hours=2)).time().replace(microsecond=0)
    begin = (now - timedelta(hours=1)).time().replace(microsecond=0)
    notices.set_quiet_hours(by=town.handler, from_time=begin, to_time=until)
    tell(town.handler)
    work()
    assert phone.read() == []

    work(hours=3)
    assert len(phone.read()) == 1


def test_the_service_knows_the_city_by_a_key_kept_in_the_house(phone: Phone, settings: Any) -> None:
    notices.subscribe(phone.browser, "contact:1")
    notices.ring("contact:1", "Notices", "New")
    work()

    ((headers, _body),) = phone.service.rung
    token, public = (part.split("=", 1)[1] for part in headers["Authorization"][6:].split(", "))
    signed, _, signature = token.rpartition(".")
    both = sealing.unb64(signature)
    der = utils.encode_dss_signature(int.from_bytes(both[:32]), int.from_bytes(both[32:]))
    ours = sealing.read_point(sealing.unb64(public))
    ours.verify(der, signed.encode(), ec.ECDSA(SHA256()))
    claims = json.loads(sealing.unb64(signed.split(".")[1]))
    assert claims["aud"] == phone.service.url.removesuffix("/wake/1")
    assert claims["sub"] == "mailto:wanmi@localhost"
    path = Path(settings.PUSH_KEY_FILE)
    assert path.stat().st_mode & 0o777 == 0o600
    before = keys.public_key()
    keys._kept.cache_clear()
    assert keys.public_key() == before == public


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(phone: Phone, status: int) -> None:
    notices.subscribe(phone.browser, "contact:1")
    phone.service.status = status
    (letter,) = notices.ring("contact:1", "Notices", "New")
    work()

    letter.refresh_from_db()
    assert letter.state == "failed"
    assert not PushAddress.objects.exists()
    assert notices.ring("contact:1", "Notices", "New") == []


def test_a_service_that_is_busy_is_asked_again_and_leads_nowhere(phone: Phone) -> None:
    notices.subscribe(phone.browser, "contact:1")
    (letter,) = notices.ring("contact:1", "Notices", "New")
    for status in (503, 307, 201):
        phone.service.status = status
        work(hours=len(phone.service.rung))

    letter.refresh_from_db()
    assert (letter.state, len(phone.service.rung)) == ("sent", 3)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "https://10.0.0.5/x",
        "https://169.254.169.254/latest",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.5]/x",
        "https://localhost/x",
        "https://db.internal/x",
        "https://push.example.com:5432/x",
        "http://push.example.com/x",
        "file:///etc/passwd",
        "https://user@push.example.com/x",
        "https://push.example.com/ x",
        "https://[::1",
        "https://push.example.com/" + "x" * 900,
        "",
    ],
)
def test_an_address_inside_the_house_is_refused(endpoint: str) -> None:
    assert not reaching.looks_right(endpoint)
    with pytest.raises(notices.UnusableSubscription):
        notices.subscribe(notices.Browser(endpoint, "", ""), "contact:1")


def test_a_name_that_leads_inside_the_house_is_refused(phone: Phone, monkeypatch: Any) -> None:
    """Also when it led outside at first: what is connected to is what was looked at."""
    inside = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("192.168.1.9", 443))]
    monkeypatch.setattr(reaching.socket, "getaddrinfo", lambda *_args, **_more: inside)
    browser = notices.Browser("https://push.example.com/x", **phone.given["keys"])
    notices.subscribe(browser, "contact:1")
    (letter,) = notices.ring("contact:1", "Notices", "New")
    work()

    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("failed", "forbidden address push.example.com")
    assert not PushAddress.objects.exists()


def post(client: Client, what: str, given: Any) -> Any:
    return client.post(f"/push/{what}", json.dumps(given), content_type="application/json")


def test_a_person_turns_the_rings_of_their_inbox_on_and_off(
    town: Town, phone: Phone, client: Client
) -> None:
    client.force_login(town.handler)
    assert client.get("/push/key").json() == {"key": keys.public_key()}

    assert post(client, "on", phone.given).json() == {"on": True}
    assert PushWish.objects.get().topic == notices.topic_of_user(town.handler.pk)
    assert post(client, "look", phone.given).json() == {"on": True}
    assert post(client, "off", phone.given).json() == {"on": False}
    assert not PushAddress.objects.exists()


def test_a_browser_rings_for_whoever_signed_in_last(town: Town, phone: Phone) -> None:
    for person in (town.handler, town.supervisor):
        notices.subscribe(phone.browser, notices.topic_of_user(person.pk))

    assert PushWish.objects.get().topic == notices.topic_of_user(town.supervisor.pk)


def test_somebody_without_an_account_needs_the_token_of_a_topic(phone: Phone) -> None:
    visitor = Client()
    token = notices.push_token("contact:7")

    assert post(visitor, "on", phone.given).status_code == 422
    assert post(visitor, "on", phone.given | {"topic": "contact:7"}).status_code == 422
    more = {"topic": token, "link": "//evil.example/x"}
    assert post(visitor, "on", phone.given | more).json() == {"on": True}
    assert (PushWish.objects.get().topic, PushWish.objects.get().link) == ("contact:7", "")


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"endpoint": 5},
        {"endpoint": "https://a.example/x\0"},
        {"endpoint": "https://a.example/x", "keys": "none"},
        {"endpoint": "https://a.example/x", "keys": {"p256dh": "AAAA", "auth": "ü"}},
        {"endpoint": "https://a.example/\ud800", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
    ],
)
def test_what_is_no_subscription_is_refused(town: Town, client: Client, given: Any) -> None:
    client.force_login(town.handler)

    assert post(client, "on", given).status_code == 422


def test_a_topic_rings_ten_browsers_at_most(service: Service) -> None:
    for number in range(12):
        browser = Phone(service).browser
        there = notices.Browser(f"{service.url}/{number}", browser.p256dh, browser.auth)
        notices.subscribe(there, "contact:1")

    assert PushWish.objects.count() == subscribing.MOST_BROWSERS


def test_a_letter_to_a_browser_names_no_endpoint(phone: Phone) -> None:
    notices.subscribe(phone.browser, "contact:1")
    notices.ring("contact:1", "Notices", "New")

    assert phone.service.url not in str(Letter.objects.values())


# The push service of a browser cannot be reached in tests: its answer is put in its place.
GIVEN = """
const given = %s;
PushManager.prototype.getSubscription = async () => self.wish ?? null;
PushManager.prototype.subscribe = async (asked) => {
  self.asked = asked.applicationServerKey;
  return self.wish = { endpoint: given.endpoint, toJSON: () => given };
};
"""


@pytest.mark.browser
@pytest.mark.slow
def test_a_reporter_is_rung_about_their_report(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    towns.build()
    contact = intake.receive("portal", "路口有垃圾", place=intake.Place(*INSIDE))
    point = sealing.b64(sealing.point(ec.generate_private_key(ec.SECP256R1())))
    keys_given = {"p256dh": point, "auth": sealing.b64(AUTH)}
    context = new_context()
    context.grant_permissions(["notifications"], origin=server.url)
    given = {"endpoint": "https://push.example.com/x", "keys": keys_given}
    context.add_init_script(GIVEN % json.dumps(given))
    page = context.new_page()
    path = f"/public/follow/{contact.tracking_code}"
    page.goto(f"{server.url}{path}")

    page.locator("wanmi-push[data-ready] button").press("Enter")
    page.locator("wanmi-push button[aria-pressed=true]").wait_for()

    wish = PushWish.objects.get()
    assert (wish.topic, wish.link) == (f"contact:{contact.pk}", path)
    assert len(sealing.unb64(page.evaluate("asked"))) == len(sealing.unb64(point))
    assert _ring(page, {"title": "新进展", "url": path}) == ["新进展", path]

    page.locator("wanmi-push button").press("Enter")
    page.locator("wanmi-push button[aria-pressed=false]").wait_for()
    assert not PushWish.objects.exists()


def _ring(page: Page, said: dict[str, str]) -> Any:
    """Have the browser's service worker rung, and return what it shows."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    workers: list[str] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: workers.extend(row["registrationId"] for row in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    where = {"origin": page.evaluate("location.origin"), "registrationId": workers[0]}
    devtools.send("ServiceWorker.deliverPushMessage", where | {"data": json.dumps(said)})
    return page.evaluate(
        "navigator.serviceWorker.ready.then(async (worker) => {"
        " for (;;) { const [one] = await worker.getNotifications();"
        " if (one) return [one.title, one.data.url]; } })"
    )
