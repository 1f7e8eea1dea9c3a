from __future__ import annotations

from foedus.reading.addresses import parts, web


def test_what_is_no_address_has_no_parts() -> None:
    assert parts("http://[::1") is None
    assert parts("https://example.org/a").hostname == "example.org"  # type: ignore[union-attr]


def test_only_addresses_of_the_web_are_taken() -> None:
    assert web("/a", "https://example.org/b") == "https://example.org/a"
    assert web("https://example.org/a") == "https://example.org/a"
    for one in (None, "javascript:alert(1)", "http://[bad", "mailto:a@example.org"):
        assert web(one) is None
    assert web("/a", "http://[bad") is None
