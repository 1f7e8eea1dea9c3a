"""Keeps the views at hand: works them out when the workbench starts and again after the store has changed."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from foedus.errors import FoedusError
from foedus.web.ask import Ask

_LOG = logging.getLogger("foedus.web")
EVERY: Final = 1.0
"""Seconds between two looks at the store."""
FIRST: Final = 1.0
"""Seconds that the first visitor has for himself before the work behind the pages begins."""
ASKED: Final = 600.0
"""Seconds for which a question that somebody asked is kept up with."""
MOST: Final = 4
NAME: Final = "foedus-keeper"


class Keeper:
    """A thread that asks what people ask, so that they need not wait for the answer.

    `renew` brings the view of a question up to date; `first` is told once, after the first view stands.
    """

    def __init__(self, renew: Callable[[Ask], Any], first: Callable[[Ask], Any] = lambda _: None) -> None:
        self._renew = renew
        self._first = first
        self._asked: OrderedDict[Ask, float] = OrderedDict()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=NAME, daemon=True)

    def start(self) -> None:
        """Begin; the view without a question is always kept up with."""
        self._thread.start()

    def stop(self) -> None:
        """End after the work in hand."""
        self._stop.set()

    def asked(self, ask: Ask) -> None:
        """Somebody looks at this question."""
        if ask == Ask():
            return
        with self._lock:
            self._asked[ask] = time.monotonic()
            self._asked.move_to_end(ask)
            while len(self._asked) > MOST:
                self._asked.popitem(last=False)

    def questions(self) -> list[Ask]:
        """The questions kept up with, the open one first."""
        now = time.monotonic()
        with self._lock:
            for ask in [ask for ask, at in self._asked.items() if now - at > ASKED]:
                del self._asked[ask]
            return [Ask(), *self._asked]

    def _run(self) -> None:
        begun: set[Ask] = set()
        self._stop.wait(FIRST)
        while not self._stop.is_set():
            for ask in self.questions():
                try:
                    self._renew(ask)
                    if ask not in begun:
                        begun.add(ask)
                        self._first(ask)
                except FoedusError as error:
                    _LOG.info("nothing to keep up with: %s", error)
                except Exception:
                    # Whoever asks next makes it in the open and is told what is wrong.
                    _LOG.exception("a view could not be renewed")
                    self._stop.wait(10 * EVERY)
            self._stop.wait(EVERY)
