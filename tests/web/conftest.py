"""A small store whose events are written by hand, so that what the pages must show is known beforehand."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from foedus.model.document import Document
from foedus.model.event import Event, Span
from foedus.store.store import Store
from foedus.web.app import create_app
from foedus.web.settings import Settings

HOSTILE = (
    'Russia condemned Israel <script>alert("x")</script> on Friday. '
    "<img src=x onerror=alert(1)> Iran thanked Russia <svg onload=alert(2)> for it. "
    '<a href="javascript:alert(3)">press</a> {{ 7*7 }} \u202edna\u202c'
)
DOCUMENTS = {
    "wire": Document(
        id="wire",
        title="Israel strikes Iran",
        outlet="Wire",
        published="2025-06-13",
        text=(
            "Israel bombed Iran on June 13. Russia condemned the Israeli strikes on Iran. "
            "China sent medicine to Iran on June 14. Moscow promised Iran missiles."
        ),
    ),
    "paper": Document(
        id="paper",
        title="A second day",
        outlet="Paper",
        published="2025-06-15",
        text=(
            "Israel bombed Iran on June 13. Russia refused to send missiles to Iran on June 15. "
            "Iran may ask Pakistan for help, officials said."
        ),
    ),
    "hostile": Document(
        id="hostile", title='<b onmouseover="x()">Bold</b> title', outlet="<i>Outlet</i>", published="2025-06-16",
        url="javascript:alert(9)", text=HOSTILE,
    ),
}  # fmt: skip


def told(document: str, sentence: str, actor: str, act: str, recipient: str | None, **more: Any) -> Event:
    """An event on a sentence of a document, its spans found by the words given as `at`."""
    text = DOCUMENTS[document].text
    start = text.index(sentence)
    spans = {}
    for name, words in more.pop("at", {}).items():
        at = text.index(words, start)
        spans[name] = Span(at, at + len(words))
    return Event(
        actor=actor, recipient=recipient, type=act, quote=sentence, start=start, end=start + len(sentence),
        document=document, **spans, **more,
    )  # fmt: skip


EVENTS = {
    "wire": [
        told("wire", "Israel bombed Iran on June 13.", "ISR", "ASSAULT", "IRN", mode="aerial", date="2025-06-13", confidence=0.9,
             at={"actor_span": "Israel", "predicate_span": "bombed", "recipient_span": "Iran"}),
        told("wire", "Russia condemned the Israeli strikes on Iran.", "RUS", "ACCUSE", "ISR", mode="disapprove", confidence=0.7,
             at={"actor_span": "Russia", "predicate_span": "condemned", "recipient_span": "the Israeli strikes on Iran"}),
        told("wire", "China sent medicine to Iran on June 14.", "CHN", "AID", "IRN", date="2025-06-14", confidence=0.8,
             at={"actor_span": "China", "predicate_span": "sent"}),
        told("wire", "Moscow promised Iran missiles.", "RUS", "AGREE", "IRN", confidence=0.6),
    ],
    "paper": [
        told("paper", "Israel bombed Iran on June 13.", "ISR", "ASSAULT", "IRN", mode="aerial", date="2025-06-13", confidence=0.9),
        told("paper", "Russia refused to send missiles to Iran on June 15.", "RUS", "REJECT", "IRN", date="2025-06-15", confidence=0.8),
        told("paper", "Iran may ask Pakistan for help, officials said.", "IRN", "REQUEST", "PAK", modality="hypothetical", confidence=0.4),
    ],
    "hostile": [
        told("hostile", 'Russia condemned Israel <script>alert("x")</script> on Friday.', "RUS", "ACCUSE", "ISR", confidence=0.5,
             date="2025-06", speaker="MEDIA", speaker_name='<img src=x onerror="alert(4)">', at={"actor_span": "Russia", "recipient_span": "Israel"}),
    ],
}  # fmt: skip


class Coder:
    """Knows the events of the documents above and of nothing else."""

    version = "byhand-1"

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        for document in documents:
            yield document, EVENTS.get(document.id, [])


class ByHand:
    """Gives each document the same events: (actor, recipient, type) and what else is known, on its whole text unless told otherwise."""

    version = "byhand-1"

    def __init__(self, *acts: tuple[str, str | None, str, dict[str, Any]]) -> None:
        self.acts = acts

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        for one in documents:
            whole = {"quote": one.text, "end": len(one.text), "document": one.id}
            yield one, [Event(actor, to, act, **(whole | more)) for actor, to, act, more in self.acts]


class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, ids, and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def by_hand() -> type[ByHand]:
    return ByHand


@pytest.fixture
def parsed() -> type[Page]:
    """Makes a page of mark-up as a browser would."""
    return Page


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A workbench that nobody writes to, shared by all tests that only read."""
    made = Store(tmp_path_factory.mktemp("read") / "store")
    made.add(list(DOCUMENTS.values()), Coder())
    with TestClient(create_app(Settings(store=made.folder, warm=False)), base_url="http://127.0.0.1:8020") as one:
        yield one


