"""E-mail: threads stay together, files become media, programs are not answered."""

from __future__ import annotations

import io
import os
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import override_settings
from PIL import Image

from tests.exchange.partners import Mailbox
from tests.town import Town
from wanmi.evidence import queries as evidence
from wanmi.exchange.partners.email.mailbox import read_mailbox
from wanmi.exchange.partners.email.reading import as_text
from wanmi.exchange.partners.email.taking import take
from wanmi.exchange.partners.rehearsing import serving
from wanmi.intake import actions as intake
from wanmi.intake import queries
from wanmi.intake.models import Contact, Direction
from wanmi.journal import actions as journal
from wanmi.notices.models import Letter

HEIC = b"\x00\x00\x00\x18ftypheic" + b"\0" * 40
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return out.getvalue()


def mail(words: str = "桥头有垃圾", identity: str = "<a@home>", **heads: str) -> EmailMessage:
    message = EmailMessage()
    given = {"From": "王女士 <Wang@Example.com>", "To": "city@example.org", "Subject": "垃圾"}
    for name, value in {**given, "Message-ID": identity, **heads}.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message


def taken(message: EmailMessage) -> Contact:
    contact = take(message.as_bytes())
    assert contact is not None
    return contact


def incoming(contact: Contact) -> list[str]:
    return [m.words for m in queries.messages_of(contact) if m.direction == Direction.IN]


def sent_letter() -> Letter:
    """Return the first letter, after it has left."""
    while journal.do_due_jobs():
        pass
    return Letter.objects.earliest("id")


def test_a_message_is_a_matter_that_is_owed_an_answer(town: Town) -> None:
    contact = taken(mail())

    assert (contact.door, contact.title, contact.words) == ("email", "垃圾", "桥头有垃圾")
    assert contact.said_by is not None
    assert (contact.said_by.name, contact.said_by.email) == ("王女士", "wang@example.com")
    assert contact.is_owed
    letter = Letter.objects.get()
    assert (letter.channel, letter.address) == ("email", "wang@example.com")
    assert letter.reference == "<a@home>"


def test_a_message_delivered_twice_is_one_matter(town: Town) -> None:
    first, again = taken(mail()), taken(mail())

    assert first.pk == again.pk
    assert incoming(first) == []


@pytest.mark.parametrize("way", ["code", "letter", "first message"])
def test_an_answer_stays_in_its_thread(town: Town, way: str) -> None:
    contact = taken(mail())
    heads = {
        "code": {"Subject": f"Re: Your message {contact.tracking_code}"},
        "letter": {"In_Reply_To": sent_letter().outside_id},
        "first message": {"References": "<x@y> <a@home>"},
    }[way]

    again = taken(mail("还有一袋", "<b@home>", **heads))

    assert again.pk == contact.pk
    assert incoming(contact) == ["还有一袋"]
    taken(mail("还有一袋", "<b@home>", **heads))
    assert incoming(contact) == ["还有一袋"]


def test_a_stranger_does_not_enter_a_thread_by_a_guessed_identity(town: Town) -> None:
    contact = taken(mail())
    heads = {"In_Reply_To": sent_letter().outside_id, "From": "eve@example.com"}

    other = taken(mail("我也说", "<b@home>", **heads))

    assert other.pk != contact.pk


def test_files_become_media_and_what_is_refused_is_named(town: Town) -> None:
    message = mail()
    for content, name in (
        (picture(), "near.jpg"),
        (HEIC, "phone.jpg"),
        (SVG, "drawing.png"),
        (b"\xff\xd8\xff\xe0broken", "broken.jpg"),
    ):
        message.add_attachment(content, maintype="image", subtype="jpeg", filename=name)

    contact = taken(message)

    (kept,) = evidence.of_subject(f"contact:{contact.pk}")
    assert kept.content_type == "image/jpeg"
    for name in ("phone.jpg", "drawing.png", "broken.jpg"):
        assert f"未接收：{name}" in contact.words


def test_a_script_is_not_part_of_the_words(town: Town) -> None:
    html = "<p>桥头<b>有垃圾</b></p><script>alert(1)</script><img src=x onerror=alert(2)>"
    message = mail()
    message.set_content(html, subtype="html")

    assert taken(message).words == "桥头有垃圾"
    assert as_text("<style>p{}</style>a &lt;script&gt;<br>b") == "a <script>\nb"


