"""Additions under way: handed to the worker process one after the other, their progress kept for the page."""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import sys
import threading
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError
from foedus.web.safety import Refused

KEPT: Final = 200
WAITING: Final = 40
WAITING_BYTES: Final = 100_000_000
"""Bytes of texts and files that may wait at once: they wait in memory."""
_UNDER_WAY: Final = ("waiting", "reading", "coding")


class Jobs:
    """The additions of one running workbench. Safe from several threads; none of its methods waits for the worker."""

    def __init__(self, folder: Path, command: Sequence[str] | None = None) -> None:
        self._command = list(command or (sys.executable, "-m", "foedus.web.worker", str(folder)))
        self._jobs: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._queue: deque[tuple[dict[str, Any], bytes]] = deque()
        self._changed = threading.Condition()
        self._process: subprocess.Popen[str] | None = None
        self._feeder: threading.Thread | None = None
        self._in_hand = ""
        self._closed = False

    def add(self, kind: str, label: str, data: bytes = b"", url: str = "", **said: str | None) -> dict[str, Any]:
        """Queue a text (`text`), a file (`file`) or an address (`url`). Raises Refused (503) where too many wait."""
        job = {"id": uuid.uuid4().hex, "kind": kind, "label": label, **{k: v for k, v in said.items() if v}}
        if kind == "url":
            job["url"] = url
        told = {
            "id": job["id"],
            "kind": kind,
            "label": label,
            "state": "waiting",
            "since": time.time(),
            "ids": [],
            "faults": [],
        }
        with self._changed:
            if self._closed:
                raise InputError("the workbench is closing")
            under_way = sum(one["state"] in _UNDER_WAY for one in self._jobs.values())
            waiting = sum(len(held) for _, held in self._queue)
            if under_way >= WAITING or (waiting and waiting + len(data) > WAITING_BYTES):
                raise Refused(503, "too many additions are waiting; try again when some are done")
            self._jobs[job["id"]] = told
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
            self._queue.append((job, data))
            if self._feeder is None:
                self._feeder = threading.Thread(target=self._feed, name="foedus-additions", daemon=True)
                self._feeder.start()
            self._changed.notify_all()
            return dict(told)

    def get(self, job: str) -> dict[str, Any]:
        """How far an addition is. Raises Refused (404) for one that is not known."""
        with self._changed:
            if job not in self._jobs:
                raise Refused(404, "no such addition is known; it may be from before the workbench was started")
            return dict(self._jobs[job])

    def all(self) -> list[dict[str, Any]]:
        """All additions, the newest first."""
        with self._changed:
            return [dict(one) for one in reversed(self._jobs.values())]

    def close(self) -> None:
        """Let the worker end what it has and go."""
        with self._changed:
            self._closed = True
            process = self._process
            self._changed.notify_all()
        if process is not None:
            if process.stdin:
                with contextlib.suppress(OSError):
                    process.stdin.close()
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                process.terminate()  # what it had published is whole; the rest was never acknowledged

    def _feed(self) -> None:
        # A pipe takes 64 kB and then makes its writer wait: so this thread writes, and nobody who answers a page.
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closed)
                if self._closed:
                    return
                job, data = self._queue.popleft()
                self._in_hand = job["id"]
            if job["kind"] != "url":
                job["data"] = base64.b64encode(data).decode("ascii")
            try:
                pipe = self._running().stdin
                assert pipe is not None
                pipe.write(json.dumps(job) + "\n")
                pipe.flush()
            except (OSError, ValueError):
                self._stopped()
            with self._changed:
                self._changed.wait_for(lambda: self._closed or not self._busy())

    def _busy(self) -> bool:
        return self._in_hand in self._jobs and self._jobs[self._in_hand]["state"] in _UNDER_WAY

    def _running(self) -> subprocess.Popen[str]:
        with self._changed:
            if self._closed:
                raise ValueError("closed meanwhile")
            if self._process is None or self._process.poll() is not None:
                process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                self._process = process
                threading.Thread(target=self._listen, args=(process,), daemon=True).start()
            return self._process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                message = None
            if not isinstance(message, dict) or "job" not in message:
                continue  # printed by a library below Python, past the worker's own guard
            job = message.pop("job")
            with self._changed:
                if job in self._jobs:
                    self._jobs[job] |= message
                self._changed.notify_all()
        process.wait()
        if self._process is process:
            self._stopped()

    def _stopped(self) -> None:
        with self._changed:
            if self._busy():
                self._jobs[self._in_hand] |= {
                    "state": "failed",
                    "message": "the reading process has stopped; try again",
                }
            self._changed.notify_all()