def backtest(design: str, **more: Any) -> str:
    """What `foedus backtest --format json` prints, of a run that never was."""
    from foedus.assess.backtest import Backtest, Miss
    from foedus.assess.metrics import Bin

    nan = float("nan")
    told = {
        "design": design, "population": "relevant", "train": "1816-1945", "test": "1946-1989", "rows": 3000, "events": 12,
        "disputes": 40, "predictions": None, "coverage": {"groups": 10, "inside": 9, "nominal": 0.9, "share": 0.9, "listed": []},
        "scores": {"foedus": {"auc": (0.81, 0.7, 0.9), "log_loss": (0.031, 0.02, 0.04)}, "constant": {"auc": (nan, nan, nan), "log_loss": (0.036, 0.03, 0.04)}},
        "bins": {"foedus": [Bin(0.0, 0.01, 2900, 0.002, 3, 0.0004, 0.002), Bin(0.2, 1.01, 100, 0.3, 9, 0.05, 0.15)], "logit": [Bin(0.0, 1.01, 3000, 0.01, 12, 0.002, 0.006)]},
        "misses": [Miss(1950, 51, "China for <b>North</b> Korea", 0.004, "joined", 5.5), Miss(1956, 155, "France for Israel", 0.002, "joined", 6.2)],
        "periods": [{"period": "1940s", "rows": 300, "joins": 0, "auc": nan, "auc_in_blocks": nan, "average_precision": nan, "log_loss": 0.01, "brier": 0.001, "predicted_over_observed": float("inf"), "constant_log_loss": 0.02}],
        "notes": ["trade is missing before 1870"],
    }  # fmt: skip
    if design == "ladder":
        some = [Bin(0.0, 0.5, 800, 0.2, 150, 0.16, 0.21), Bin(0.5, 1.01, 119, 0.7, 70, 0.5, 0.66)]
        told |= {"bins": {"any support": some, "military aid or force": some[:1]}, "periods": [], "coverage": {}}
    return json.dumps(Backtest(**(told | more)).to_dict(), allow_nan=True)


@pytest.fixture
def backtests(tmp_path: Path) -> tuple[Path, ...]:
    """Reports of both designs, as the workbench is given them."""
    found = []
    for design in ("stacked", "ladder"):
        found.append(tmp_path / f"{design}.json")
        found[-1].write_text(backtest(design), encoding="utf-8")
    return tuple(found)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.add(list(DOCUMENTS.values()), Coder())
    return made


@pytest.fixture
def imported(tmp_path: Path) -> Store:
    """A store of five imported rows and no document."""
    header = (
        "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,inter1,actor2,inter2,country,location,latitude,"
        "longitude,source,notes"
    )
    row = (
        "U{0},2022-03-0{0},2022,Violence against civilians,Attack,Military Forces of Russia (2000-),1,"
        "Civilians (Ukraine),7,Ukraine,Bucha,50.5,30.2,A,x"
    )
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([header, *(row.format(number) for number in range(1, 6))]), encoding="utf-8")
    made = Store(tmp_path / "imported")
    made.import_(path)
    return made


@pytest.fixture
def settings(store: Store) -> Settings:
    return Settings(store=store.folder, warm=False, adds_a_minute=5, max_upload=50_000)


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No result counts as slow, so that on a busy machine too the figures after a review are those after the review."""
    monkeypatch.setattr("foedus.web.shelf.SLOW", float("inf"))


@pytest.fixture
def app(settings: Settings, prompt: None) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:8020") as one:
        yield one


@pytest.fixture
def event_ids(store: Store) -> dict[tuple[str, str, str], str]:
    return {(one.document, one.actor, one.type): one.id for one in store.events()}


class Running:
    """`foedus serve` in a process of its own, on a free port."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [sys.executable, "-m", "foedus.cli.main", "serve", "--store", str(folder), "--port", "0", *more]
        env = os.environ | {"OMP_NUM_THREADS": "1", "XDG_CACHE_HOME": str(folder.parent / "cache")}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env)
        self.said: list[str] = []
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"http://\S+/", line):
                self.url = found.group().rstrip("/")
                return
        raise AssertionError("".join(self.said))

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Its exit status after a signal, and what it said last."""
        assert self.process.stderr is not None
        self.process.send_signal(how)
        rest = self.process.stderr.read()
        return self.process.wait(timeout=60), rest


@pytest.fixture
def serve() -> Iterator[Callable[..., Running]]:
    """Starts servers, and ends those that still run."""
    started: list[Running] = []

    def start(folder: Path, *more: str) -> Running:
        started.append(Running(folder, *more))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def served(store: Store, serve: Callable[..., Running]) -> Running:
    """A server over the small store."""
    store.close()
    return serve(store.folder)
