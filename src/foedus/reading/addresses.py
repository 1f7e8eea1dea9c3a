"""Web addresses as sources state them; some are none."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def parts(url: str | None) -> SplitResult | None:
    """The parts of an address; None where it is no address at all, such as `http://[::1`."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return None


def web(url: str | None, base: str | None = None) -> str | None:
    """An http or https address, completed from the one of its page; None for anything else."""
    try:
        whole = urljoin(base or "", (url or "").strip())
    except ValueError:
        return None
    split = parts(whole)
    return whole if split is not None and split.scheme in ("http", "https") else None
