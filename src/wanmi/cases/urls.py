"""Pages of cases."""

from django.urls import path

from .views import (
    areas,
    board,
    controls,
    errands,
    listing,
    one,
    outside,
    record,
    reporter,
    reporting,
    requests,
    supervisions,
)

app_name = "cases"

urlpatterns = [
    path("record", record.record, name="record"),
    path("report", reporting.report, name="report"),
    path("board", board.board, name="board"),
    path("board/areas", areas.by_area, name="by_area"),
    path("board/areas/export", areas.export, name="by_area_export"),
    path("supervisions", supervisions.supervisions, name="supervisions"),
    path("supervisions/export", supervisions.export, name="supervisions_export"),
    path("cases", listing.cases, name="list"),
    path("cases/export", listing.export, name="export"),
    path("cases/points", listing.points, name="points"),
    path("cases/<str:number>", one.case, name="case"),
    path("cases/<str:number>/requests/<slug:kind>", requests.ask, name="ask"),
    path("cases/<str:number>/requests/<int:key>/withdraw", requests.withdraw, name="withdraw"),
    path("cases/<str:number>/requests/<int:key>/shirking", requests.shirking, name="shirking"),
    path("cases/<str:number>/urges", requests.urge, name="urge"),
    path("cases/<str:number>/errands/<slug:kind>", errands.give, name="give"),
    path("cases/<str:number>/errands/<int:key>/end", errands.end, name="end_errand"),
    path("cases/<str:number>/reporter", reporter.reporter, name="reporter"),
    path("controls", controls.controls, name="controls"),
    path("controls/<int:key>/end", controls.end, name="end_control"),
    path("o/<str:token>", outside.outside_task, name="outside"),
    path("cases/<str:number>/drawing.bpmn", one.drawing, name="drawing"),
]
