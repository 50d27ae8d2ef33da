"""Where the base map's file lies, and how a new one takes the place of the old."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from wanmi.geography.basemap import store


def path() -> Path:
    """Return the place of the base map's file under ``WANMI_HOME``."""
    return Path(settings.HOME) / "basemap.sqlite3"


def keep_basemap(
    features: Iterable[store.Feature], *, centre: tuple[float, float], zoom: float, at: datetime
) -> None:
    """Replace the base map; ``centre`` (lon/lat degrees) and ``zoom`` are what a map opens on."""
    lon, lat = centre
    version = f"{at.timestamp():.0f}"
    about = {"lon": str(lon), "lat": str(lat), "zoom": str(zoom), "version": version}
    store.write(path(), features, about=about)
