from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest


def research_folder() -> Path | None:
    base = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data"))
    return next((path for path in (base / "history", base) if (path / "cow_states.rda").is_file()), None)


@pytest.fixture(scope="session")
def research() -> Path:
    folder = research_folder()
    if folder is None:
        pytest.skip("no research data: set FOEDUS_RESEARCH_DATA to the folder that holds cow_states.rda")
    return folder


class Mirror:
    """A server on this machine that serves a folder, with ranges, and can break off after some bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.break_after: int | None = None
        self.ranges = True
        self.asked: list[tuple[str, str | None]] = []
        self.files: dict[str, bytes] = {}
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rsplit("/", 1)[-1]
                asked = self.headers.get("Range")
                mirror.asked.append((name, asked))
                body = mirror.files.get(name) or ((folder / name).read_bytes() if (folder / name).is_file() else None)
                if body is None:
                    self.send_error(404)
                    return
                start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and mirror.ranges else 0
                if start >= len(body):
                    self.send_error(416)
                    return
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
                self.send_header("Content-Length", str(len(body) - start))
                self.end_headers()
                rest = body[start:]
                if mirror.break_after is not None:
                    self.wfile.write(rest[: mirror.break_after])
                    self.wfile.flush()
                    self.connection.close()
                    return
                self.wfile.write(rest)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/data"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    served = tmp_path / "served"
    served.mkdir()
    one = Mirror(served)
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def research_mirror(research: Path) -> Iterator[Mirror]:
    one = Mirror(research)
    yield one
    one.server.shutdown()
    one.server.server_close()
