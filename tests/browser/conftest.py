"""A real workbench over a real store in Debian's Chromium. Runs only with `--browser-checks`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "june-2025"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
HOSTILE = """<script>window.pwned = 1</script> Russia condemned Israel <img src=x onerror="window.pwned = 2"> on Friday.

Iran thanked Russia <svg onload="window.pwned = 3"></svg> for weapons. [press](javascript:window.pwned=4) <a href="data:text/html,x">data</a>

</textarea></title><iframe src="javascript:window.pwned=5"></iframe> {{ 7 * 7 }} Israel attacked Iran on June 13."""
ARABIC = "أدانت روسيا إسرائيل يوم الجمعة. Russia condemned Israel, وقالت إيران إنها تشكر روسيا على دعمها."

NESTED = (
    "President Putin's spokesman Dmitry Peskov said on Monday that Russia and China, whose foreign ministers met in "
    "Moscow, condemned Israel and the United States and did not send troops to Iran."
)
CROSSING = "The Russian president of peace sent help to Iran and its neighbours."


class ByHand:
    """Codes the text of `CROSSING` with spans that nest and cross, and one event that has no place in it."""

    version = "by-hand-1"

    def code_all(self, documents: Any, workers: int = 1) -> Any:
        from foedus.model.event import Event, Span

        for document in documents:
            common = {"document": document.id, "date": "2025-06-16", "confidence": 0.9}
            placed = Event(
                "RUS", "IRN", "AID", quote=CROSSING, start=0, end=len(CROSSING), actor_span=Span(0, 30), speaker="RUS",
                speaker_span=Span(4, 11), predicate_span=Span(22, 35), recipient_span=Span(44, 48), **common,
            )  # fmt: skip
            yield document, [placed, Event("CHN", "IRN", "SUPPORT", quote="It stands nowhere.", **common)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--browser-checks"):
        return
    skip = pytest.mark.skip(reason="needs Chromium; run with --browser-checks")
    for item in items:
        if HERE in Path(item.fspath).parents:
            item.add_marker(skip)


@dataclass
class Workbench:
    """A running `foedus serve`."""

    folder: Path
    process: subprocess.Popen[str]
    url: str

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def run(folder: Path, *more: str) -> Workbench:
    """Start the workbench on a free port, with further options if need be, and wait until it says where it is."""
    command = [sys.executable, "-m", "foedus.cli.main", "serve", "--store", str(folder), "--port", "0", *more]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"http://\S+/", line):
            return Workbench(folder, process, found.group().rstrip("/"))
    raise AssertionError("".join(said))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example, a hostile document and one written from right to left, read by the real coder."""
    from foedus.coding.coder import Coder
    from foedus.model.document import Document
    from foedus.store.store import Store

    folder = tmp_path_factory.mktemp("browser") / "store"
    with Store(folder) as store:
        coder = Coder()
        store.add(sorted(path for path in EXAMPLE.iterdir() if path.suffix != ".rst"), coder)
        more = [
            Document(
                id="hostile", title="<b onclick=x>Bold</b>", outlet="<i>O</i>", published="2025-06-14", text=HOSTILE
            ),
            Document(id="rtl", title="روسيا وإيران", published="2025-06-15", text=ARABIC, language="ar"),
            Document(id="nested", title="A spokesman's remarks", published="2025-06-17", text=NESTED),
            Document(id="long", title="A long title " * 12, published="2025-06-17", text="wordwithoutend" * 30),
        ]
        store.add(more, coder)
        store.add([Document(id="crossing", title="By hand", published="2025-06-16", text=CROSSING)], ByHand())
    return folder


@pytest.fixture(scope="session")
def workbench(filled: Path) -> Iterator[Workbench]:
    started = run(filled)
    yield started
    started.process.terminate()
    started.process.wait(timeout=20)


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench over a copy of the store, to write to and to kill."""
    shutil.copytree(filled, tmp_path / "store")
    started = run(tmp_path / "store")
    yield started
    if started.process.poll() is None:
        started.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens pages in contexts of their own; at the end none may have complained or asked another host."""
    contexts, complaints, hosts = [], [], set()

    def open_(**options):
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: hosts.add(request.url.split("/")[2].split(":")[0]) if "://" in request.url else None,
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == [], "the console must stay silent"
    assert hosts <= {"127.0.0.1"}, "no request may leave the host"
