from __future__ import annotations

import os
import signal
import threading

import duckdb
import pytest

from foedus.store.interrupted import heard, was_stopped


def test_ctrl_c_during_a_query_is_a_keyboard_interrupt() -> None:
    link = duckdb.connect(config={"threads": 1})
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        # Hours of work in small pieces: the signal comes while DuckDB is at it, and is looked for between two of them.
        with pytest.raises(KeyboardInterrupt), heard():
            link.execute("SELECT sum(hash(range) % 7) FROM range(10000000000000)")
    finally:
        timer.join()
        link.close()


def test_other_faults_stay_what_they_are() -> None:
    with pytest.raises(RuntimeError, match="no memory"), heard():
        raise RuntimeError("no memory")


def test_a_library_that_was_being_loaded_calls_ctrl_c_an_import_error() -> None:
    error = ImportError("initialization failed")
    assert not was_stopped(error)
    error.__cause__ = KeyboardInterrupt()
    assert was_stopped(error)
