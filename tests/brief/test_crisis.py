from __future__ import annotations

import pytest

from foedus.brief import crisis
from foedus.brief.text import lay_out
from foedus.errors import CrisisError


def texts(*coded):
    return [lay_out(f"d{place}", document, events) for place, (document, events) in enumerate(coded, 1)]


@pytest.mark.parametrize(
    ("key", "attacked", "attackers"),
    [
        ("a03", ("ARM",), {"AZE": "2022-09-13"}),
        ("a09", ("SYR",), {"USA": "2018-04-13", "GBR": "2018-04-13", "FRA": "2018-04-13"}),
        ("c03", ("EGY",), {"GBR": "1956-11-05", "FRA": "1956-11-05"}),
        ("c06", ("EGY", "JOR"), {"ISR": "1967-06-05"}),
        ("c24", ("VEN",), {"USA": "2025-09"}),
        ("b24", ("LBR",), {"LURD": "2003-07"}),
    ],
)
def test_crises_of_seven_decades_are_found(gold, key, attacked, attackers):
    found = crisis.find(texts(gold[key]))
    assert found.attacked == attacked
    assert {attack.attacker: attack.date for attack in found.attackers} == attackers


def test_a_text_that_looks_back_has_its_crisis_in_its_own_time(gold):
    found = crisis.find(texts(gold["c09"]))
    assert found.attacked == ("CYP",)
    assert found.looking_back
    assert "as history" in found.doubts[0]


@pytest.mark.parametrize("key", ["a06", "a15", "b15"])
def test_no_crisis_is_made_up(gold, key):
    with pytest.raises(CrisisError, match="--attacked IRN --by ISR,USA --on"):
        crisis.find(texts(gold[key]))


