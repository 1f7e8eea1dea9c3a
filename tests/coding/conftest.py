import datetime as dt

import pytest

from foedus.actors.mentions import find
from foedus.coding.discourse import Discourse
from foedus.coding.entities import Entities, place
from foedus.coding.parse import Sentence, parse


@pytest.fixture(scope="session")
def read():
    """Parses sentences of one document in order; gives the entities of each."""

    def run(*texts, on="2020-06-30"):
        discourse, made = Discourse(), []
        for index, text in enumerate(texts):
            (sentence,) = parse([Sentence(text, 0, index)])
            entities = Entities(sentence, place(sentence, find(text, dt.date.fromisoformat(on))), discourse)
            made.append(entities)
            if index < len(texts) - 1:
                discourse.close(entities)
        return made[-1]

    return run


@pytest.fixture(scope="session")
def at():
    """The place of a word in a sentence."""
    return lambda entities, word: entities.sentence.words.index(word)
