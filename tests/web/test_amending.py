import pytest

from foedus.errors import InputError
from foedus.model.event import Event
from foedus.web.amending import amended

EVENT = Event("RUS", "IRN", "REQUEST", mode="yield", speaker="XYZ")


def test_names_become_codes_and_types_capitals():
    given = {"actor": " Pakistan ", "recipient": "chn", "type": "aid", "historical": True, "date": ""}
    found = amended(Event("RUS", "IRN", "AID"), given)
    assert found == {"actor": "PAK", "recipient": "CHN", "type": "AID", "historical": True, "date": None}


@pytest.mark.parametrize("name", ["Atlantis", "IRNX", "IRN,RUS", "<b>"])
def test_an_actor_that_nobody_knows_is_refused(name):
    with pytest.raises(InputError, match="actor"):
        amended(EVENT, {"recipient": name})


def test_entities_of_the_event_itself_and_vague_ones_may_stand():
    assert amended(EVENT, {"actor": "xyz", "speaker": "media"}) == {"actor": "XYZ", "speaker": "MEDIA"}


def test_a_mode_must_be_one_of_its_type():
    assert amended(EVENT, {"mode": "assist"}) == {"mode": "assist"}
    with pytest.raises(InputError, match="REQUEST has no mode 'hug'; choose from assist"):
        amended(EVENT, {"mode": "hug"})
    with pytest.raises(InputError, match="SUPPORT has no mode 'yield'; leave it empty"):
        amended(EVENT, {"type": "SUPPORT", "mode": "yield"})


def test_a_mode_goes_with_its_type():
    assert amended(EVENT, {"type": "support"}) == {"type": "SUPPORT", "mode": None}
    assert amended(EVENT, {"actor": "PAK"}) == {"actor": "PAK"}
