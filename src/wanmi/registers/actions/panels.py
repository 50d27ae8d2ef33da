"""Offering a panel for the page of a part: the rooms above say what concerns it there."""

from wanmi.shell.panels import Panel, Panels

__all__ = ["Panel", "offer_panel", "panels"]

panels = Panels()
offer_panel = panels.offer
