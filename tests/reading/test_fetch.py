"""Fetching, against a server on this machine and a resolver that a test controls."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foedus.errors import SourceError
from foedus.reading import fetch as fetching
from foedus.reading.fetch import fetch, is_public
from foedus.reading.options import Options
from foedus.reading.read import read, read_all

PAGE = b"<html><head><title>A Treaty Tested</title></head><body><article><p>Turkey refused to send shells to Azerbaijan, it said.</p></article></body></html>"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/page":
            self.answer(200, "text/html; charset=utf-8", PAGE)
        elif path == "/latin":
            self.answer(200, "text/plain; charset=windows-1251", "Удар по порту города".encode("cp1251"))
        elif path == "/packed":
            self.answer(200, "text/html", gzip.compress(PAGE), {"Content-Encoding": "gzip"})
        elif path == "/bomb":
            self.answer(200, "text/html", gzip.compress(b"a" * 30_000_000), {"Content-Encoding": "gzip"})
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"<p>Russia refused.</p>" * 5000)
            except OSError:
                pass
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                for _ in range(200):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            except OSError:
                pass
        elif path == "/silent":
            time.sleep(3)
        elif path == "/huge":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "500000000")
            self.end_headers()
        elif path == "/image":
            self.answer(200, "image/png", b"\x89PNG")
        elif path == "/missing":
            self.answer(404, "text/html", b"no")
        elif path == "/to-page":
            self.move("/page")
        elif path == "/loop":
            self.move("/loop")
        elif path == "/to-metadata":
            self.move("http://169.254.169.254/latest/meta-data/")
        elif path == "/to-localhost":
            self.move("http://127.0.0.1:9/")
        elif path == "/to-file":
            self.move("file:///etc/passwd")
        elif path == "/nowhere":
            self.send_response(302)
            self.end_headers()
        elif path == "/host":
            self.answer(200, "text/plain", f"Host was {self.headers['Host']}, and that is what it was.".encode())

    def answer(self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in (more or {}).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def move(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


def refused(url: str, reason: str, **options: object) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        fetch(url, Options(**{"allow_private": True, "timeout": 2.0, **options}))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert caught.value.source == url


def test_page_is_read(server: str) -> None:
    document = read(server + "/page", allow_private=True)
    assert document.text == "Turkey refused to send shells to Azerbaijan, it said."
    assert document.source == document.url == server + "/page"


def test_redirect_gives_the_last_address(server: str) -> None:
    document = read(server + "/to-page", allow_private=True)
    assert (document.source, document.url) == (server + "/to-page", server + "/page")


def test_charset_and_packing(server: str) -> None:
    assert read(server + "/latin", allow_private=True).text == "Удар по порту города"
    assert "Turkey refused" in read(server + "/packed", allow_private=True).text


def test_private_addresses_need_leave(server: str) -> None:
    refused(server + "/page", "private or local", allow_private=False)
    refused("http://localhost:1/", "private or local", allow_private=False)
    refused("http://2130706433/", "private or local", allow_private=False)
    refused("http://[::1]/", "private or local", allow_private=False)


@pytest.mark.parametrize("path", ["/to-metadata", "/to-localhost"])
def test_leave_does_not_reach_where_a_redirect_leads(server: str, path: str) -> None:
    refused(server + path, "private or local")


def test_redirects_end(server: str) -> None:
    refused(server + "/loop", "more than 5")
    refused(server + "/nowhere", "nowhere")
    refused(server + "/to-file", "only http and https")


def test_limits(server: str) -> None:
    refused(server + "/endless", "limit of 1 MB", max_download_mb=1)
    refused(server + "/bomb", "limit of 5 MB", max_download_mb=5)
    refused(server + "/huge", "limit of 30 MB")


@pytest.mark.parametrize("path", ["/silent", "/drip"])
def test_timeouts(server: str, path: str) -> None:
    start = time.perf_counter()
    refused(server + path, "within 0.5 s", timeout=0.5)
    assert time.perf_counter() - start < 2.5


def test_answers_that_are_no_text(server: str) -> None:
    refused(server + "/image", "image/png")
    refused(server + "/missing", "404")


def test_bad_addresses() -> None:
    refused("http://user:secret@127.0.0.1/", "user name")
    refused("http:///nothing", "no host")
    refused("http://127.0.0.1:99999/", "not a valid")


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", fail)
    refused("http://nowhere.invalid/", "not found", allow_private=False)


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public at the check and private after it (DNS rebinding) finds no second look-up."""
    asked: list[str] = []

    def resolver(host: str, port: int, name: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(fetching, "resolve_host", resolver)
    port = server.rsplit(":", 1)[1]
    refused(f"http://public.example:{port}/page", "private or local", allow_private=False)
    document = read(f"http://public.example:{port}/host", allow_private=True)
    assert f"Host was public.example:{port}," in document.text
    assert asked == ["public.example", "public.example"]


def test_one_bad_address_does_not_stop_the_others(server: str) -> None:
    errors: list[SourceError] = []
    documents = list(read_all([server + "/missing", server + "/page"], on_error=errors.append, allow_private=True))
    assert (len(documents), len(errors)) == (1, 1)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "240.0.0.1", "100.64.0.1",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fe80::1%eth0", "nonsense",
     "192.0.0.192", "192.88.99.1", "fec0::1", "64:ff9b:1::7f00:1", "3fff::1", "::127.0.0.1", "::ffff:0:127.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)
