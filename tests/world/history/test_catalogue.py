from __future__ import annotations

import re

import pytest

from foedus.errors import DataError
from foedus.world.history.catalogue import catalogue, citations, dataset, references


def test_every_entry_can_be_cited_and_found() -> None:
    for entry in catalogue().values():
        assert entry.cite, entry.name
        assert all(key in references() for key in entry.cite), entry.name
        assert entry.page.startswith("http")
        assert entry.licence
        assert entry.version
        if entry.url:
            assert entry.url.startswith("https://")
            assert entry.url.endswith(entry.file)
            if entry.sha256:
                assert re.search(r"/[0-9a-f]{40}/", entry.url), "a moving branch would change under the checksum"
        if entry.sha256:
            assert re.fullmatch(r"[0-9a-f]{64}", entry.sha256)
            assert entry.size


def test_the_tables_that_panels_read_are_all_listed() -> None:
    from foedus.panel.sources import SPANS

    assert set(SPANS) <= set(catalogue())


def test_bibtex_is_well_formed_and_names_the_version() -> None:
    text = citations(catalogue(), "bibtex")
    assert text.count("{") == text.count("}")
    entries = text.split("\n\n")
    assert len(entries) == len(references())
    for entry in entries:
        assert re.match(r"@(article|book|misc|incollection)\{\w+,\n  author = \{", entry), entry
        assert re.search(r"note = \{Data: .+ \S+\}\n\}$", entry), entry


def test_one_work_for_two_tables_is_cited_once() -> None:
    text = citations(["gml_part", "gml_dirdisp", "states (shipped)"])
    assert text.count("Gibler") == 1
    assert "[gml_part 2.2.1, gml_dirdisp 2.2.1]" in text


def test_unknown_name() -> None:
    with pytest.raises(DataError, match="see `foedus data list`"):
        dataset("zzzz")
