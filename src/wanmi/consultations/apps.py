"""Django's entry to the room: fills the hooks of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "wanmi.consultations"
    label = "consultations"

    def ready(self) -> None:
        from wanmi.cases import actions as cases
        from wanmi.workflow import actions as workflow

        from . import menus, presenting, views
        from .actions.shipping import SHIPPED

        workflow.offer_shipped("wanmi.consultations", *SHIPPED)
        workflow.offer_subject("consultation", presenting.ConsultationSubject())
        workflow.offer_subject("opinion", presenting.OpinionSubject())
        menus.register()
        panel = cases.Panel("consultations", _("Consultations"), views.on_case, order=20)
        cases.offer_panel(panel)
