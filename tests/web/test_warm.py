import threading

from foedus.errors import CrisisError
from foedus.web import warm
from foedus.web.ask import Ask
from foedus.web.warm import Keeper

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")


def test_it_keeps_up_with_what_is_asked_and_survives_a_fault(monkeypatch):
    monkeypatch.setattr(warm, "EVERY", 0.01)
    monkeypatch.setattr(warm, "FIRST", 0.0)
    seen, first, done = [], [], threading.Event()

    def renew(ask):
        seen.append(ask)
        if len(seen) == 2:
            raise CrisisError("no crisis")
        if seen.count(ASK) > 2:
            done.set()

    keeper = Keeper(renew, first.append)
    keeper.asked(ASK)
    keeper.start()
    assert done.wait(10)
    keeper.stop()
    assert set(seen) == {Ask(), ASK}
    assert first.count(Ask()) == first.count(ASK) == 1


def test_only_the_latest_questions_are_kept_up_with(monkeypatch):
    keeper = Keeper(lambda ask: None)
    for number in range(1, 9):
        keeper.asked(Ask(since=f"2025-06-0{number}"))
    assert [ask.since for ask in keeper.questions()] == [None, "2025-06-05", "2025-06-06", "2025-06-07", "2025-06-08"]
    monkeypatch.setattr(warm, "ASKED", -1.0)
    assert keeper.questions() == [Ask()]
