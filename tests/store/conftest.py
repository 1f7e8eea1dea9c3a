from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus.model.document import Document
from foedus.store.store import Store

ROOT = Path(__file__).resolve().parents[2]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def crash() -> ModuleType:
    """The harness of benchmarks/store/crash.py: a quick coder, a corpus, and trials."""
    return load(ROOT / "benchmarks" / "store" / "crash.py")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def batched(store: Store, crash: ModuleType) -> Store:
    """A store of 120 documents with 240 events, added in four batches."""
    store.add(crash.corpus(120), crash.WordCoder(), batch=30)
    return store


@pytest.fixture
def event_file(batched: Store) -> Path:
    """The first event file of that store."""
    return batched.folder / batched._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]


@pytest.fixture
def coder(crash: ModuleType) -> Any:
    return crash.WordCoder()


@pytest.fixture
def report() -> Any:
    def make(text: str, day: str = "2025-06-22", **more: Any) -> Document:
        return Document(text=text, published=day, **more)

    return make


@pytest.fixture(scope="session")
def research() -> Path:
    folder = Path(os.environ.get("FOEDUS_RESEARCH_DATA", ROOT.parent / "shared" / "data")) / "events"
    if not folder.is_dir():
        pytest.skip(f"no research data under {folder}: set FOEDUS_RESEARCH_DATA to test against real slices")
    return folder