def test_what_is_given_is_not_overruled(gold):
    found = crisis.find(texts(gold["c03"]), ["ISR"], ["EGY"], "1956-10-29")
    assert (found.attacked, found.date, found.found) == (("ISR",), "1956-10-29", "given")
    assert found.attackers[0].dated == "given"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attacked": ["EGY"], "attackers": ["EGY"]}, "both|at once"),
        ({"on": "tomorrow"}, "no date"),
        ({"on": "2999-01-01"}, "future"),
        ({"attacked": ["FJI"]}, "--by ISR,USA"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(gold, settings, words):
    with pytest.raises(CrisisError, match=words) as told:
        crisis.find(texts(gold["c03"]), **settings)
    assert "\n" not in str(told.value)


def test_who_struck_back_is_not_the_attacker(story):
    coded = story(
        [
            (
                "Iran fired missiles at Israel in retaliation.",
                [{"actor": "IRN", "recipient": "ISR", "type": "ASSAULT", "date": "2025-06-14"}],
            ),
            (
                "Iran shelled Israel again in response.",
                [{"actor": "IRN", "recipient": "ISR", "type": "ASSAULT", "date": "2025-06-15"}],
            ),
            (
                "Israel bombed Iran on 13 June.",
                [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-13"}],
            ),
        ]
    )
    assert crisis.find(texts(coded)).attacked == ("IRN",)


def test_the_words_of_one_side_weigh_less_than_the_authors(story):
    claim = {"actor": "UKR", "recipient": "RUS", "type": "ASSAULT", "speaker": "RUS"}
    coded = story(
        [
            ("Moscow said Ukraine had fired first.", [claim]),
            ("Russian troops attacked Ukraine.", [{"actor": "RUS", "recipient": "UKR", "type": "ASSAULT"}]),
        ],
        published="2022-02-24",
    )
    found = crisis.find(texts(coded))
    assert found.attacked == ("UKR",)


def test_an_attacker_without_a_dated_act_takes_the_date_of_the_sentence_on_its_entry(story):
    strike = {"actor": "ISR", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-13"}
    coded = story(
        [
            ("Israel attacked Iran on June 13, 2025.", [strike]),
            ("Nobody helped after the U.S. airstrikes on Iranian nuclear facilities.", []),
            ("Before the United States joined the conflict on June 22, 2025, Putin weighed his options.", []),
        ]
    )
    found = crisis.find(texts(coded))
    assert {attack.attacker: (attack.date, attack.dated) for attack in found.attackers} == {
        "ISR": ("2025-06-13", "event"),
        "USA": ("2025-06-22", "sentence"),
    }
    assert found.date == "2025-06-22"


def test_an_old_attack_is_background(story):
    coded = story(
        [
            (
                "Iraq invaded Kuwait in 1990.",
                [{"actor": "IRQ", "recipient": "KWT", "type": "ASSAULT", "date": "1990-08-02"}],
            ),
            ("Israel struck Iran.", [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-13"}]),
        ]
    )
    assert crisis.find(texts(coded)).attacked == ("IRN",)


def test_groups_can_attack_and_be_attacked(story):
    coded = story(
        [("Hamas attacked Israel.", [{"actor": "HAMAS", "recipient": "ISR", "type": "ASSAULT", "date": "2023-10-07"}])],
        published="2023-10-08",
    )
    found = crisis.find(texts(coded))
    assert (found.attacked, found.attackers[0].attacker) == (("ISR",), "HAMAS")


def test_a_day_after_the_report_is_not_the_day_of_the_attack(story):
    strike = {"actor": "FRA", "recipient": "EGY", "type": "ASSAULT", "date": "1956-11-11"}
    found = crisis.find(texts(story([("France attacked Egypt on Sunday.", [strike])], published="1956-11-06")))
    assert (found.attackers[0].date, found.attackers[0].dated) == ("1956-11-06", "report")


def test_an_attack_told_of_as_a_noun_only_is_dated_by_its_report(story):
    found = crisis.find(texts(story([("Nobody approved of the French strikes on Syria.", [])], published="2018-04-15")))
    assert [(attack.attacker, attack.date, attack.dated) for attack in found.attackers] == [
        ("FRA", "2018-04-15", "report")
    ]


def attack(actor, recipient, **more):
    return {"actor": actor, "recipient": recipient, "type": "ASSAULT", **more}


def test_a_stray_blow_with_an_apology_does_not_outweigh_the_war(story):
    coded = story(
        [
            ("Chadian troops attacked Libya on Sunday.", [attack("TCD", "LBY", date="1987-09-06", confidence=0.6)]),
            (
                "Chad shot down an Egyptian helicopter and apologised.",
                [attack("TCD", "EGY", date="1987-09-07"), {"actor": "TCD", "recipient": "EGY", "type": "CONCEDE"}],
            ),
        ],
        published="1987-09-08",
    )
    assert crisis.find(texts(coded)).attacked == ("LBY",)


def test_a_blockade_is_a_use_of_force_and_a_near_rival_is_told(story):
    coded = story(
        [
            (
                "Chile imposed a naval blockade on Peru.",
                [{"actor": "CHL", "recipient": "PER", "type": "SANCTION", "confidence": 0.48}],
            ),
            ("A Bolivian missile shot down a Chilean plane on Saturday.", [attack("BOL", "CHL", date="1979-03-10")]),
        ],
        published="1979-03-11",
    )
    found = crisis.find(texts(coded))
    assert (found.attacked, found.attackers[0].attacker) == (("PER",), "CHL")
    assert any("--attacked CHL --by BOL" in doubt for doubt in found.doubts)


def test_what_answers_a_dated_attack_does_not_make_its_victim_the_attacker(story):
    coded = story(
        [
            ("Mali bombed nine sites in Niger on Wednesday.", [attack("MLI", "NER", date="2025-05-07")]),
            ("Niger said it had shot down five Malian jets.", [attack("NER", "MLI", speaker="NER")]),
            ("Niger's artillery shelled Malian villages.", [attack("NER", "MLI")]),
        ],
        published="2025-05-07",
        paragraphs=False,
    )
    assert crisis.find(texts(coded)).attacked == ("NER",)


def test_the_war_told_of_weeks_before_any_answer_began_with_its_attacker(story):
    first = story([("Ghana attacked Togo.", [attack("GHA", "TGO")])], key="s1", published="1982-04-02")
    later = story([("Togo attacked Ghana.", [attack("TGO", "GHA")])], key="s2", published="1982-05-24")
    assert crisis.find(texts(later, first)).attacked == ("TGO",)


def test_the_beginning_of_a_war_of_months_is_not_background(story):
    first = story([("Ghana attacked Togo on 1 June.", [attack("GHA", "TGO", date="1998-06-01")])], key="s1",
                  published="1998-06-06")  # fmt: skip
    later = story([("Togo shelled Ghana.", [attack("TGO", "GHA")])], key="s2", published="1999-02-20")
    assert crisis.find(texts(first, later)).attackers[0].date == "1998-06-01"


def test_an_attack_that_is_told_as_an_answer_only_is_told_with_that_doubt(story):
    coded = story([("Togo shelled Ghana in retaliation.", [attack("TGO", "GHA", date="1994-01-06")])],
                  published="1994-01-07")  # fmt: skip
    assert any("answer to another" in doubt for doubt in crisis.find(texts(coded)).doubts)
    plain = story([("Togo shelled Ghana.", [attack("TGO", "GHA", date="1994-01-06")])], published="1994-01-07")
    assert not crisis.find(texts(plain)).doubts


def test_fighting_at_home_makes_nobody_attacked_until_another_state_is_told_to_fight(story):
    home = ("Ghanaian forces attacked Hohoe.", [attack("GHA", "GHA", spans={"recipient": "Hohoe"})])
    troops = ("Togo massed troops against Ghana.", [{"actor": "TGO", "recipient": "GHA", "type": "MOBILIZE"}])
    with pytest.raises(CrisisError):
        crisis.find(texts(story([home, troops], published="1994-01-07")))
    strike = ("Togolese aircraft bombed Accra.", [attack("TGO", "GHA")])
    found = crisis.find(texts(story([home, strike], published="1994-01-07")))
    assert (found.attacked, found.attackers[0].attacker) == (("GHA",), "TGO")
    assert any("both ways" in doubt for doubt in found.doubts)


def test_an_earlier_blow_that_only_the_other_side_claims_does_not_turn_the_crisis_round(story):
    claim = attack("NER", "MLI", date="2024-06-02", speaker="MLI", spans={"predicate": "strike"})
    denial = attack("NER", "MLI", speaker="NER", spans={"predicate": "carrying"})
    coded = story(
        [
            ("Mali bombed a base in Niger on June 4.", [attack("MLI", "NER", date="2024-06-04")]),
            ("Bamako said that it had answered a strike by Niger on June 2.", [claim]),
            ("Niger denied carrying out the strike on Mali.", [denial]),
        ],
        published="2024-06-05",
    )
    found = crisis.find(texts(coded))
    assert (found.attacked, found.attackers[0].attacker, found.date) == (("NER",), "MLI", "2024-06-04")
    assert any("struck first, on 2 June 2024" in doubt for doubt in found.doubts)


def test_the_attackers_own_reason_does_not_turn_the_crisis_round(story):
    wire = story(
        [("Mali attacked Niger on June 4 in retaliation.", [attack("MLI", "NER", date="2024-06-04")])],
        key="s1", published="2024-06-05",
    )  # fmt: skip
    sentence = "Mali struck bases in Niger in response to the aggression of Niger against its posts on April 1."
    reason = attack("NER", "MLI", date="2024-04-01", spans={"predicate": "aggression"})
    statement = story(
        [(sentence, [reason])], key="s2", published="2024-06-05", title="Foreign Ministry of Mali: Statement"
    )
    assert crisis.find(texts(wire, statement)).attacked == ("NER",)


def test_the_day_of_an_others_strike_is_not_that_of_the_attack(story):
    coded = story(
        [
            ("Ghana bombed Togo.", [attack("GHA", "TGO")]),
            ("Ghana spoke of a Togolese drone strike on June 2.", []),
        ],
        published="2024-06-05",
    )
    assert [(one.date, one.dated) for one in crisis.find(texts(coded)).attackers] == [("2024-06-05", "report")]
    own = story(
        [("Ghana bombed Togo.", [attack("GHA", "TGO")]), ("Togo and Ghana began strikes on June 2.", [])],
        published="2024-06-05",
    )
    assert crisis.find(texts(own)).attackers[0].date == "2024-06-02"


def test_an_attack_told_of_in_passing_has_its_month_and_that_doubt(story):
    seizure = {"actor": "GHA", "recipient": "TGO", "type": "COERCE", "mode": "seize", "date": "1994-01"}
    passing = story(
        [
            (
                "Ghana, whose troops occupied Lomé in January, protested.",
                [seizure | {"spans": {"predicate": "occupied"}}],
            )
        ],
        published="1994-03-03",
    )
    found = crisis.find(texts(passing))
    assert (found.date, found.attackers[0].dated) == ("1994-01", "event")
    assert any("in passing" in doubt for doubt in found.doubts)
    plain = story(
        [("Ghana's troops occupied Lomé in January.", [seizure | {"spans": {"predicate": "occupied"}}])],
        published="1994-03-03",
    )
    assert not any("in passing" in doubt for doubt in crisis.find(texts(plain)).doubts)


def test_who_is_dated_by_a_report_only_does_not_date_the_crisis(story):
    coded = story(
        [
            ("Ghana attacked Togo on June 2.", [attack("GHA", "TGO", date="1998-06-02")]),
            ("Nigeria condemned the aggression of Mali against Togo.", []),
        ],
        published="1998-06-09",
    )
    found = crisis.find(texts(coded))
    assert {one.attacker: one.dated for one in found.attackers} == {"GHA": "event", "MLI": "report"}
    assert found.date == "1998-06-02"


def test_a_later_blow_that_others_claim_is_not_said_to_be_the_first(story):
    coded = story(
        [
            ("Ghana said that Mali had attacked Niger.", [attack("MLI", "NER", date="2024-06-02", speaker="GHA")]),
            ("Mali said that Niger had shelled it.", [attack("NER", "MLI", date="2024-06-04", speaker="MLI")]),
        ],
        published="2024-06-05",
    )
    assert not any("struck first" in doubt for doubt in crisis.find(texts(coded)).doubts)
