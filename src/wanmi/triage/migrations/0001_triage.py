# What was learnt, and what people made of what was suggested.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Model",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("running", "Being trained"),
                            ("ready", "Trained"),
                            ("failed", "Failed"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("seed", models.PositiveIntegerField(default=1)),
                ("asked_at", models.DateTimeField()),
                ("trained_at", models.DateTimeField(null=True)),
                ("own_examples", models.PositiveIntegerField(default=0)),
                ("starter_examples", models.PositiveIntegerField(default=0)),
                ("newest_case", models.BigIntegerField(default=0)),
                ("figures", models.JSONField(default=dict)),
                ("weights", models.BinaryField(null=True)),
                ("is_in_force", models.BooleanField(default=False)),
                ("in_force_since", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target", models.CharField(max_length=10)),
                ("words", models.TextField()),
                ("area_path", models.CharField(blank=True, max_length=160)),
                ("said_at", models.DateTimeField()),
                ("suggested", models.JSONField()),
                ("chosen", models.CharField(max_length=60)),
                ("rank", models.PositiveSmallIntegerField()),
                ("judged_at", models.DateTimeField()),
                (
                    "judged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triage.model",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="model",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_in_force", True)),
                fields=("is_in_force",),
                name="one_version_is_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="model",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_in_force", False), ("weights__isnull", False), _connector="OR"
                ),
                name="what_is_in_force_was_trained",
            ),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(fields=["target", "-id"], name="judgement_by_target"),
        ),
    ]
