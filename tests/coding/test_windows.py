from hypothesis import given
from hypothesis import strategies as st

from foedus.actors.mentions import find
from foedus.coding import decide
from foedus.coding.windows import KINDS, LEAD, LONGEST, PLACES, Pieces, cut, hidden, layout, padded, stand_in, windows

SENTENCES = (
    "Peru condemned Chile, and Peru left.",
    "The Peruvian envoy, Alan García, met Chilean and Bolivian officials.",
)


def pieces(*texts):
    model = decide.decider()
    starts = [[k for k, c in enumerate(text) if not k or text[k - 1] == " "] for text in texts]
    return cut(model._tokenizer, texts, starts, [hidden(find(text, "2008-01-01")) for text in texts])


def test_the_same_actor_keeps_its_stand_in_through_a_window_under_all_its_names():
    first, second = pieces(*SENTENCES)
    made = layout([first, second])
    number = {}
    for sentence, offset in zip((first, second), made.offsets, strict=True):
        for at, piece in enumerate(sentence.ids):
            if piece < 0:
                name = sentence.names[-1 - piece]
                kind, n = divmod(made.ids[offset + at] - stand_in(0, 0), PLACES)
                assert kind == name.kind
                assert number.setdefault(name.code, n) == n
    assert len(set(number.values())) == len(number) == 3


def test_what_was_named_before_is_known_to_the_next_sentence_only():
    made = layout(pieces(*SENTENCES))
    assert made.before[0] == {}
    assert set(made.before[1]) == {"PER", "CHL"}


def test_training_may_number_the_actors_otherwise():
    (sentence,) = pieces(SENTENCES[0])
    usual, other = layout([sentence]), layout([sentence], {"PER": 7, "CHL": 3})
    assert stand_in(0, 7) in other.ids
    assert len(usual.ids) == len(other.ids)


def test_no_stand_in_is_a_word_of_the_tokenizer():
    tokenizer = decide.decider()._tokenizer
    names = {tokenizer.id_to_token(stand_in(k, n)) for k in range(len(KINDS)) for n in range(PLACES)}
    assert len(names) == len(KINDS) * PLACES
    assert all(name.startswith("[unused") for name in names)


@given(st.lists(st.integers(0, 400), max_size=40))
def test_every_sentence_is_decided_once_and_windows_stay_short(lengths):
    made = list(windows(lengths))
    assert [k for w in made for k in range(w.own, w.end)] == list(range(len(lengths)))
    for w in made:
        size = 1 + sum(n + 1 for n in lengths[w.first : w.end])
        assert size <= LONGEST or w.end - w.first == 1
        assert sum(n + 1 for n in lengths[w.first : w.own]) <= LEAD


@given(st.lists(st.lists(st.integers(200, 300), max_size=90), min_size=1, max_size=4))
def test_a_laid_out_window_never_exceeds_what_the_encoder_reads(rows):
    made = layout([Pieces(row, [], []) for row in rows])
    assert len(made.ids) <= LONGEST
    assert made.ids[-1] == 102
    ids, mask = padded([made.ids, [1, 2]])
    assert ids.shape == mask.shape
    assert mask.sum() == len(made.ids) + 2
