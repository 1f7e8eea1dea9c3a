import json

import pytest

from foedus.model.event import QUADS, Event, Span


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (Event("RUS", "IRN", "SUPPORT"), "word"),
        (Event("RUS", "IRN", "AID"), "deed"),
        (Event("RUS", "IRN", "AID", polarity="negative"), "withheld"),
        (Event("RUS", "IRN", "AID", modality="hypothetical"), "word"),
        (Event("RUS", "IRN", "REJECT", mode="assist"), "word"),
    ],
)
def test_words_deeds_and_withheld_deeds(event, kind):
    assert event.kind == kind


def test_sixteen_types_in_four_quads():
    assert len(QUADS) == 16
    assert len(set(QUADS.values())) == 4


def test_an_event_travels_as_json():
    plain = Event("RUS", "IRN", "AID", actor_span=Span(0, 6)).to_dict()
    assert json.loads(json.dumps(plain))["actor_span"] == [0, 6]
