from foedus.coding.workers import code_in_processes
from foedus.model.document import Document


class Counting:
    """A back end that can be sent to another process."""

    version = "counting-1"

    def code_batch(self, documents):
        return [[len(document.text)] for document in documents]


def test_results_come_back_in_order_whatever_the_batches():
    documents = [Document("x" * n, id=str(n)) for n in range(1, 12)]
    got = list(code_in_processes(Counting(), iter(documents), workers=2, batch_size=3))
    assert [document.id for document, _ in got] == [document.id for document in documents]
    assert [events for _, events in got] == [[n] for n in range(1, 12)]
