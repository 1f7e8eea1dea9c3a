from __future__ import annotations

from foedus.ledger.matching import group, shared, stems
from foedus.model.event import Event


def told(quote, document="d1", start=0, **more):
    return Event("A", "B", "AID", quote=quote, document=document, start=start, end=start + len(quote), **more)


def test_share_of_words_is_of_the_shorter_text():
    one, other = stems("Russia sent forty tanks to the border"), stems("forty tanks")
    assert shared(one, other) == 1.0
    assert shared(one, frozenset()) == 0.0


def test_the_same_deed_of_the_same_day_is_one_however_it_is_worded():
    acts = group([told("Tanks rolled in.", date="2022-02-24"), told("Armour arrived.", "d2", date="2022-02-24")])
    assert [len(act) for act in acts] == [2]


def test_inside_one_document_two_sentences_tell_of_two_acts_unless_they_are_alike():
    apart = [told("It gave flour.", date="2022-02-24"), told("It lent a ship.", start=40, date="2022-02-24")]
    alike = [told("It gave flour and sugar.", date="2022-02-24"), told("It gave sugar.", start=40, date="2022-02-24")]
    assert len(group(apart)) == 2
    assert len(group(alike)) == 1


def test_an_undated_report_joins_the_dated_act():
    dated = told("Wagons with grain crossed the bridge.", date="2022-02-24")
    bare = told("Grain in wagons crossed a bridge.", "d2")
    published = {"d1": "2022-02-25", "d2": "2022-02-26"}
    assert [len(act) for act in group([bare, dated], published)] == [2]


def test_reports_published_far_apart_are_not_one_act():
    one, other = told("Grain crossed the bridge."), told("Grain crossed the bridge.", "d2")
    assert len(group([one, other], {"d1": "2022-02-25", "d2": "2022-05-26"})) == 2
