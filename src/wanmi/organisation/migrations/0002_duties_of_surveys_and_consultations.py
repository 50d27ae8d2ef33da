"""Gives the shipped roles the duties that came with surveys and consultations."""

from typing import Any

from django.db import migrations

NEW = {
    "surveys.order": ("leader", "duty_leader"),
    "consultations.open": ("duty_leader", "dispatcher"),
}


def give(apps: Any, schema_editor: Any) -> None:
    """Add the duties to the roles as they stand in this city."""
    role_table = apps.get_model("organisation", "Role")
    for duty, codes in NEW.items():
        for role in role_table.objects.filter(code__in=codes):
            role.duties = sorted({*role.duties, duty})
            role.save(update_fields=["duties"])


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
