"""Wanmi 万米: the open platform with which a city runs its streets."""
