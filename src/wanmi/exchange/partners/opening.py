"""Opening the doors of all partners, and the ways out to them."""

from wanmi.intake import actions as intake
from wanmi.kernel import imports

from .email import mailbox
from .email.taking import DOOR as EMAIL
from .sms import gateway
from .wechat import service
from .workorders import adapter, importing


def open_doors() -> None:
    """Open every door; what is not set up stays shut behind it."""
    intake.offer_door(intake.Door(EMAIL, "电子邮件", "E-mail", "letter"))
    mailbox.offer_work()
    gateway.offer()
    service.offer()
    adapter.offer()
    imports.offer(importing.KIND, importing.load, summary="Work orders of another platform")
