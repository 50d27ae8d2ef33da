"""Foreign keys point down the floors only; the import graph cannot see them."""

from __future__ import annotations

import ast

from django.apps import apps

from tests.architecture.house import floor, short, sources

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {target}"
        for model in apps.get_models()
        if (room := _room(model)) is not None
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and not field.auto_created
        if (target := _room(field.related_model)) is not None
        if target != room and floor(target) <= floor(room)
    ]

    assert not wrong, wrong


def test_foreign_keys_to_other_rooms_are_named_by_label() -> None:
    by_class = [
        f"{short(path)}:{call.lineno}"
        for path in sources("models.py", "models/*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in RELATIONS
        and call.args
        and isinstance(call.args[0], ast.Attribute)
        and ast.unparse(call.args[0]) != "settings.AUTH_USER_MODEL"
    ]

    assert not by_class, by_class


def _room(model: object) -> str | None:
    """Return the room of a model; None for Django's own tables."""
    module = getattr(model, "__module__", "")
    return module.split(".")[1] if module.startswith("wanmi.") else None
