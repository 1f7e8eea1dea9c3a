"""The brief of the example, opened as a person would: from disk, without a network."""

import subprocess
import sys

import pytest

from .conftest import EXAMPLE, HOSTILE


@pytest.fixture(scope="module")
def brief(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    page = folder / "brief.html"
    command = [
        sys.executable,
        "-m",
        "foedus.cli.main",
        "brief",
        str(EXAMPLE),
        str(folder / "hostile.txt"),
        "-q",
        "-o",
        str(page),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return page


def test_the_brief_opens_without_a_fault_or_a_request(chromium, brief):
    context = chromium.new_context()
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(brief.as_uri())
    assert "attacked by" in page.title() or "attacked by" in page.inner_text("h1")
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    assert page.evaluate("window.pwned") is None
    for part in ("answer", "ledger", "promises", "reasons", "timeline", "watch", "evidence"):
        assert page.locator(f"#{part}").count() == 1, f"the part {part} is missing"
    context.close()


def test_every_link_inside_the_brief_leads_somewhere(chromium, brief):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(brief.as_uri())
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    assert broken == []
    context.close()
