from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.store.codec import COLUMNS
from foedus.store.store import Store
from foedus.store.views import TABLES


@pytest.fixture
def filled(store: Store, crash: Any) -> Store:
    store.add(crash.corpus(10), crash.WordCoder())
    return store


def test_every_view_can_be_asked(filled: Store) -> None:
    for name in ("events", *TABLES):
        found = filled.sql(f"SELECT * FROM {name}")
        assert found.columns
    assert filled.sql("SELECT * FROM events").columns == list(COLUMNS)
    assert "text" in filled.sql("SELECT * FROM documents").columns


def test_views_join(filled: Store) -> None:
    rows = filled.sql(
        "SELECT d.published, a.reports, e.quote, d.text FROM events e JOIN documents d ON d.id = e.document "
        "JOIN reports r ON r.event = e.id JOIN acts a ON a.id = r.act"
    ).rows
    assert len(rows) == 20
    assert all(quote in text for _, _, quote, text in rows)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM events",
        "CREATE TABLE x(a INT)",
        "SELECT 1; SELECT 2",
        "COPY events TO '/tmp/foedus-should-not-be.csv'",
        "ATTACH '/tmp/foedus.db'",
        "SET enable_external_access=true",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM 'catalogue.sqlite'",
        "SELECT nothing FROM events",
        "SELECT * FROM nowhere",
        "SELEC",
    ],
)
def test_what_is_no_question_to_the_store_is_refused(filled: Store, query: str) -> None:
    with pytest.raises(InputError) as told:
        filled.sql(query)
    assert "\n" not in str(told.value)
    assert filled.sql("SELECT count(*) FROM events").rows == [(20,)]


def test_an_unknown_view_is_told_the_known_ones(filled: Store) -> None:
    with pytest.raises(InputError, match="the views are events"):
        filled.sql("SELECT * FROM nowhere")


def test_a_reader_sees_what_another_process_adds(filled: Store, tmp_path: Path, crash: Any) -> None:
    count = "SELECT count(*) FROM events"
    before = filled.sql(count).rows
    Store(filled.folder).add(crash.corpus(30), crash.WordCoder())
    assert before == [(20,)]
    assert filled.sql(count).rows == [(60,)]
