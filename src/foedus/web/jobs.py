"""Additions under way: handed to the worker process one after the other, their progress kept for the page."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError
from foedus.web.safety import Refused

KEPT: Final = 200
WAITING: Final = 40


class Jobs:
    """The additions of one running workbench. Safe from several threads."""

    def __init__(self, folder: Path, command: Sequence[str] | None = None) -> None:
        self._command = list(command or (sys.executable, "-m", "foedus.web.worker", str(folder)))
        self._jobs: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def add(self, kind: str, label: str, data: bytes = b"", url: str = "", **said: str | None) -> dict[str, Any]:
        """Queue a text (`text`), a file (`file`) or an address (`url`). Raises Refused (503) where too many wait."""
        job = {"id": uuid.uuid4().hex, "kind": kind, "label": label, **{k: v for k, v in said.items() if v}}
        if kind == "url":
            job["url"] = url
        else:
            job["data"] = base64.b64encode(data).decode("ascii")
        told = {
            "id": job["id"],
            "kind": kind,
            "label": label,
            "state": "waiting",
            "since": time.time(),
            "ids": [],
            "faults": [],
        }
        with self._lock:
            if sum(one["state"] in ("waiting", "reading", "coding") for one in self._jobs.values()) >= WAITING:
                raise Refused(503, "too many additions are waiting; try again when some are done")
            self._jobs[job["id"]] = told
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
            process = self._running()
            assert process.stdin is not None
            try:
                process.stdin.write(json.dumps(job) + "\n")
                process.stdin.flush()
            except OSError:
                told |= {"state": "failed", "message": "the reading process has stopped; try again"}
            return dict(told)

    def get(self, job: str) -> dict[str, Any]:
        """How far an addition is. Raises InputError (404) for one that is not known."""
        with self._lock:
            if job not in self._jobs:
                raise Refused(404, "no such addition is known; it may be from before the workbench was started")
            return dict(self._jobs[job])

    def all(self) -> list[dict[str, Any]]:
        """All additions, the newest first."""
        with self._lock:
            return [dict(one) for one in reversed(self._jobs.values())]

    def close(self) -> None:
        """Let the worker end what it has and go."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                process.terminate()  # what it had published is whole; the rest was never acknowledged

    def _running(self) -> subprocess.Popen[str]:
        if self._closed:
            raise InputError("the workbench is closing")
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            message = json.loads(line)
            with self._lock:
                job = self._jobs.get(message.pop("job"))
                if job is not None:
                    job |= message
        with self._lock:
            for job in self._jobs.values():
                if job["state"] in ("waiting", "reading", "coding") and self._process is process:
                    job |= {"state": "failed", "message": "the reading process has stopped; try again"}
