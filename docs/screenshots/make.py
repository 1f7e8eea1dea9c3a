"""Makes the pictures in this folder from the example: `python docs/screenshots/make.py http://127.0.0.1:8020`.

Start the workbench first, with `foedus serve --demo`. Needs Playwright and Chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PATIENCE = 180_000
"""Milliseconds that a view may take on a busy machine."""
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync".split()
VIEWS = {
    "crisis": ("/crisis", "light"), "supporter": ("/supporter/RUS?what_if=RUS-IRN:+defense", "light"), "map": ("/map", "light"),
    "network": ("/network", "light"), "timeline": ("/timeline", "light"), "desk": ("/desk", "light"), "search": ("/search?q=missiles", "light"),
    "sources": ("/sources", "light"), "record": ("/record", "light"), "method": ("/method", "light"), "map-dark": ("/map", "dark"),
}  # fmt: skip


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, (path, scheme) in VIEWS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
            page.goto(address + path, timeout=PATIENCE)
            settle(page)
            page.screenshot(path=HERE / f"{name}.png")
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        page.goto(address + "/search?q=friendship")
        page.locator(".hits h3 a").first.click()
        page.locator(".card .what a", has_text="did not give help to Iran").first.click()
        settle(page)
        page.screenshot(path=HERE / "reading.png")
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address + "/crisis", timeout=PATIENCE)
        settle(page)
        page.screenshot(path=HERE / "narrow.png")
        brief(browser)
        browser.close()


def brief(browser) -> None:
    """The first page of the brief on the example, as `make brief` writes it."""
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "brief.html"
        example = HERE.parents[1] / "examples" / "june-2025"
        subprocess.run(
            [sys.executable, "-m", "foedus.cli.main", "brief", str(example), "-o", str(path), "--quiet"], check=True
        )
        page = browser.new_page(viewport={"width": 1100, "height": 1900})
        page.goto(path.as_uri(), timeout=PATIENCE)
        page.screenshot(path=HERE / "brief.png")


def settle(page) -> None:
    page.set_default_timeout(PATIENCE)
    page.wait_for_load_state("networkidle")
    page.wait_for_selector(".waiting", state="detached")
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-drawn]")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
