"""Pages of duty and of the command desk."""

from django.urls import path

from .views import alarms, attendance, callouts, coverage, desk, plan, tracks

app_name = "dispatch"

urlpatterns = [
    path("dispatch", desk.desk, name="desk"),
    path("dispatch/now", desk.now, name="now"),
    path("dispatch/nearest", desk.nearest, name="nearest"),
    path("dispatch/alarms", alarms.alarms, name="alarms"),
    path("dispatch/alarms/<int:key>", alarms.alarm, name="alarm"),
    path("dispatch/alarms/<int:key>/answer", alarms.acknowledge, name="acknowledge"),
    path("dispatch/alarms/<int:key>/close", alarms.close, name="close"),
    path("dispatch/plan", plan.plan, name="plan"),
    path("dispatch/plan/<int:key>/withdraw", plan.withdraw, name="withdraw"),
    path("dispatch/attendance", attendance.board, name="attendance"),
    path("dispatch/attendance/export", attendance.export, name="attendance_export"),
    path("dispatch/shifts/<int:key>/enter", attendance.enter, name="enter"),
    path("dispatch/stints/<int:key>", tracks.stint, name="stint"),
    path("dispatch/stints/<int:key>/track", tracks.track, name="track"),
    path("dispatch/stints/<int:key>/correct", attendance.correct, name="correct"),
    path("dispatch/coverage", coverage.board, name="coverage"),
    path("dispatch/coverage/export", coverage.export, name="coverage_export"),
    path("dispatch/callouts", callouts.callouts, name="callouts"),
    path("dispatch/callouts/<int:key>", callouts.callout, name="callout"),
    path("dispatch/groups", callouts.groups, name="groups"),
]
