import pytest

from foedus.coding.naming import Naming


def codes(naming, text):
    return [mention.code for mention in naming.mentions(text)]


@pytest.mark.parametrize(
    ("published", "first", "then", "code"),
    [
        ("2018-04-15", "The Security Council met on Friday.", "Sweden asked the Council for an inquiry.", "UN"),
        ("2013-01-01", "The Arab League met on Friday.", "Qatar thanked the League.", "ARAB LEAGUE"),
        ("2004-01-01", "The African Union met on Friday.", "Sudan left the Union.", "AU"),
        ("1935-11-01", "Nothing was decided.", "Italy defied the League.", "LON"),
        ("2016-06-01", "Nothing was decided.", "Poland criticised the Union.", "EU"),
    ],
)
def test_a_body_named_in_full_is_known_by_its_last_word(published, first, then, code):
    naming = Naming(published)
    naming.mentions(first)
    assert codes(naming, then)[-1] == code


def test_the_title_names_in_full_too():
    assert codes(Naming("2013-01-01", "Arab League on Syria"), "Syria rejects the League.")[-1] == "ARAB LEAGUE"


@pytest.mark.parametrize(
    "text", ["The council of elders met.", "They toured the League of Gentlemen set.", "The Union Jack flew."]
)
def test_other_councils_and_unions_stay_words(text):
    assert codes(Naming("1900-01-01"), text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In 1979 Moscow did not strike China.", "SUN"),
        ("Moscow did not strike Kyiv.", "RUS"),
        ("Under the treaty of 1971 Moscow must consult Delhi.", "RUS"),
        ("Until 2021 Moscow kept troops there.", "RUS"),
    ],
)
def test_names_are_those_of_the_year_spoken_of(text, code):
    assert codes(Naming("2022-03-01"), text)[0] == code


def test_places_of_mentions_are_places_in_the_sentence():
    naming = Naming("2018-04-15")
    text = "Both told the Council so; the Council shrugged."
    found = naming.mentions(text)
    assert [text[m.start : m.end] for m in found] == ["Council", "Council"]
