# What its person took a matter for.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_published"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="said_class",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
