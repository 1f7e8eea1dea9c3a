"""Fetching web addresses: only http and https, never a private address, never without an end."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from foedus.errors import SourceError
from foedus.reading.options import Options

_MAX_HOPS = 5
_AGENT = "Foedus/0.1 (reads reports on international crises; one page at a person's request)"
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,text/*;q=0.9,*/*;q=0.5"
)
_REDIRECTS = (301, 302, 303, 307, 308)
_TEXTUAL = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/json",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/pdf",
    "application/warc",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
    "application/feed",
    "application/rdf",
    "application/ld+json",
    "binary/octet-stream",
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    ipaddress.ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10", "3fff::/20", "2001::/23")
)
"""Networks that Python's table of private addresses has not, or not in every version: among them a cloud's own metadata
(192.0.0.192), relays of 6to4, local translation, the old site-local addresses."""
_SAVE = "open it in a browser, save the page and give that file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A downloaded content: its bytes, the address that it came from in the end, its type and charset."""

    data: bytes
    url: str
    content_type: str | None
    charset: str | None


def fetch(url: str, options: Options) -> Fetched:
    """Download `url`. Raises SourceError for every way in which that can fail, within the time limit."""
    result: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            result.append(_fetch(url, options, time.monotonic() + options.timeout))
        except BaseException as error:
            result.append(error)

    # Name look-ups and slow headers have no time limit of their own, so the whole of it runs beside a clock.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(options.timeout + 1)
    if not result:
        raise _too_slow(url, options)
    outcome = result[0]
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def check_address(host: str, port: int, name: str) -> list[str]:
    """The addresses of a host, all of them public. Raises SourceError otherwise."""
    addresses = resolve_host(host, port, name)
    for address in addresses:
        if not is_public(address):
            raise SourceError(name, f"{host} is a private or local address ({address}) and is not fetched; {_SAVE}")
    return addresses


def resolve_host(host: str, port: int, name: str) -> list[str]:
    """The addresses that a host name has now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(name, f"the host {host} is not found; check the address and the connection") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, seen through the ways of wrapping one in another."""
    try:
        ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    if any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback or ip.is_unspecified
    )


def _fetch(url: str, options: Options, deadline: float) -> Fetched:
    import httpx

    address = url
    exempt = _place(url, url) if options.allow_private else None
    with httpx.Client(
        trust_env=False, follow_redirects=False, verify=httpx.create_ssl_context(), timeout=max(0.1, options.timeout)
    ) as client:
        for _ in range(_MAX_HOPS + 1):
            request = _request(client, address, url, exempt)
            try:
                response = client.send(request, stream=True)
                try:
                    if response.status_code not in _REDIRECTS:
                        return _received(response, address, url, options, deadline)
                    target = response.headers.get("location")
                finally:
                    response.close()
            except httpx.TimeoutException as error:
                raise _too_slow(url, options) from error
            except httpx.HTTPError as error:
                raise SourceError(
                    url, f"the connection failed ({_short(error)}); try again later, or {_SAVE}"
                ) from error
            if not target:
                raise SourceError(url, f"redirects to nowhere; {_SAVE}")
            try:
                address = urljoin(address, target)
            except ValueError as error:
                raise SourceError(url, f"redirects to what is no address; {_SAVE}") from error
            if time.monotonic() > deadline:
                raise _too_slow(url, options)
    raise SourceError(url, f"redirects more than {_MAX_HOPS} times; {_SAVE}")


def _request(client: Any, address: str, url: str, exempt: tuple[str, int] | None) -> Any:
    """A request to the checked IP address itself, so that a second look-up cannot lead elsewhere."""
    host, port = _place(address, url)
    addresses = resolve_host(host, port, url) if (host, port) == exempt else check_address(host, port, url)
    parts = urlsplit(address)
    ip = next((one for one in addresses if ":" not in one), addresses[0])
    literal = f"[{ip}]" if ":" in ip else ip
    default = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if port == default else f"{shown}:{port}",
        "User-Agent": _AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return client.build_request(
            "GET", f"{parts.scheme}://{literal}:{port}{path}", headers=headers, extensions={"sni_hostname": host}
        )
    except Exception as error:
        raise SourceError(url, "not a valid web address; check it") from error


def _place(address: str, url: str) -> tuple[str, int]:
    """Host and port of an address; raises SourceError for other schemes, and for addresses with a password."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SourceError(url, "not a valid web address; check it") from error
    if parts.scheme not in ("http", "https"):
        raise SourceError(url, f"leads to {parts.scheme or 'no'!r} scheme; only http and https addresses are fetched")
    if not parts.hostname:
        raise SourceError(url, "not a valid web address: it has no host")
    if parts.username or parts.password:
        raise SourceError(url, "addresses with a user name are not fetched; " + _SAVE)
    try:
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    except UnicodeError as error:
        raise SourceError(url, "not a valid web address; check it") from error
    return host, port or {"http": 80, "https": 443}[parts.scheme]


def _received(response: Any, address: str, url: str, options: Options, deadline: float) -> Fetched:
    status = response.status_code
    if status >= 400 or status < 200:
        raise SourceError(url, f"the server answers {status} {response.reason_phrase}; {_SAVE}".replace(" ;", ";"))
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind and not kind.startswith(_TEXTUAL):
        raise SourceError(url, f"is {kind}, not a text; give the address of a page, feed, PDF or table")
    limit = int(options.max_download_mb * 1_000_000)
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(url, options)
    parts: list[bytes] = []
    size = 0
    for part in _decoded(response, limit, url):
        size += len(part)
        if size > limit:
            raise _too_large(url, options)
        if time.monotonic() > deadline:
            raise _too_slow(url, options)
        parts.append(part)
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    return Fetched(b"".join(parts), address, kind or None, charset)


def _decoded(response: Any, limit: int, url: str) -> Iterator[bytes]:
    """The body, unpacked piece by piece so that a small download cannot become a huge one."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(url, f"is packed as {encoding!r}, which was not asked for; {_SAVE}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for raw in response.iter_raw():
            while raw:
                yield unpacker.decompress(raw, 1 << 20)
                raw = unpacker.unconsumed_tail
        yield unpacker.flush(1 << 20)
    except zlib.error as error:
        raise SourceError(url, f"its packed content is damaged; {_SAVE}") from error


def _too_large(url: str, options: Options) -> SourceError:
    return SourceError(
        url, f"larger than the limit of {options.max_download_mb:g} MB; {_SAVE}, or raise max_download_mb"
    )


def _too_slow(url: str, options: Options) -> SourceError:
    return SourceError(url, f"no complete answer within {options.timeout:g} s; try again later, or {_SAVE}")


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:100]
