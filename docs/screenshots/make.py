"""Makes the pictures in this folder from the example: `python docs/screenshots/make.py http://127.0.0.1:8020`.

Start the workbench first, with `foedus serve --demo`. Needs Playwright and Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
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
            page.goto(address + path)
            settle(page)
            page.screenshot(path=HERE / f"{name}.png")
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address + "/search?q=friendship")
        page.locator(".hits h3 a").first.click()
        page.locator(".text sup a").nth(3).click()
        settle(page)
        page.screenshot(path=HERE / "reading.png")
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address + "/crisis")
        settle(page)
        page.screenshot(path=HERE / "narrow.png")
        browser.close()


def settle(page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "!document.querySelector('.waiting') && (!document.querySelector('#map') || document.querySelector('#map').dataset.drawn)"
    )


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
