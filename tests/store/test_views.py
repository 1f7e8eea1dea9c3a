from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError, StoreError
from foedus.store.codec import COLUMNS
from foedus.store.store import Store
from foedus.store.views import TABLES, Views


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
        "SELECT CAST('x' AS INT)",
        "SELECT CAST(quote AS DATE) FROM events",
        "SELECT 9223372036854775807 + start_char + 1 FROM events",
    ],
)
def test_a_value_that_cannot_be_does_not_make_every_file_be_read(
    filled: Store, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.store.views.digest", lambda path: pytest.fail(f"{path} was read"))
    with pytest.raises(InputError, match="SQL: "):
        filled.sql(query)


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
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM enable_logging()",
        "SELECT * FROM glob('*')",
        "SELECT '\ud800'",
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


@pytest.mark.parametrize(
    "query",
    [
        "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{file}' (FORMAT parquet)",
        "WITH x AS (COPY (SELECT 1 AS a) TO '{file}' (FORMAT parquet)) SELECT * FROM x",
        "SELECT * FROM events WHERE id IN (WITH x AS (COPY (SELECT 1 AS a) TO '{file}') SELECT a FROM x)",
        "SELECT * FROM query('WITH x AS (COP' || 'Y (SELECT 1 AS a) TO ''{file}'') SELECT * FROM x')",
        "EXPLAIN ANALYZE CREATE OR REPLACE VIEW events AS SELECT 1",
    ],
)
def test_no_question_can_write_into_an_event_file(batched: Store, event_file: Path, query: str) -> None:
    with pytest.raises(InputError):
        batched.sql(query.format(file=event_file.absolute()))
    assert batched.verify(leftovers=True) == []
    assert batched.sql("SELECT count(*) FROM events").rows == [(240,)]


def test_a_condition_cannot_write_either(batched: Store, event_file: Path) -> None:
    with pytest.raises(InputError):
        batched.events(f"id IN (WITH x AS (COPY (SELECT 1 AS a) TO '{event_file.absolute()}') SELECT a FROM x)")
    assert batched.verify(leftovers=True) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM '{file}'",
        "SELECT id FROM '{folder}/**/*.parquet'",
        "WITH x AS (SELECT id FROM '{file}') SELECT count(*) FROM x",
        "SELECT * FROM (WITH \"{file}\" AS (SELECT 1) SELECT 1), '{file}'",
        'SELECT id FROM "{stem}".parquet',
        "DESCRIBE '{file}'",
        "SELECT 1 WHERE EXISTS (FROM '{file}')",
    ],
)
def test_an_event_file_cannot_be_read_past_the_views(batched: Store, event_file: Path, query: str) -> None:
    path = event_file.absolute()
    with pytest.raises(InputError, match="is no view; the views are events"):
        batched.sql(query.format(file=path, folder=batched.folder / "events", stem=path.with_suffix("")))
    assert batched.sql("SELECT count(*) FROM main.events").rows == [(240,)]
    assert batched.sql('WITH "my part" AS (FROM events) SELECT count(*) FROM "my part"').rows == [(240,)]


@pytest.mark.parametrize(
    ("query", "wants"),
    [
        ("FROM documents", True),
        ("SELECT d.* FROM documents d", True),
        ("SELECT length(TEXT) FROM documents", True),
        ("SELECT d FROM documents d", True),
        ("SELECT count(*) FROM documents", False),
        ("SELECT 2 * characters FROM documents", False),
    ],
)
def test_texts_are_loaded_only_where_a_query_asks_for_them(
    filled: Store, monkeypatch: pytest.MonkeyPatch, query: str, wants: bool
) -> None:
    asked: list[bool] = []
    real = Views._table
    monkeypatch.setattr(Views, "_table", lambda self, name, text: asked.append(text) or real(self, name, text))
    told = filled.sql(query)
    assert asked == [wants]
    if query == "FROM documents":
        assert "text" in told.columns


def test_an_error_of_the_query_is_not_blamed_on_the_files(batched: Store) -> None:
    with pytest.raises(InputError, match="wrong on purpose"):
        batched.sql("SELECT error('wrong on purpose')")


def test_a_question_that_trips_over_an_altered_byte_names_the_file(batched: Store, event_file: Path) -> None:
    whole = event_file.read_bytes()
    noticed = []
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.97):
        for at in range(int(len(whole) * part), int(len(whole) * part) + 8):
            event_file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            with Store(batched.folder) as again:
                noticed.append(said(again))
    # Towards the end lies what the file says of itself, where a question need not trip.
    assert sum(told is not None for told in noticed) >= 8
    assert all(told is None or event_file.name in told for told in noticed)


def said(store: Store) -> str | None:
    """What a store says when all its documents and events are asked for; None where it gives them."""
    try:
        list(store.coded())
    except StoreError as error:
        return str(error)
    return None


def test_a_query_spills_nothing_into_the_working_directory(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    places = filled.sql("SELECT current_setting('allowed_directories')").rows[0][0]
    assert not [place for place in places if place.startswith(str(tmp_path)) and not place.endswith("/store/events/")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_a_file_that_may_not_be_read_is_a_line_and_no_traceback(
    batched: Store, event_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    event_file.write_bytes(b"x" * event_file.stat().st_size)
    monkeypatch.setattr("foedus.store.views.digest", refuse)
    with pytest.raises(StoreError, match=r"not to be read \(Permission denied\); see: foedus store verify"):
        batched.sql("SELECT count(quote) FROM events")
