"""The index of words: FTS5 in SQLite, a tsvector with GIN in PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

import wanmi.cases.matching

SQLITE = """
CREATE VIRTUAL TABLE cases_wordindex USING fts5(
    words, detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0'
)
"""
POSTGRESQL = """
CREATE TABLE cases_wordindex (
    rowid bigint PRIMARY KEY REFERENCES cases_case (id) DEFERRABLE INITIALLY DEFERRED,
    words text NOT NULL,
    vector tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
);
CREATE INDEX case_words ON cases_wordindex USING gin (vector)
"""


def create(apps, schema_editor):
    # PostgreSQL's words are taken as they are: its own parser drops Chinese in a C locale.
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE cases_wordindex")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_overlays")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.CreateModel(
                    name="WordIndex",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                db_column="rowid",
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="word_index",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("words", wanmi.cases.matching.WordsField()),
                    ],
                )
            ],
        )
    ]
