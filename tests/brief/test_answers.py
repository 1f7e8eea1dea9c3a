from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from foedus.brief.answers import (
    NO_STATE,
    NO_TREATY,
    answer,
    commitments,
    duty_line,
    foremost,
    parted,
    shared,
    silent,
    standing,
    weightiest,
)
from foedus.brief.model import CrisisPart
from foedus.ledger.ledger import ledger
from foedus.model.crisis import Crisis
from foedus.model.event import Event
from foedus.world.duties import duties
from foedus.world.world import World


def book(supporter="OMN", *types, client="IRN", adversaries=("ISR",)):
    events = [
        Event(
            supporter, client, kind, quote=f"Sentence {place}.", start=place * 500, end=place * 500 + 11, document="d"
        )
        for place, kind in enumerate(types)
    ]
    return ledger(events, supporter=supporter, client=client, adversaries=adversaries)


def test_the_line_counts_words_deeds_and_offers_to_mediate():
    line = answer(book("OMN", "SUPPORT", "AID", "REJECT"), [], "", mediations=2).line
    assert line == f"Oman → Iran: 1 statement, 1 deed, 1 refusal, 2 offers or attempts to mediate; {NO_TREATY}."


def test_what_is_told_so_far_has_the_figures_of_the_line():
    one = answer(book("OMN", "SUPPORT", "REJECT"), [], "", mediations=1)
    assert one.told == "1 statement, 1 refusal, 1 offer or attempt to mediate"
    assert one.told.split(", ")[1:] == one.line.split(";")[0].split(", ")[2:]


def test_two_treaties_that_ask_the_same_are_told_once_by_the_surer():
    pact = SimpleNamespace(title="Pact", kind="treaty")
    found = [
        SimpleNamespace(state="OMN", toward="IRN", asks="consult", status=status, treaty=pact)
        for status in ("arguable", "triggered")
    ]
    assert duty_line(book("OMN", "SUPPORT"), found) == "treaty: consult, no duty to defend"


def test_a_body_is_not_said_to_lack_treaties():
    assert duty_line(book("EU", "SUPPORT"), []) == NO_STATE
    assert duty_line(book("OMN", "SUPPORT"), []) == NO_TREATY


def test_thin_answers_share_a_line_only_where_there_are_many():
    full = answer(book("OMN", "SUPPORT", "AID"), [], "")
    thin = [answer(book(code, "SUPPORT"), [], "") for code in ("QAT", "KWT", "JOR", "EGY", "TUR")]
    assert parted([full, *thin[:2]]) == ([full, *thin[:2]], [])
    kept, together = parted([full, *thin])
    assert (kept, together) == ([full], thin)
    assert shared(together[:2]) == ["One act at most, towards Iran: Qatar (1 statement), Kuwait (1 statement)."]


def test_who_is_bound_keeps_a_line_of_its_own():
    thin = [answer(book(code, "SUPPORT"), [], "") for code in ("QAT", "KWT", "JOR", "EGY", "TUR")]
    bound = replace(answer(book("CHN", "SUPPORT"), [], ""), duty="treaty: consult, no duty to defend")
    assert parted([bound, *thin])[0] == [bound]
    assert bound.told == "1 statement"


def owed(attacked, by, day):
    return duties(Crisis([attacked], [by], day), World.shipped())


def rows(attacked, by, day, supporters, **more):
    return commitments(owed(attacked, by, day), supporters, CrisisPart((attacked,), (), day, "given"), **more)


def test_a_declaration_is_called_one_and_an_attack_of_ones_own_breaks_it():
    found = owed("POL", "SUN", "1939-05-01")
    quiet = book("GBR", "SUPPORT", client="POL", adversaries=("SUN",))
    assert duty_line(quiet, found) == "declaration: duty to defend"
    assert parted([answer(quiet, found, "")] * 6)[1] == []
    hostile = book("GBR", "SUPPORT", "ASSAULT", client="POL", adversaries=("SUN",))
    assert duty_line(hostile, found) == "declaration: duty to defend, broken by its own attack"
    told = rows("POL", "SUN", "1939-05-01", ["GBR"], broken={("GBR", "POL")})
    assert told[0].reason.endswith("The United Kingdom breaks it by an attack of its own.")


def test_standing_promises_share_a_line_after_the_duties():
    told = rows("LVA", "BLR", "2010-01-01", ["EST", "LTU", "POL"])
    first = weightiest(row for row in told if foremost([], row))
    assert [(supporters, row.asks) for supporters, row in first[:3]] == [
        (["EST", "LTU", "POL"], "defend"),
        (["EST", "LTU", "POL"], "defend"),
        (["EST", "LTU", "POL"], "consult"),
    ]
    assert all(row.asks != "not aggress" for _, row in first)
    assert standing(told).startswith("Standing promises of no aggression: Estonia, Lithuania and Poland → Latvia")
    assert standing([]) == ""


def test_a_state_only_named_is_told_by_its_promise_to_defend():
    told = rows("TZA", "MOZ", "2015-01-01", [], named=["ZMB", "FRA"])
    assert {(row.supporter, row.asks) for row in told} == {("ZMB", "defend")}
    assert all(foremost([], row) for row in told)


def test_of_who_is_named_or_acts_for_neither_nobody_says_that_it_is_silent():
    pact = SimpleNamespace(title="Pact")
    bound = [
        SimpleNamespace(state=code, side="attacked", asks="defend", status="triggered", treaty=pact)
        for code in ("OMN", "QAT", "KWT", "JOR")
    ]
    assert silent(bound, ["JOR"], ["QAT"], ["OMN"], {"OMN", "QAT"}) == (
        "Bound to defend (triggered), named, but no act found: Qatar (Pact)",
        "Bound to defend (triggered), yet without word or deed in these sources: Kuwait (Pact)",
        "Acts towards both sides or neither, or in the background, only: Oman",
    )


def test_a_treaty_of_many_that_promises_others_alone_is_not_told():
    told = rows("RUS", "AZE", "2020-11-09", ["GBR"])
    assert not [row for row in told if "Budapest" in row.treaty], "it assures Ukraine, Belarus and Kazakhstan"
    assert [row for row in rows("UKR", "RUS", "2022-02-24", ["GBR"]) if "Budapest" in row.treaty]
