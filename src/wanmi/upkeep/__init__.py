"""Upkeep: an administrator shapes the platform by changes that are drafted and shown."""