def test_messages_within_messages_are_opened_to_a_depth_and_the_rest_is_told(town: Town) -> None:
    inner = mail("里面", "<inner@home>")
    inner.add_attachment(picture(), maintype="image", subtype="jpeg", filename="in.jpg")
    outer = mail()
    outer.add_attachment(inner)
    contact = taken(outer)
    assert len(evidence.of_subject(f"contact:{contact.pk}")) == 1

    for number in range(30):
        wrap = mail("外", f"<{number}@home>")
        wrap.add_attachment(outer)
        outer = wrap

    assert "有部分内容未打开" in taken(outer).words


def test_ten_megabytes_of_nested_attachments_lose_nothing_and_run_nothing(town: Town) -> None:
    outer = mail()
    outer.add_attachment(SVG, maintype="image", subtype="svg+xml", filename="drawing.svg")
    outer.add_attachment(picture(), maintype="image", subtype="jpeg", filename="near.jpg")
    for level in range(2):
        wrap = mail("外", f"<wrap{level}@home>")
        wrap.add_attachment(outer)
        filler = b"MZ" + os.urandom(4_000_000)
        wrap.add_attachment(filler, maintype="application", subtype="exe", filename=f"{level}.exe")
        outer = wrap
    assert len(outer.as_bytes()) > 10_000_000

    contact = taken(outer)

    kept = evidence.of_subject(f"contact:{contact.pk}")
    assert [each.content_type for each in kept] == ["image/jpeg"]
    assert "未接收：drawing.svg" in contact.words
    assert "未接收：1.exe" in contact.words


def test_boundaries_without_end_do_not_stop_the_house(town: Town) -> None:
    head = b"From: a@example.com\r\nMessage-ID: <deep@home>\r\nSubject: deep\r\n"
    part = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(3000)
    )

    contact = take(head + part)

    assert contact is not None
    assert "有部分内容未打开" in contact.words


def test_what_is_too_large_is_taken_by_its_head(town: Town) -> None:
    message = mail()
    message.add_attachment(b"0" * 20_000, maintype="application", subtype="zip", filename="a.zip")
    with override_settings(MAIL_MAX_BYTES=10_000):
        contact = taken(message)

    assert contact.words.startswith("垃圾")
    assert "有部分内容未打开" in contact.words


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"From": "MAILER-DAEMON@example.com"},
    ],
)
def test_what_programs_send_opens_no_matter(town: Town, heads: dict[str, str]) -> None:
    assert take(mail(**heads).as_bytes()) is None
    assert not Contact.objects.exists()


def test_a_delivery_report_marks_our_letter_as_not_delivered(town: Town) -> None:
    taken(mail())
    letter = sent_letter()
    assert letter.state == "sent"
    report = (
        "From: MAILER-DAEMON@example.com\r\nMessage-ID: <dsn@mta>\r\nSubject: failed\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; wang@example.com\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n"
        f"--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.outside_id}\r\n\r\n"
        "--B--\r\n"
    )

    assert take(report.encode()) is None

    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("failed", "smtp; 550 no such user")


def test_the_mailbox_is_read_once(town: Town) -> None:
    box = Mailbox(
        *(
            mail(identity=f"<{n}@home>").as_bytes(policy=mail().policy.clone(linesep="\r\n"))
            for n in range(3)
        )
    )
    with serving(box):
        given = {"IMAP_HOST": "127.0.0.1", "IMAP_PORT": box.server_address[1], "IMAP_SSL": False}
        with override_settings(**given, IMAP_USER="city", IMAP_PASSWORD="secret"):
            assert (read_mailbox(), read_mailbox()) == (3, 0)

    assert Contact.objects.count() == 3
    assert box.flags == [{r"\Seen"}] * 3


def test_a_blocked_sender_is_not_taken(town: Town) -> None:
    contact = taken(mail())
    assert contact.said_by is not None
    intake.block(contact.said_by, "广告", by=town.acceptor)

    with pytest.raises(intake.Blocked):
        take(mail(identity="<c@home>").as_bytes())


def test_a_mail_server_pipes_a_message_in(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(mail().as_bytes())))

    call_command("take_mail")

    assert capsys.readouterr().out.strip() == Contact.objects.get().number
