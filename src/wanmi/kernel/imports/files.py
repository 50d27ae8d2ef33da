"""What is read from where, before any mapping."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wanmi.kernel.errors import Invalid, Phrase


class UnreadableFile(Invalid):
    """%(file)s cannot be read: %(reason)s."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what was declared about it; empty means: as the file or the default says."""

    path: Path
    coordinates: str = ""
    encoding: str = ""
    layer: str = ""

    def completed(self, coordinates: str, encoding: str, layer: str) -> "Source":
        """Fill in what was not declared with what the mapping says."""
        return replace(
            self,
            coordinates=self.coordinates or coordinates,
            encoding=self.encoding or encoding,
            layer=self.layer or layer,
        )

    def unreadable(self, reason: object) -> UnreadableFile:
        """Return the refusal of this file."""
        said = reason if isinstance(reason, Phrase) else str(reason).strip().rstrip(".")
        return UnreadableFile(file=self.path.name, reason=said)


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as it stands in the file; ``problem`` when it could not be taken apart."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    shape: Any = None
    system: str = "wgs84"
    problem: Invalid | None = None
