"""Where the words name the wrong side, the act falls on whom the story so far has told of."""

from dataclasses import replace

import pytest

from foedus.coding.candidates import candidates
from foedus.coding.entities import Ref
from foedus.coding.story import retold


@pytest.fixture
def told(read, at):
    """Whom an act at a word falls on, as the story of some clashes has it; "-" where it is ruled out.

    The rules' accusation or threat stands beside it in the sentence; `at_` is the word that names whom it was given to.
    """

    def tell(text, word, kind, actor, whom, clashes, at_=None):
        (any_,) = candidates(read("Peru attacked Bolivia."))
        entities = read(text)
        entities.discourse.dealings.clashes += clashes
        made = candidates(entities)
        i = at(entities, word)
        where = i if at_ is None else at(entities, at_)
        how = "answered" if at_ is None else "object"
        given = replace(
            any_, word=i, type=kind, actor=Ref(actor, "subject", 0, 1), recipient=Ref(whom, how, where, where + 1)
        )
        after = retold(entities, given, made)
        return "-" if after is None else after.recipient and after.recipient.code

    return tell


HELP = "Peru threatened to help Bolivia."
CONDEMNED = "Peru condemned the Chilean attack."


@pytest.mark.parametrize(
    ("clashes", "threatened"),
    [
        ([("CHL", "BOL")], "CHL"),
        ([("ARG", "BOL"), ("CHL", "BOL")], "CHL"),
        ([], None),
        ([("PER", "BOL")], "-"),
    ],
)
def test_who_threatens_to_help_threatens_the_other_side(told, clashes, threatened):
    assert told(HELP, "threatened", "THREATEN", "PER", "BOL", clashes, "Bolivia") == threatened


def test_any_other_threat_is_to_whom_it_names(told):
    text = "Peru threatened to attack Bolivia."
    assert told(text, "threatened", "THREATEN", "PER", "BOL", [("CHL", "BOL")], "Bolivia") == "BOL"


@pytest.mark.parametrize(
    ("clashes", "attacked"),
    [
        ([("CHL", "BOL")], "BOL"),
        ([], "PER"),  # the victim itself may well condemn it
        ([("CHL", "PER"), ("CHL", "BOL")], "PER"),
    ],
)
def test_who_condemns_an_attack_was_not_attacked_where_the_story_knows_of_another(told, clashes, attacked):
    assert told(CONDEMNED, "attack", "ASSAULT", "CHL", "PER", clashes) == attacked
