"""`wanmi rehearse`: mock partners bring one message by each door and show what the city answers."""

import secrets
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanmi.exchange.partners import rehearsing, signing
from wanmi.exchange.partners.email import taking
from wanmi.exchange.partners.rehearsing import Partner, WeChat
from wanmi.exchange.partners.wechat.sealing import Account
from wanmi.exchange.partners.workorders import orders
from wanmi.intake import actions as intake
from wanmi.kernel.errors import Refused
from wanmi.notices import actions as notices

SECRET = "rehearsal"  # noqa: S105  # known to everybody, for rehearsals alone
AES_KEY = "cmVoZWFyc2FscmVoZWFyc2FscmVoZWFyc2FscmVoZWE"
WORDS = "桥头路口有一堆垃圾，味道很大"


class Command(BaseCommand):
    help = "Play the partners: bring one message by each door, show what the city answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the city is")
        parser.add_argument("--port", type=int, default=8090, help="where the partners listen")
        parser.add_argument("--environment", action="store_true", help="print what has to be set")
        parser.add_argument("--seconds", type=float, default=0, help="end after so long")

    def handle(self, *args: Any, url: str, port: int, seconds: float, **wanted: Any) -> None:
        """Print what has to be set, or bring a message by each door and tell what comes back."""
        if wanted["environment"]:
            self._print_environment(port)
            return
        self.run = secrets.token_hex(4)
        with _listening(port) as partner:
            for bring in (self._text, self._chat, self._letter, self._order):
                self._try(bring, url)
            self._listen(partner, seconds)

    def _print_environment(self, port: int) -> None:
        here = f"http://127.0.0.1:{port}"
        needed = {
            "SMS_URL": f"{here}/send",
            "SMS_SECRET": SECRET,
            "WECHAT_TOKEN": SECRET,
            "WECHAT_AES_KEY": AES_KEY,
            "WECHAT_APP_ID": "wx-rehearsal",
            "WECHAT_APP_SECRET": SECRET,
            "WECHAT_API": here,
            "WORKORDERS_URL": f"{here}/orders",
            "WORKORDERS_SECRET": SECRET,
            "EMAIL_FOLDER": "rehearsed-mail",
        }
        for name, value in needed.items():
            self.stdout.write(f"export WANMI_{name}={value}")

    def _try(self, bring: Callable[[str], str], url: str) -> None:
        try:
            self.stdout.write(f"→ {bring(url)}")
        except (httpx.HTTPError, notices.Undeliverable, Refused) as error:
            name = bring.__name__.strip("_")
            self.stdout.write(
                f"✗ {name}: {error}; wanmi rehearse --environment says what is needed"
            )

    def _text(self, url: str) -> str:
        given = {"id": f"rehearsed-{self.run}", "from": "13800000001", "text": WORDS}
        said = signing.send_json(f"{url}/exchange/sms", settings.SMS_SECRET, given)
        return f"sms {said['tracking_code']}"

    def _chat(self, url: str) -> str:
        key = settings.WECHAT_AES_KEY
        account = Account(settings.WECHAT_APP_ID, key) if key else None
        platform = WeChat(settings.WECHAT_TOKEN, account)
        asked, body = platform.message(MsgId=self.run, FromUserName=f"o_{self.run}", Content=WORDS)
        where = rehearsing.address(f"{url}/exchange/wechat", asked)
        answer = httpx.post(where, content=body.encode(), timeout=15)
        answer.raise_for_status()
        said = platform.read(answer.content).get("Content", "")
        return f"wechat ({'sealed' if key else 'plain'}) {said or answer.text}"

    def _letter(self, url: str) -> str:
        message = EmailMessage()
        message["From"], message["To"] = "wang@example.com", "city@example.com"
        message["Subject"], message["Message-ID"] = "桥头路口垃圾", make_msgid("rehearsed")
        message.set_content(WORDS)
        contact = taking.take(message.as_bytes())
        return f"email {contact.tracking_code if contact else '–'}"

    def _order(self, url: str) -> str:
        sender = intake.Sender("王先生", "13800000002")
        order = orders.Order(f"GD{self.run}", WORDS, "report", sender, intake.Place())
        row, _ = orders.take(order, by=None)
        return f"work order {row.number}"

    def _listen(self, partner: Partner, seconds: float) -> None:
        until = time.monotonic() + seconds if seconds else float("inf")
        shown = 0
        try:
            while time.monotonic() < until:
                for path, given in partner.told[shown:]:
                    self.stdout.write(f"← {path} {given}")
                shown = len(partner.told)
                time.sleep(0.2)
        except KeyboardInterrupt:
            return


@contextmanager
def _listening(port: int) -> Iterator[Partner]:
    try:
        partner = Partner(port, SECRET)
    except OSError as error:
        raise CommandError(f"port {port}: {error}") from error
    with rehearsing.serving(partner) as found:
        yield found
