from __future__ import annotations

from lxml import html

from foedus.reading.page import page_blocks


def blocks(body: str):
    return page_blocks(html.document_fromstring(f"<html><body>{body}</body></html>"))


def test_blocks_come_in_reading_order_without_what_is_hidden() -> None:
    found = blocks(
        "<h1>One</h1><p>Two <b>and</b> more</p><script>alert(1)</script><p hidden>No</p>"
        "<div style='display: none'>Nor this</div><p aria-hidden='true'>nor that</p>Three"
    )
    assert [block.text.strip() for block in found] == ["One", "Two and more", "Three"]
    assert found[0].tag == "h1"


def test_places_and_links_are_told() -> None:
    found = {
        block.text.strip(): block for block in blocks("<nav><a href='/'>Home</a></nav><article><p>Story</p></article>")
    }
    assert found["Home"].place is not None
    assert found["Home"].linked > 0.9
    assert found["Story"].in_article
    assert found["Story"].linked == 0
