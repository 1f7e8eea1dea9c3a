from __future__ import annotations

import datetime as dt

import pytest

from foedus.errors import SourceError
from foedus.reading.html import has_markup
from foedus.reading.read import read

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ankara balks | The Daily Post</title>
<meta property="og:site_name" content="The Daily Post"><link rel="canonical" href="https://example.org/2024/03/05/ankara">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ankara balks at arms request",
"author":[{"name":"Jane Doe"}],"datePublished":"2024-03-05T10:00:00Z"}</script>
<script>alert("Iran attacked Iraq")</script><style>p{}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div id="cookie-banner"><p>We use cookies to make this better for you.</p></div>
<article><h1>Ankara balks at arms request</h1><p class="byline">By Jane Doe</p>
<p>ANKARA (Reuters) - Turkey on Tuesday refused to send <b>artillery shells</b> to Azerbaijan, officials said, in a blow to Baku.</p>
<p onclick="evil()">The ministry said the request had been read &lt;script&gt;alert(1)&lt;/script&gt; and turned down after talks with Russia.</p>
<div style="display:none">Hidden: Iran bombed Israel.</div>
<h2>What next?</h2><p>Analysts expect talks to go on in Tbilisi next week, with Georgia as the host of both delegations.</p>
<p>(Reporting by Jane Doe; editing by John Roe)</p><div class="share-bar">Share this on Facebook</div>
<p>Read more: <a href="x">Iran strikes</a></p></article>
<section class="comments"><p>Reader: Turkey attacked Greece, I am sure of that, and nobody says so.</p></section>
<footer>All rights reserved</footer></body></html>"""


def test_page() -> None:
    document = read(PAGE.encode())
    assert document.format == "html"
    assert (document.title, document.byline) == ("Ankara balks at arms request", "Jane Doe")
    assert (document.outlet, document.published) == ("The Daily Post", "2024-03-05")
    assert (document.url, document.language) == ("https://example.org/2024/03/05/ankara", "en")
    assert not document.inferred
    assert document.text == (
        "Turkey on Tuesday refused to send artillery shells to Azerbaijan, officials said, in a blow to Baku.\n\n"
        "The ministry said the request had been read <script>alert(1)</script> and turned down after talks with Russia.\n\n"
        "What next?\n\n"
        "Analysts expect talks to go on in Tbilisi next week, with Georgia as the host of both delegations."
    )
    kinds = {one.text: one.kind for one in document.apparatus}
    assert kinds["Home"] == "navigation"
    assert kinds["Share this on Facebook"] == "share"
    assert kinds["All rights reserved"] == "disclaimer"
    assert "Iran attacked Iraq" not in document.original
    assert "Hidden" not in document.original
    for start, at, length in document.segments:
        assert document.text[start : start + length] == document.original[at : at + length]


def test_date_that_only_the_markup_hints_at_is_inferred() -> None:
    page = "<html><body><p>Posted here</p><p>Russia refused to send troops to Armenia, the ministry said on Tuesday.</p></body></html>"
    document = read(
        page.replace("<p>Posted", '<link rel="canonical" href="https://example.org/2021/05/14/x"><p>Posted').encode()
    )
    assert document.published == "2021-05-14"
    assert document.inferred == {"published"}


def test_future_date_of_a_page_is_noted() -> None:
    document = read(PAGE.replace("2024-03-05T", "2033-03-05T").encode(), today=dt.date(2026, 1, 1))
    assert document.published == "2033-03-05"
    assert any("future" in note for note in document.notes)


def test_translated_page() -> None:
    page = (
        "<html><body><main><h1>A repost</h1><p>The website of Le Monde published an article titled “Baku waits” on March 3, 2024, "
        "written by Anne Martin. The article is translated as follows:</p><p>Azerbaijan waits for an answer from Turkey, which has "
        "refused to send shells to the front.</p><p>Armenia, for its part, asked Russia for help under their treaty and got none.</p>"
        "</main></body></html>"
    )
    document = read(page.encode())
    assert (document.outlet, document.title, document.byline) == ("Le Monde", "Baku waits", "Anne Martin")
    assert document.published == "2024-03-03"
    assert document.translation is not None
    assert document.extra["page_title"] == "A repost"
    assert document.text.startswith("Azerbaijan waits")


def test_broken_and_nested_pages_are_read() -> None:
    deep = "<div>" * 5000 + "<p>Russia refused to send troops to Armenia, the ministry said." + "</b></i>"
    assert "Russia refused" in read(f"<html><body>{deep}".encode()).text


@pytest.mark.parametrize("page", ["<html><head><script>1</script></head><body></body></html>", "<html></html>"])
def test_page_without_text(page: str) -> None:
    with pytest.raises(SourceError, match="no text"):
        read(page.encode())


def test_has_markup() -> None:
    assert has_markup("<p>one</p><p>two</p>")
    assert not has_markup("a < b and c > d, she said <quietly>")
