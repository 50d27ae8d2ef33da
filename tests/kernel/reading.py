"""Reading a file as an import does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wanmi.kernel import imports
from wanmi.kernel.imports import Options, Report, Source

Write = Callable[[str, str | bytes], Path]
PLAIN = Options()


def read_file(path: Path, options: Options = PLAIN, **declared: str) -> tuple[list[Any], Report]:
    """Return the records of a file and the report of the rows that are none."""
    report = Report("places")
    return list(imports.read(Source(path, **declared), options, report)), report
