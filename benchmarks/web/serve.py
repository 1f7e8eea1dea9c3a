"""Starts a workbench in a process of its own for a measurement."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "foedus.cli.main", "serve", "--store", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://\S+/", line):
            break
    else:
        raise SystemExit("the workbench did not start")
    try:
        yield found.group().rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=30)
