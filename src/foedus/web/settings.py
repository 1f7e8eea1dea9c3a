"""What a running workbench is told: which store, for whom, with which limits."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Settings:
    """`store` is the folder; without `token` only this machine may ask. Limits: bytes of an upload, additions a minute.

    `record` are backtests' JSON reports for the page on the track record; `names` are further host names that the
    workbench answers to (those of a reverse proxy).
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8020
    token: str | None = None
    record: tuple[Path, ...] = ()
    names: tuple[str, ...] = ()
    demo: bool = False
    max_upload: int = 10_000_000
    adds_a_minute: int = 30
    warm: bool = True
