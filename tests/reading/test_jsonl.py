from __future__ import annotations

import io
import json

import pytest

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.jsonl import read_json, read_jsonl
from foedus.reading.options import Options


def outcomes(data: bytes, **options: object) -> list[Document | SourceError]:
    return list(read_jsonl(io.BytesIO(data), "f", "f", Options(**options)))  # type: ignore[arg-type]


def test_bad_lines_give_errors_and_the_others_documents() -> None:
    good = json.dumps({"id": "1", "text": "Russia refused to help."}).encode()
    found = outcomes(
        b"\xef\xbb\xbf" + good + b"\n{broken\n\n[1]\n" + good.replace(b'"1"', b'"2"') + b"\n" + b'{"x": 1}'
    )
    assert [one.id if isinstance(one, Document) else one.source for one in found] == [
        "1",
        "f line 2",
        "f line 4",
        "2",
        "f line 6",
    ]


def test_line_over_the_limit_is_named_and_skipped() -> None:
    found = outcomes(b'{"text": "' + b"x" * 300_000 + b'"}\n{"text": "Russia refused."}\n', max_mb=0.1)
    assert isinstance(found[0], SourceError)
    assert "0.1 MB" in str(found[0])
    assert isinstance(found[1], Document)


def test_reads_as_it_goes() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = b'{"text": "Russia refused to help."}\n'
            buffer[: len(line)] = line
            return len(line)

    found = read_jsonl(io.BufferedReader(Endless(), 64), "f", None, Options(language="en"))  # type: ignore[arg-type]
    assert all(isinstance(next(found), Document) for _ in range(50))


@pytest.mark.parametrize("value", [{"text": "a b"}, [{"text": "a b"}], {"articles": [{"text": "a b"}]}])
def test_json_values(value: object) -> None:
    found = list(read_json(io.BytesIO(json.dumps(value).encode()), "f", None, Options()))
    assert [one.text for one in found if isinstance(one, Document)] == ["a b"]


@pytest.mark.parametrize("data", [b"[", b"{}", b"[]", b"3", b"[" * 100_000])
def test_json_at_fault(data: bytes) -> None:
    (error,) = list(read_json(io.BytesIO(data), "f", None, Options()))
    assert isinstance(error, SourceError)
    assert "\n" not in str(error)


def test_an_address_that_is_none_stops_nothing() -> None:
    first, second = outcomes(b'{"text": "Chile thanked Peru.", "url": "http://[::1"}\n{"text": "Peru waited."}\n')
    assert isinstance(first, Document)
    assert (first.text, first.url) == ("Chile thanked Peru.", None)
    assert isinstance(second, Document)


def test_a_number_without_end_is_told_in_plain_words() -> None:
    (error,) = outcomes(b'{"text": "Peru waited.", "n": ' + b"9" * 5000 + b"}\n")
    assert isinstance(error, SourceError)
    assert "number of thousands of digits" in str(error)


def test_what_nobody_foresaw_costs_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.reading import records

    def broken(draft: object, name: str, options: object) -> Document:
        if "Chile" in draft.original:  # type: ignore[attr-defined]
            raise ZeroDivisionError("no\nway")
        return kept(draft, name, options)  # type: ignore[arg-type]

    kept = records.finish
    monkeypatch.setattr(records, "finish", broken)
    error, document = outcomes(b'{"text": "Chile thanked Peru."}\n{"text": "Peru waited."}\n')
    assert isinstance(error, SourceError)
    assert (error.source, "ZeroDivisionError: no way" in error.reason) == ("f line 1", True)
    assert isinstance(document, Document)
