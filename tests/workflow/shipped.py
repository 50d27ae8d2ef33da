"""Every drawing that ships with a room, found by its file, with the room's forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import wanmi

ROOMS = Path(wanmi.__file__).parent
DRAWINGS = {path.stem: path for path in sorted(ROOMS.glob("*/data/*.bpmn"))}


def forms_of(code: str) -> dict[str, dict[str, Any]]:
    """Return the forms that ship beside a drawing."""
    folder = DRAWINGS[code].parent / "forms"
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
