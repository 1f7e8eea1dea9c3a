from __future__ import annotations

import os

import pytest


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders called `shut` cannot be listed, as without the right to; whoever runs the tests may well be root."""
    scandir = os.scandir

    def guarded(path: str) -> object:
        if os.fspath(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
