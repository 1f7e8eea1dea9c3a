from __future__ import annotations

from lxml import html

from foedus.reading.draft import Draft
from foedus.reading.htmlmeta import read_metadata


def meta(head: str, url: str | None = "https://example.org/x", lang: str = "en") -> Draft:
    draft = Draft(original="", format="html")
    read_metadata(
        draft, html.document_fromstring(f"<html lang='{lang}'><head>{head}</head><body><p>.</p></body></html>"), url
    )
    return draft


def test_structured_data_outrank_the_title_element() -> None:
    draft = meta(
        "<title>Ankara balks | The Post</title><meta property='og:site_name' content='The Post'>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ankara balks at request",'
        '"author":[{"name":"Jane Doe"}],"datePublished":"2024-03-05T10:00:00Z"}</script>'
    )
    assert (draft.title, draft.outlet, draft.byline) == ("Ankara balks at request", "The Post", "Jane Doe")
    assert draft.published == "2024-03-05"


def test_the_outlet_is_cut_from_a_title_and_hostile_addresses_are_left() -> None:
    draft = meta(
        "<title>Ankara balks | The Post</title><meta property='og:site_name' content='The Post'>"
        "<link rel='canonical' href='javascript:alert(1)'>"
    )
    assert draft.title == "Ankara balks"
    assert draft.url is None


def test_damaged_structured_data_do_no_harm() -> None:
    draft = meta("<title>A title</title><script type='application/ld+json'>{broken</script>")
    assert draft.title == "A title"


def test_a_canonical_link_that_is_no_address_is_left() -> None:
    draft = meta("<title>Ankara balks</title><link rel='canonical' href='http://[bad'>")
    assert (draft.title, draft.url) == ("Ankara balks", None)
