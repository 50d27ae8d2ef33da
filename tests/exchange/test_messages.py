"""Text messages and WeChat: signed, once, answered by the way they came."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from tests.town import INSIDE, Town
from wanmi.exchange.partners import bringing, rehearsing, signing
from wanmi.exchange.partners.rehearsing import Partner, WeChat, serving
from wanmi.exchange.partners.sms import gateway
from wanmi.exchange.partners.wechat import service
from wanmi.exchange.partners.wechat.endpoint import signature
from wanmi.exchange.partners.wechat.sealing import Account, CannotOpen
from wanmi.intake import actions as intake
from wanmi.intake import queries
from wanmi.intake.models import Contact, Direction
from wanmi.journal import actions as journal
from wanmi.notices import actions as notices
from wanmi.notices.models import Letter, LetterState

SECRET = "rehearsal"


@pytest.fixture(autouse=True)
def shop(town: Town) -> Iterator[Partner]:
    """A partner that speaks every protocol, named in the settings."""
    gateway.offer()
    service.offer()
    service._token = ("", 0.0)
    with serving(Partner()) as partner:
        named = {"SMS_URL": f"{partner.url}/send", "SMS_SECRET": SECRET, "WECHAT_TOKEN": "word"}
        account = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "s", "WECHAT_API": partner.url}
        with override_settings(**named, **account):
            yield partner


def text(secret: str = SECRET, now: float | None = None, **given: str) -> Any:
    body = json.dumps(
        {"id": "m1", "from": "+8613812345678", "text": "桥头有垃圾", **given}
    ).encode()
    heads = signing.signed(secret, body, now=now)
    return Client(headers=heads).post("/exchange/sms", body, content_type="application/json")


def chat(xml: str = "", *, token: str = "word", now: float | None = None, **fields: str) -> Any:
    given = {"ToUserName": "gh_1", "FromUserName": "o_Wang", "CreateTime": "1", "MsgId": "71"}
    given |= {"MsgType": "text", "Content": "桥头有垃圾"} | fields
    body = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in given.items())
    stamp = str(int(now or time.time()))
    asked = f"timestamp={stamp}&nonce=n&signature={signature(token, stamp, 'n')}"
    sent = xml or f"<xml>{body}</xml>"
    return Client().post(f"/exchange/wechat?{asked}", sent, content_type="text/xml")


def work() -> None:
    while journal.do_due_jobs():
        pass


def incoming(contact: Contact) -> list[str]:
    return [m.words for m in queries.messages_of(contact) if m.direction == Direction.IN]


def test_a_text_message_is_a_matter_and_is_answered(town: Town, shop: Partner) -> None:
    answer = text()

    contact = Contact.objects.get()
    assert answer.json() == {"state": "taken", "tracking_code": contact.tracking_code}
    work()
    ((path, told),) = shop.told
    assert (path, told["to"]) == ("/send", "13812345678")
    assert contact.tracking_code in told["text"]
    assert Letter.objects.get().outside_id == "partner-1"


def test_a_second_text_goes_on_about_the_first(town: Town) -> None:
    text()
    text(id="m2", text="还有一袋")

    assert incoming(Contact.objects.get()) == ["还有一袋"]


def test_a_replayed_text_changes_nothing(town: Town) -> None:
    assert text().json() == text().json()
    assert incoming(Contact.objects.get()) == []


@pytest.mark.parametrize("forged", [{"secret": "guessed"}, {"now": 1_000_000.0}])
def test_a_forged_or_old_signature_is_refused(town: Town, forged: dict[str, Any]) -> None:
    assert text(**forged).status_code == 403
    assert chat(**({"token": "guessed"} if "secret" in forged else forged)).status_code == 403
    assert not Contact.objects.exists()


def test_without_a_secret_the_doors_are_shut(town: Town) -> None:
    with override_settings(SMS_SECRET="", WECHAT_TOKEN=""):
        assert text(secret="").status_code == 403
        assert chat(token="").status_code == 403


def test_nonsense_is_refused_with_a_reason(town: Town) -> None:
    assert text(text="").status_code == 422
    assert chat(xml="<xml><a></xml>").status_code == 422


def test_a_gateway_out_of_order_is_asked_again(town: Town, shop: Partner) -> None:
    shop.refusals = [503]
    text()
    work()
    assert Letter.objects.get().state == LetterState.QUEUED

    shop.refusals = [400]
    Letter.objects.update(state=LetterState.FAILED)
    notices.send_again(Letter.objects.get(), by=town.admin)
    work()
    letter = Letter.objects.get()
    assert (letter.state, letter.error[:3]) == (LetterState.FAILED, "400")


def test_a_delivery_report_marks_a_text_as_not_delivered(town: Town) -> None:
    text()
    work()
    letter = Letter.objects.get()

    text(type="report", reference=f"letter-{letter.pk}", state="failed", error="absent")

    letter.refresh_from_db()
    assert (letter.state, letter.error) == (LetterState.FAILED, "absent")


def test_the_platform_is_shown_who_we_are(town: Town) -> None:
    stamp = str(int(time.time()))
    asked = {"timestamp": stamp, "nonce": "n", "echostr": "<b>5</b>"}

    answer = Client().get("/exchange/wechat", {**asked, "signature": signature("word", stamp, "n")})

    assert answer.content == b"<b>5</b>"
    assert answer["Content-Type"].startswith("text/plain")
    assert Client().get("/exchange/wechat", {**asked, "signature": "x"}).status_code == 403


def test_a_chat_is_answered_within_the_request(town: Town, shop: Partner) -> None:
    answer = chat()

    contact = Contact.objects.get()
    assert contact.said_by is not None
    assert contact.said_by.chat == "wechat:o_Wang"
    assert contact.tracking_code in answer.content.decode()
    assert "<ToUserName>o_Wang</ToUserName>" in answer.content.decode()
    work()
    assert shop.told == [], "what was said within the request is not said twice"


def test_a_replayed_chat_message_is_taken_once(town: Town) -> None:
    chat()

    assert chat().content == b"success"
    assert Contact.objects.count() == 1
    assert incoming(Contact.objects.get()) == []


def test_an_answer_leaves_as_a_customer_service_message(town: Town, shop: Partner) -> None:
    chat()
    intake.answer(Contact.objects.get(), "已清理 aged", by=town.acceptor)
    work()

    ((path, told),) = shop.told
    assert path == "/cgi-bin/message/custom/send"
    assert (told["touser"], told["text"]["content"]) == ("o_Wang", "已清理 aged")
    assert shop.tokens == 2, "an aged token is drawn anew"


def test_without_that_right_answers_wait_until_the_person_writes(town: Town) -> None:
    with override_settings(WECHAT_APP_ID=""):
        chat()
        intake.answer(Contact.objects.get(), "请补充地址", is_final=False, by=town.acceptor)
        assert "请补充地址" in chat(MsgId="72", Content="桥头路 12 号").content.decode()


def test_a_place_a_picture_and_a_script_are_taken_as_words(town: Town) -> None:
    where: dict[str, Any] = {
        "Location_X": str(INSIDE[1]),
        "Location_Y": str(INSIDE[0]),
        "Label": "桥头",
    }
    chat(MsgType="location", **where)
    chat(MsgId="72", MsgType="image", MediaId="M-1", PicUrl="http://example.com/x.jpg")
    answer = chat(MsgId="73", Content="<script>alert(1)</script>", FromUserName="o_Eve")

    contact = Contact.objects.earliest("id")
    assert contact.words.startswith("位置：桥头")
    assert contact.lon == pytest.approx(INSIDE[0], abs=0.02)
    assert "M-1" in incoming(contact)[0]
    assert Contact.objects.latest("id").words == "<script>alert(1)</script>"
    assert b"<script" not in answer.content


def test_an_entity_is_refused(town: Town) -> None:
    evil = (
        '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><FromUserName>a</FromUserName>'
        "<MsgType>text</MsgType><Content>&e;</Content></xml>"
    )

    assert chat(xml=evil).status_code == 422
    assert not Contact.objects.exists()


KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
SEALED = {"WECHAT_AES_KEY": KEY, "WECHAT_APP_ID": "wx1"}


def say(platform: WeChat, **more: str) -> Any:
    asked, body = platform.message()
    where = rehearsing.address("/exchange/wechat", asked | more)
    return Client().post(where, body, content_type="text/xml")


def test_sealed_messages_are_taken_and_answered_sealed(town: Town, shop: Partner) -> None:
    platform = WeChat("word", Account("wx1", KEY))
    with override_settings(**SEALED):
        answer = say(platform)

    (contact,) = Contact.objects.all()
    assert contact.words == "桥头有垃圾"
    said = platform.read(answer.content)
    assert said["ToUserName"] == "o_Wang"
    assert contact.tracking_code in said["Content"]
    assert contact.tracking_code not in answer.content.decode()


def test_a_sealed_message_replayed_is_taken_once(town: Town, shop: Partner) -> None:
    platform = WeChat("word", Account("wx1", KEY))
    with override_settings(**SEALED):
        for _ in range(2):
            say(platform)

    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("platform", "more"),
    [
        (WeChat("word", Account("wx2", KEY)), {}),
        (WeChat("word", Account("wx1", base64.b64encode(b"k" * 32).decode()[:43])), {}),
        (WeChat("guessed", Account("wx1", KEY)), {}),
        (WeChat("word", Account("wx1", KEY)), {"msg_signature": "0" * 40}),
        (WeChat("word", Account("wx1", KEY)), {"encrypt_type": "raw"}),
        (WeChat("word", Account("wx1", KEY)), {"timestamp": "1000000"}),
    ],
    ids=["other-account", "other-key", "other-token", "forged", "plain", "old"],
)
def test_what_was_not_sealed_for_us_is_refused(
    town: Town, shop: Partner, platform: WeChat, more: dict[str, str]
) -> None:
    with override_settings(**SEALED):
        assert say(platform, **more).status_code == 403

    assert not Contact.objects.exists()


def test_with_a_key_nothing_is_taken_in_plain_text(town: Town, shop: Partner) -> None:
    with override_settings(**SEALED):
        assert chat().status_code == 403
    with override_settings(WECHAT_AES_KEY="too short"):
        assert say(WeChat("word", Account("wx1", KEY))).status_code == 403

    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "sealed", ["", "!", "AAAA", "A" * 43 + "=", base64.b64encode(bytes(64)).decode()]
)
def test_nonsense_is_not_opened(sealed: str) -> None:
    with pytest.raises(CannotOpen):
        Account("wx1", KEY).open(sealed)


@pytest.mark.django_db(transaction=True)
def test_a_city_rehearses_every_door(town: Town, live_server: Any) -> None:
    said = io.StringIO()
    call_command("rehearse", environment=True, stdout=said)
    lines = [line.removeprefix("export WANMI_") for line in said.getvalue().splitlines()]
    named = dict(line.split("=", 1) for line in lines)
    named.pop("EMAIL_FOLDER")

    told = io.StringIO()
    with override_settings(**named):
        call_command("rehearse", url=live_server.url, port=0, seconds=0.1, stdout=told)

    assert [line.split()[:2] for line in told.getvalue().splitlines()] == [
        ["→", word] for word in ("sms", "wechat", "email", "work")
    ]
    assert sorted(row.door for row in Contact.objects.all()) == [
        "email",
        "sms",
        "wechat",
        "workorders",
    ]


def test_one_person_does_not_fill_the_queue(
    town: Town, shop: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MESSAGES", journal.RateLimit("exchange.messages", 3, 3600))

    texts = [text(id=f"m{number}") for number in range(5)]
    chats = [chat(MsgId=str(number)) for number in range(5)]

    assert [each.status_code for each in texts] == [200, 200, 200, 429, 429]
    assert int(texts[-1]["Retry-After"]) > 0
    assert text(id="m0").status_code == 200, "what came before is not refused"
    assert [each.status_code for each in chats] == [200] * 5
    assert "秒后" in chats[-1].content.decode()
    assert Contact.objects.count() == 2


def test_a_place_said_the_wrong_way_round_is_no_point(town: Town, shop: Partner) -> None:
    chat(MsgType="location", Location_X="120.0", Location_Y="30.0", Label="桥头")
    chat(MsgType="location", Location_X="north", Location_Y="30.0", MsgId="72")

    assert [(row.lon, row.lat) for row in Contact.objects.all()] == [(None, None)]
