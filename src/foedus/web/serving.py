"""Starts the workbench: finds or builds the store, refuses unsafe addresses, and hands over to uvicorn."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from foedus.errors import InputError, MissingExtraError, UsageError
from foedus.web import track
from foedus.web.settings import Settings, is_loopback

SHORTEST_TOKEN: Final = 12
Say = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What the command line was given."""

    store: Path | None
    demo: bool
    host: str
    port: int
    token: str | None
    names: tuple[str, ...] = ()
    record: tuple[Path, ...] = ()


def settings(asked: Asked, folder: Path) -> Settings:
    """Settings that are safe to run with. Raises InputError where they are not."""
    if asked.token is not None and len(asked.token) < SHORTEST_TOKEN:
        raise InputError(f"--token is shorter than {SHORTEST_TOKEN} characters; make one with: openssl rand -hex 16")
    if asked.token is not None and not (asked.token.isascii() and asked.token.isprintable()):
        raise InputError("--token holds what no header can carry; make one with: openssl rand -hex 16")
    if asked.token is not None and asked.token != asked.token.strip():
        raise InputError("--token begins or ends with a blank; make one with: openssl rand -hex 16")
    host = asked.host.strip("[]")  # as an address has them around IPv6, and nothing else does
    if not is_loopback(host) and not asked.token:
        raise UsageError(
            f"--host {host} can be reached from other machines: give --token as well, or leave --host away"
        )
    for path in asked.record:
        if not path.is_file():
            raise InputError(f"{path}: no such file; make it with foedus backtest --format json")
    track.reports(asked.record)
    return Settings(
        store=folder, host=host, port=asked.port, token=asked.token, record=asked.record, names=asked.names,
        demo=asked.demo,
    )  # fmt: skip


@contextlib.contextmanager
def folder_of(asked: Asked, say: Say) -> Iterator[Path]:
    """The store's folder; for `--demo` a temporary one with the example in it, removed at the end."""
    if asked.demo:
        if asked.store is not None:
            raise UsageError("give either --store or --demo, not both")
        with tempfile.TemporaryDirectory(prefix="foedus-demo-") as temporary:
            folder = Path(temporary) / "store"
            say("Reading the example (June 2025) into a temporary store…")
            build_demo(folder)
            yield folder
        return
    if asked.store is None:
        raise UsageError("name a store with --store DIR, or see the example with --demo")
    from foedus.store.store import Store

    Store(asked.store).close()
    yield asked.store


def build_demo(folder: Path) -> None:
    """Read and code the example into a store. Raises InputError where the example is not installed."""
    from foedus.coding.coder import Coder
    from foedus.store.store import Store

    source = example()
    with Store(folder) as store:
        store.add(sorted(path for path in source.iterdir() if path.suffix != ".rst"), Coder())


def example() -> Path:
    """The folder of the example: beside the program's source, or among its data."""
    for place in (Path(__file__).parents[3] / "examples" / "june-2025", Path(__file__).parent / "data" / "june-2025"):
        if place.is_dir():
            return place
    raise InputError("the example is not part of this installation: name a store with --store DIR")


def start(asked: Asked, say: Say) -> None:
    """Run until stopped. Raises InputError for unsafe settings or a port in use, MissingExtraError without the web parts."""
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("web", "foedus serve") from None
    from foedus.web.app import settled

    try:
        _run(asked, say, uvicorn)
    finally:
        if not settled():
            # Figures are being worked out that nobody will see; whatever was acknowledged is on disk.
            os._exit(130 if isinstance(sys.exc_info()[1], KeyboardInterrupt) else 0)


def _run(asked: Asked, say: Say, uvicorn: ModuleType) -> None:
    from foedus.web.app import create_app

    settings(asked, asked.store or Path())  # refuse before any work is done
    with folder_of(asked, say) as folder:
        chosen = settings(asked, folder)
        listening = listen(chosen.host, chosen.port)
        port = listening.getsockname()[1]
        if not is_loopback(chosen.host):
            say(
                "Warning: other machines can reach this workbench, and the token travels unencrypted: "
                "put a reverse proxy with TLS before it."
            )
        app = create_app(chosen)
        shown = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
        say(f"The workbench is at http://{shown}:{port}/  (Ctrl-C stops it)")
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="warning", server_header=False, limit_concurrency=200, h11_max_incomplete_event_size=65_536,
                timeout_keep_alive=15, proxy_headers=False,
            )
        )  # fmt: skip
        # Figures are worked out behind the pages: a page must not wait five milliseconds for each turn it gets.
        sys.setswitchinterval(0.0005)
        server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket on an address. Raises InputError where it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off: else every answer waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (socket.gaierror, TypeError, UnicodeError):  # the latter two for what can be no name at all
        listening.close()
        raise InputError(f"--host {host!r} is no address of this machine; leave --host away, or name one") from None
    except OSError as error:
        listening.close()
        raise InputError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); choose another with --port"
        ) from None
    listening.listen(128)
    return listening
