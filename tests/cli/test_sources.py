from __future__ import annotations

import pytest

from foedus.cli.sources import coded, codes
from foedus.errors import InputError, StoreError, UnknownActorError


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
