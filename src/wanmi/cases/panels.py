"""What rooms above put on the page of a case."""

from wanmi.shell.panels import Panel, Panels

__all__ = ["Panel", "panels"]

panels = Panels()
