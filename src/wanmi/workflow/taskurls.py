"""Pages of tasks: the desk, and one task."""

from django.urls import path

from .views import desk, tasks

app_name = "tasks"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("tasks/<int:key>", tasks.task, name="task"),
    path("tasks/<int:key>/claim", tasks.claim, name="claim"),
    path("tasks/<int:key>/release", tasks.release, name="release"),
    path("tasks/<int:key>/actions/<slug:action>", tasks.act, name="act"),
    path("tasks/<int:key>/reassign", tasks.reassign, name="reassign"),
]
