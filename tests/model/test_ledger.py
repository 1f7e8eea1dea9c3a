from __future__ import annotations

import json

import pytest

from foedus.model.ledger import FRAME_COLUMNS, Act, Ledger, Report, count


def act(key, section="word", direction="for", standing="stands", **more):
    return Act(
        id=key, section=section, direction=direction, standing=standing, actor="RUS", recipient="IRN", type="SUPPORT",
        mode=None, polarity="positive", modality="actual", date=None, dated="none", weight=3.0,
        reports=(Report("d1", 0, 4, "Text"), Report("d2", 0, 4, "Text")), **more,
    )  # fmt: skip


BOOK = Ledger(
    "RUS", "IRN", ("USA",), None, None,
    (
        act("w"), act("d", "deed"), act("a", "deed", "against"), act("r", "refusal", "against"), act("c", standing="claimed"),
        act("h", "deed", standing="historical"), act("n", "withheld"),
    ),
    "1",
)  # fmt: skip


def test_only_what_stands_is_counted_in_the_headline():
    assert {name: number.acts for name, number in BOOK.counts.items() if number.acts} == {
        "words": 1, "deeds": 1, "withheld": 1, "refusals": 1, "against": 1, "claims": 1, "historical": 1,
    }  # fmt: skip


def test_intensity_has_a_sign_and_what_was_withheld_weighs_nothing():
    assert BOOK.act("w").intensity == 3
    assert BOOK.act("a").intensity == -3
    assert BOOK.act("n").intensity == 0
    assert count((BOOK.act("w"), BOOK.act("a"))).intensity == 0
    assert BOOK.act("w").sources == 2
    with pytest.raises(KeyError):
        BOOK.act("missing")


def test_plain_values_and_a_frame():
    assert json.loads(json.dumps(BOOK.to_dict()))["counts"]["words"]["reports"] == 2
    frame = BOOK.to_frame()
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert len(frame) == 7
