"""The product's server with one more address: `/bench/bare` inserts one row and nothing else.

The peer of the intake benchmark is an endpoint as anybody would write one here:
the same processes, middleware, API library and database; no sign-in, no rules.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare_settings"

from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import include, path
from ninja import NinjaAPI, Schema

TABLE = "CREATE TABLE IF NOT EXISTS bench_row (id {key}, note text, lon float, lat float)"


def make_table() -> None:
    """Make the table of the bare endpoint."""
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(key=key))


class Given(Schema):
    """What a report gives, as it is."""

    description: str
    lon: float
    lat: float
    kind: str
    category: str
    address: str


bare = NinjaAPI(urls_namespace="bench", openapi_url=None)


@bare.post("/bare", response={201: dict})
def insert(request: HttpRequest, given: Given) -> tuple[int, dict[str, int]]:
    """Read what was sent, insert one row, answer its key."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_row (note, lon, lat) VALUES (%s, %s, %s) RETURNING id",
            [given.description, given.lon, given.lat],
        )
        key = cursor.fetchone()[0]
    return 201, {"id": key}


urlpatterns = [
    path("bench/", bare.urls),
    path("", include("wanmi.config.urls")),
]
