"""Every document comes back once and in order, whatever texts break the coder, and wherever it is when it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store.coding import code_all


class Fragile:
    """Reads ahead of what it yields, as workers do, and breaks over the texts that say so."""

    version = "fragile-1"

    def __init__(self, ahead: int = 1, error: type[Exception] = RuntimeError) -> None:
        self.ahead = ahead
        self.error = error

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        stream = iter(documents)
        while taken := list(islice(stream, self.ahead)):
            for document in taken:
                if "break" in document.text:
                    raise self.error("no parse of this")
            for document in taken:
                yield document, [Event("RUS", "IRN", "AID", document=document.id)]


def texts(broken: list[bool]) -> list[Document]:
    return [Document(text="break" if one else "fine", id=f"d{i}") for i, one in enumerate(broken)]


@given(
    broken=st.lists(st.booleans(), max_size=80), ahead=st.integers(1, 9), workers=st.integers(1, 3)
)  # more than one group of documents, and more than one that breaks in each
def test_each_comes_once_in_order_and_only_those_at_fault_without_events(
    broken: list[bool], ahead: int, workers: int
) -> None:
    found = list(code_all(Fragile(ahead), iter(texts(broken)), workers))
    assert [document.id for document, _, _ in found] == [f"d{i}" for i in range(len(broken))]
    assert [not events for _, events, _ in found] == broken
    assert [reason is not None for _, _, reason in found] == broken


def test_the_reason_names_the_error_and_what_became_of_the_text() -> None:
    ((_, _, reason),) = code_all(Fragile(), iter(texts([True])))
    assert reason == "the coder failed on it (RuntimeError: no parse of this); it is kept without events"


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_whole_run_is_no_text_s_fault(workers: int) -> None:
    found = code_all(Fragile(error=InputError), iter(texts([False] * 40 + [True])), workers)
    with pytest.raises(InputError, match="no parse"):
        list(found)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_source_is_the_source_s(workers: int) -> None:
    def source() -> Iterator[Document]:
        yield from texts([False] * 3)
        raise InterruptedError("the disk is gone")

    with pytest.raises(InterruptedError, match="the disk is gone"):
        list(code_all(Fragile(), source(), workers))
