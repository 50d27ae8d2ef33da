"""A browser for tests: Chromium, headless, Chinese, under the product's own content policy.

A page fails its test when the console told an error or the content policy was
violated. The map needs WebGL, which Chromium draws in software here.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.servers import Server

FLAGS = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Software WebGL tells of its own slowness; that is not the page's fault.
NOISE = re.compile(r"GPU stall due to ReadPixels|GL Driver Message|Automatic fallback to software")
AXE = Path(__file__).parent / "vendor/axe.min.js"
SCREENSHOTS = Path(__file__).parent / "screenshots"
WATCH = """
addEventListener("securitypolicyviolation", e =>
  console.error("content policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
"""


def chromium() -> str:
    """Return the path of Chromium, or skip the test."""
    from tests.conftest import missing

    wanted = os.environ.get("WANMI_CHROMIUM")
    found = wanted or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found or not Path(found).is_file():
        missing("no Chromium on this machine (set WANMI_CHROMIUM)")
    return str(found)


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS + root)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium_browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (one person each); their complaints fail the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(**options: Any) -> BrowserContext:
        wanted = {
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "viewport": {"width": 1440, "height": 900},
            "reduced_motion": "reduce",
        }
        context = chromium_browser.new_context(**(wanted | options))
        context.set_default_timeout(15_000)
        context.add_init_script(WATCH)
        context.on("console", lambda message: _note(complaints, message))
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


def _note(complaints: list[str], message: Any) -> None:
    if message.type == "error" and not NOISE.search(message.text):
        complaints.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """One page of one person who has not signed in."""
    return new_context().new_page()


def sign_in(page: Page, server: Server, username: str, password: str = "wanmi-demo") -> None:
    """Sign in through the sign-in page and wait for the desk."""
    page.goto(f"{server.url}/sign-in")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def axe(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 A and AA on the page as it stands, one line each."""
    from tests.conftest import missing

    if not AXE.is_file():
        missing("tests/vendor/axe.min.js is not there (./wanmi test builds it)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    result = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [
        f"{found['id']}: {found['help']}: {node['html'][:160]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def screenshot(page: Page, name: str) -> Path:
    """Photograph the whole window into a git-ignored folder, for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path
