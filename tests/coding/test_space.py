from foedus.coding.space import MOST_OPTIONS, predicates


def test_everybody_named_is_an_option_once_and_syntax_comes_first(read, at):
    entities = read("Peru, a friend of Brazil, condemned Chile in Lima.")
    (condemned,) = [p for p in predicates(entities) if p.word == at(entities, "condemned")]
    actors = [option.ref.code for option in condemned.actors]
    assert actors[0] == "PER"
    assert {"BRA", "CHL"} <= set(actors)
    assert len(actors) == len(set(actors)) <= MOST_OPTIONS
    assert (condemned.ruled, condemned.ruled_actors, condemned.ruled_recipients) == ("ACCUSE", {"PER"}, {"CHL"})


def test_a_verb_without_a_frame_is_still_a_predicate(read, at):
    entities = read("Peru resembles Chile.")
    assert [p.frame for p in predicates(entities) if p.word == at(entities, "resembles")] == [None]
