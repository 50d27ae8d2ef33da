"""The inbox of each person."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext


class Notice(models.Model):
    """A sentence for one person: an English msgid with parameters, translated when shown."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    message = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_by_user"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject", "at"], name="a_notice_is_told_once"
            )
        ]

    @property
    def sentence(self) -> str:
        """The notice in the reader's language."""
        text = gettext(self.message)
        return text % self._spoken() if self.params else text

    def _spoken(self) -> dict[str, Any]:
        """Return the params, those given in two languages in the reader's."""
        chinese = (get_language() or "").startswith("zh")
        return {name: _in_language(value, chinese) for name, value in self.params.items()}


def _in_language(value: Any, chinese: bool) -> Any:
    if not isinstance(value, dict):
        return value
    first, second = ("zh", "en") if chinese else ("en", "zh")
    return value.get(first) or value.get(second, "")
