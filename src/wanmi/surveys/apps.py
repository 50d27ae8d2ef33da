"""Django's entry to the room: fills the hooks of the rooms below."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "wanmi.surveys"
    label = "surveys"

    def ready(self) -> None:
        from wanmi.workflow import actions as workflow

        from . import finding, menus, presenting
        from .actions.shipping import SHIPPED

        workflow.offer_shipped("wanmi.surveys", *SHIPPED)
        workflow.offer_subject("survey", presenting.SurveySubject())
        workflow.offer_subject("survey_share", presenting.ShareSubject())
        menus.register()
        finding.offer()
