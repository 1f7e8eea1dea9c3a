from __future__ import annotations

from foedus.reading.options import Options


def test_the_limit_is_told_in_its_own_unit() -> None:
    options = Options(max_mb=0.5)
    assert options.max_bytes == 500_000
    error = options.too_large("big.txt")
    assert error.source == "big.txt"
    assert "0.5 MB" in str(error)
