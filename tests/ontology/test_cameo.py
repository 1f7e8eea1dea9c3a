"""CAMEO codes: complete families, string codes, and PLOVER types that the codebook would choose."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.ontology import plover
from foedus.ontology.cameo import cameo, codes


def test_all_twenty_families_are_there() -> None:
    assert {code for code in codes() if len(code) == 2} == {f"{n:02}" for n in range(1, 21)}
    assert len(codes()) >= 250
    assert all(code[:3] in codes() and code[:2] in codes() for code in codes())


def test_types_and_modes_are_plovers() -> None:
    for entry in codes().values():
        if entry.type is None:
            assert entry.root == "01"
            assert entry.mode is None
        else:
            assert entry.mode is None or entry.mode in plover.types()[entry.type].modes, entry
        assert entry.context is None or entry.context in plover.contexts(), entry


@pytest.mark.parametrize(
    ("code", "kind", "mode"),
    [
        ("010", None, None),
        ("042", "CONSULT", "visit"),
        ("057", "SUPPORT", None),
        ("0871", "RETREAT", "ceasefire"),
        ("085", "CONCEDE", None),
        ("112", "ACCUSE", "allege"),
        ("1222", "REJECT", "assist"),
        ("163", "SANCTION", None),
        ("191", "COERCE", "restrict"),
        ("195", "ASSAULT", "aerial"),
        ("1952", "ASSAULT", "drone"),
    ],
)
def test_known_codes(code: str, kind: str | None, mode: str | None) -> None:
    assert (cameo(code).type, cameo(code).mode) == (kind, mode)


def test_unknown_digits_fall_back_and_numbers_are_refused() -> None:
    assert cameo("0319").code == "031"
    assert cameo("10").name != cameo("010").name
    with pytest.raises(InputError, match="strings"):
        cameo(10)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no CAMEO code"):
        cameo("99")


def test_goldstein_agrees_with_a_real_gdelt_slice() -> None:
    path = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "events" / "gdelt2_20170701.export.CSV"
    if not path.exists():
        pytest.skip(f"needs research data: {path} (set FOEDUS_RESEARCH_DATA)")
    seen = set()
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle, delimiter="\t"):
            code, value = row[26], float(row[30])
            assert code in codes(), code
            assert cameo(code).goldstein == value, (code, value)
            seen.add(code)
    assert len(seen) > 100
