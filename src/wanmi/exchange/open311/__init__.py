"""Open311 GeoReport v2: the doors by which programs of others report problems of the street."""
