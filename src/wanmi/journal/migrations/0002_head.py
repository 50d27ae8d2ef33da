"""Lay the head of the empty chain: number 0, thirty-two zero bytes."""

from django.db import migrations


def lay_head(apps, schema_editor):
    apps.get_model("journal", "JournalHead").objects.get_or_create(
        id=1, defaults={"number": 0, "hash": bytes(32)}
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(lay_head, migrations.RunPython.noop)]
