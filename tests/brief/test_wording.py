from __future__ import annotations

import pytest

from foedus.brief.wording import again, told
from foedus.model.event import Event, Span


def event(quote, word, kind="REJECT", **more):
    at = quote.index(word)
    return Event("CHL", "PER", kind, quote=quote, predicate_span=Span(at, at + len(word)), **more)


@pytest.mark.parametrize(
    ("quote", "word", "words"),
    [
        (
            "Chile denied that arms for Peru had crossed its soil, but closed a road.",
            "denied",
            "Chile denied that arms for Peru had crossed its soil",
        ),
        ("Chile denied arming Peru; it sent tents.", "denied", "Chile denied arming Peru"),
        ("Santiago denied it.", "denied", "Chile denied a charge or report concerning Peru"),
        ("Chile refused to condemn Peru's raid.", "refused", "Chile declined to condemn Peru"),
        ("Chile rejected Peru's demand.", "rejected", "Chile rejected a demand, charge or offer of Peru"),
    ],
)
def test_denials_and_what_was_declined_read_as_the_sentence_has_them(quote, word, words):
    assert told(event(quote, word)) == words


def test_an_act_denied_is_told_as_denied_and_once():
    quote = "Chile denied arming Peru."
    said, done = event(quote, "denied"), event(quote, "arming", "AID", polarity="negative")
    assert told(done) == "It is denied that Chile gave help to Peru"
    assert again(done, [said, done])
    assert not again(done, [done])
    assert not again(said, [said, done])
