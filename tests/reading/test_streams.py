from __future__ import annotations

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.streams import lines, open_stream, read_up_to


def test_gzip_is_opened_and_damage_ends_it_quietly() -> None:
    packed = gzip.compress(b"Russia refused. " * 20_000)
    whole = open_stream(io.BytesIO(packed))
    assert whole.head.startswith(b"Russia")
    assert len(whole.stream.read()) == 320_000
    assert not whole.damaged
    broken = open_stream(io.BytesIO(packed[: len(packed) // 2]))
    assert len(broken.stream.read()) < 320_000
    assert broken.damaged


@given(st.binary(max_size=300), st.integers(min_value=0, max_value=400))
def test_so_many_bytes_or_all_there_are(data: bytes, size: int) -> None:
    assert read_up_to(io.BytesIO(data), size) == data[:size]


def test_a_line_over_the_limit_is_skipped_and_counted() -> None:
    found = list(lines(io.BytesIO(b"a\n" + b"x" * 50 + b"\nb"), 10))
    assert found == [(1, b"a\n"), (2, None), (3, b"b")]
