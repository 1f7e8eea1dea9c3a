from __future__ import annotations

import pytest

from foedus.cli.sources import coded, codes, dated, writable
from foedus.errors import InputError, StoreError, UnknownActorError, UsageError


def test_codes_and_names_become_codes_once():
    assert codes("IRN, Russia,irn", "2025-06-22") == ["IRN", "RUS"]
    assert codes(None) == []
    with pytest.raises(UnknownActorError, match="Atlantis"):
        codes("Atlantis")


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises((StoreError, InputError)):
        coded(None, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_sources_or_a_store_not_both(tmp_path):
    with pytest.raises(InputError, match="not both"):
        coded(["a.txt"], tmp_path)


def test_a_list_that_names_nobody_is_a_mistake():
    with pytest.raises(UsageError, match="names nobody"):
        codes(" ,, ")


def test_what_is_read_is_never_written_over(tmp_path):
    (tmp_path / "a.jsonl").touch()
    with pytest.raises(InputError, match="one of the sources"):
        writable(tmp_path / "a.jsonl", [str(tmp_path)], None)
    with pytest.raises(InputError, match="belongs to the store"):
        writable(tmp_path / "catalogue.sqlite", None, tmp_path)
    writable(tmp_path / "b.jsonl", [str(tmp_path)], None)
    writable(None, [str(tmp_path)], None)


def test_a_date_is_told_by_its_option():
    dated(since="2025-02", until=None)
    with pytest.raises(InputError, match="--until '2025-02-30': there is no such day"):
        dated(since="2025-02", until="2025-02-30")
