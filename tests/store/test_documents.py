from __future__ import annotations

from typing import Any

import pytest

from foedus.errors import InputError
from foedus.store.documents import chosen, match_text, url_key
from foedus.store.store import Store


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x/?utm_source=t&b=2&a=1", "http://a.example/x?a=1&b=2#part"),
        ("HTTPS://A.example:443/x", "https://a.example/x/"),
        ("https://m.a.example/x", "https://a.example/x"),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) is not None


def test_addresses_of_two_pages_have_two_keys() -> None:
    keys = {url_key(f"https://a.example/{path}") for path in ("x", "X", "x?id=1", "x?id=2", "y")}
    assert len(keys) == 5


@pytest.mark.parametrize(
    "url", [None, "", "https://a.example/", "https://a.example/index.html", "file:///x", "http://[bad", "not"]
)
def test_no_key_for_what_names_no_single_page(url: str | None) -> None:
    assert url_key(url) is None


def test_queries_keep_their_sense() -> None:
    assert match_text("arms delivery") == '"arms" "delivery"'
    assert match_text('"arms delivery" OR tank*') == '"arms delivery" OR "tank"*'
    assert match_text("arms -exercise NOT drill") == '("arms") NOT ("exercise" OR "drill")'
    assert match_text("arms OR") == '"arms"'
    with pytest.raises(InputError):
        match_text("-only")


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2025-06-10", None, ["2025-06", "2025-06-15", "2025"]),
        ("2025-06", None, ["2025-06", "2025-06-15", "2025"]),
        ("2025-07-01", None, ["2025"]),
        (None, "2025-06-10", ["2025-06", "2025"]),
        (None, "2025-06", ["2025-06", "2025-06-15", "2025"]),
        ("2026", None, []),
    ],
)
def test_a_date_known_to_the_month_is_chosen_where_it_may_lie(
    store: Store, report: Any, coder: Any, since: str | None, until: str | None, found: list[str]
) -> None:
    store.add([report(f"Text of {day}.", day) for day in ("2025-06", "2025-06-15", "2025")], coder)
    assert [document.published for document in store.documents(since=since, until=until)] == found


def test_documents_are_chosen_by_relevance_where_there_is_text_else_in_order_added() -> None:
    words, values = chosen("radar", None, None, "Wire")
    assert words.endswith("ORDER BY bm25(documents_fts, 4.0, 1.0, 1.0, 1.0), d.n")
    assert words.count("?") == len(values) == 2
    assert chosen(None, None, None, None)[0].split() == "FROM documents d ORDER BY d.n".split()
