from __future__ import annotations

import threading

from foedus.store.store import Store


def test_each_thread_has_its_own_connection_and_a_closed_store_opens_again(store: Store) -> None:
    mine = store._db
    assert store._db is mine
    others = []
    thread = threading.Thread(target=lambda: others.append(store._db))
    thread.start()
    thread.join()
    assert others[0] is not mine
    store.close()
    assert store.stats()["documents"] == 0
    assert store._db is not mine


def test_leaving_the_block_lets_the_connection_go(store: Store) -> None:
    with store as opened:
        assert opened is store
        assert getattr(store._local, "db", None) is not None
    assert getattr(store._local, "db", None) is None
