"""Pages of procedures and decision tables."""

from django.urls import path

from .views import deciding, editing, escalating, forming, leaving, procedures

app_name = "procedures"

urlpatterns = [
    path("procedures", procedures.index, name="list"),
    path("procedures/<slug:code>/edit", editing.editor, name="edit"),
    path("procedures/<slug:code>/check", editing.check, name="check"),
    path("procedures/<slug:code>/draft", editing.save, name="save"),
    path("procedures/<slug:code>/simulate", editing.simulate, name="simulate"),
    path("procedures/<slug:code>/publish", editing.publish, name="publish"),
    path("procedures/<slug:code>/discard", editing.discard, name="discard"),
    path("procedures/<slug:code>/forms/<slug:form>", forming.form, name="form"),
    path("procedures/<slug:code>/forms/<slug:form>/preview", forming.preview, name="preview"),
    path("procedures/<slug:code>/<int:number>", procedures.version, name="version"),
    path("procedures/<slug:code>/<int:number>/drawing.bpmn", procedures.drawing, name="drawing"),
    path("procedures/<slug:code>/<int:number>/restore", procedures.restore, name="restore"),
    path("procedures/<slug:code>/<int:number>/move", procedures.move, name="move"),
    path("leaving/<str:username>", leaving.leaving, name="leaving"),
    path("escalation", escalating.escalation, name="escalation"),
    path("escalation/<int:key>/drop", escalating.drop, name="escalation-drop"),
    path("decisions/<slug:code>", deciding.table, name="table"),
    path("decisions/<slug:code>/check", deciding.check, name="check-table"),
    path("decisions/<slug:code>/publish", deciding.publish, name="publish-table"),
]
