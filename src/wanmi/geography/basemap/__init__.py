"""The city's own vector base map: features in one file, tiles drawn from it and kept there.

A city that has its own surveyed roads, water and buildings needs no map service and no network.
"""
