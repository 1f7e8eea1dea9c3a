from __future__ import annotations

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.content import read_content
from foedus.reading.options import Options

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily Post</title><language>en-us</language>
<item><title>Ankara balks</title><link>https://example.org/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><dc:creator>Jane Doe</dc:creator>
<content:encoded><![CDATA[<p>Turkey refused to send shells.</p><script>alert(1)</script><p>Baku protested.</p><p>Share this</p>]]></content:encoded></item>
<item><title>Only a headline</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>A</title><id>urn:1</id><updated>2024-03-05T10:00:00Z</updated>
<author><name>Jane Doe</name></author><content type="html">&lt;p&gt;Russia refused to help, it said.&lt;/p&gt;</content></entry></feed>"""


def outcomes(data: bytes) -> list[Document | SourceError]:
    return list(read_content(data, "f.xml", "f.xml", Options()))


def test_rss() -> None:
    first, second = outcomes(RSS)
    assert isinstance(first, Document)
    assert (first.title, first.outlet, first.byline, first.published) == (
        "Ankara balks",
        "The Daily Post",
        "Jane Doe",
        "2024-03-05",
    )
    assert (first.url, first.language, first.format) == ("https://example.org/1", "en", "feed")
    assert first.text == "Turkey refused to send shells.\n\nBaku protested."
    assert isinstance(second, Document)
    assert second.text == "Only a headline"
    assert second.url is None
    assert any("only the headline" in note for note in second.notes)


def test_atom() -> None:
    (document,) = outcomes(ATOM)
    assert isinstance(document, Document)
    assert (document.text, document.published, document.byline) == (
        "Russia refused to help, it said.",
        "2024-03-05",
        "Jane Doe",
    )
    assert document.extra["guid"] == "urn:1"


def test_broken_xml_gives_what_came_before_the_break() -> None:
    found = outcomes(RSS[: RSS.index(b"<item><title>Only")] + b"<item><title>x</wrong>")
    assert isinstance(found[0], Document)
    assert any("broken" in note for note in found[0].notes)
    assert isinstance(found[-1], SourceError), "what is missing is a fault, not a silence"
    assert "broken XML" in str(found[-1])


def test_hopeless_xml_is_one_error() -> None:
    for data in (b"<rss><chan", b"<rss version='2.0'><channel></channel></rss>"):
        (error,) = outcomes(data)
        assert isinstance(error, SourceError)
        assert "\n" not in str(error)


def test_entity_bombs_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    (error,) = outcomes(bomb)
    assert isinstance(error, SourceError)
    assert "ENTITY" in str(error)


def test_a_link_that_is_no_address_costs_an_entry_nothing_else() -> None:
    first, second = outcomes(RSS.replace(b"https://example.org/1", b"http://[::1"))
    assert isinstance(first, Document)
    assert (first.url, first.title) == (None, "Ankara balks")
    assert isinstance(second, Document)
