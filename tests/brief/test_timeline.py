from __future__ import annotations

from foedus.brief.text import lay_out
from foedus.brief.timeline import claims, rows


def texts(story, *told, **more):
    document, events = story(list(told), **more)
    return [lay_out("d1", document, events)]


def test_dated_acts_come_in_order_and_background_stands_apart(story):
    laid = texts(
        story,
        ("Russia sent Iran radars.", [{"actor": "RUS", "recipient": "IRN", "type": "AID", "date": "2025-06-20"}]),
        ("Israel bombed Iran.", [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-13"}]),
        (
            "Russia armed Syria.",
            [{"actor": "RUS", "recipient": "SYR", "type": "AID", "date": "2015", "historical": True}],
        ),
        ("Chile praised Peru.", [{"actor": "CHL", "recipient": "PER", "type": "SUPPORT"}]),
    )
    now, before = rows(laid, ["RUS", "IRN", "ISR"])
    assert [row.date for row in now] == ["2025-06-13", "2025-06-20"]
    assert [row.recipient for row in before] == ["SYR"]


def test_an_undated_act_takes_the_day_of_its_report_and_says_so(story):
    act = {"actor": "RUS", "recipient": "USA", "type": "ACCUSE"}
    (row,), _ = rows(texts(story, ("Russia condemned the strikes.", [act])), ["RUS"])
    assert (row.date, row.dated) == ("2025-06-28", "report")


def test_a_claim_keeps_its_speaker(story):
    act = {"actor": "RUS", "recipient": "IRN", "type": "AID", "speaker": "ISR", "speaker_name": "Israel Katz"}
    (row,) = claims(texts(story, ("Russia arms Iran, Katz said.", [act])), ["RUS"])
    assert row.who == "Israel Katz (Israel)"
    assert not row.quoted


def test_an_attack_on_ground_of_one_s_own_names_the_ground(story):
    act = {"actor": "GHA", "recipient": "GHA", "type": "ASSAULT", "spans": {"recipient": "Hohoe"}}
    (row,), _ = rows(texts(story, ("Ghanaian forces attacked Hohoe.", [act])), ["GHA"])
    assert row.what == "Ghana attacked Hohoe"


def test_attackers_without_a_name_are_not_called_by_the_state_they_struck(story):
    act = {"actor": "GHA", "recipient": "GHA", "type": "ASSAULT", "spans": {"actor": "Gunmen", "recipient": "Hohoe"}}
    (row,), _ = rows(texts(story, ("Gunmen attacked Hohoe.", [act])), ["GHA"])
    assert row.what == "Gunmen attacked Ghana"


def test_acts_dated_by_the_report_that_read_alike_share_a_row(story):
    act = {"actor": "PER", "recipient": "CHL", "type": "ASSAULT"}
    told = ("Bolivia condemned the raid of Peru on Chile.", [act]), ("Quito lamented the losses.", [act])
    (row,), _ = rows(texts(story, *told), ["PER"])
    assert (row.what, row.reports, len(row.evidence)) == ("Peru attacked Chile", 2, 2)


def test_acts_of_two_days_keep_their_rows(story):
    act = {"actor": "PER", "recipient": "CHL", "type": "ASSAULT"}
    told = ("Peru hit Arica.", [act | {"date": "2025-06-01"}]), ("Then Iquique fell.", [act | {"date": "2025-06-20"}])
    assert len(rows(texts(story, *told), ["PER"])[0]) == 2


def test_a_denial_is_told_once_and_without_doubt(story):
    said = {"actor": "PER", "recipient": "CHL", "type": "REJECT", "spans": {"predicate": "denied"}}
    done = {"actor": "PER", "recipient": "CHL", "type": "AID", "polarity": "negative", "speaker": "PER"}
    laid = texts(story, ("Peru denied arming Chile.", [said, done]))
    (row,), _ = rows(laid, ["PER"])
    assert (row.what, row.standing) == ("Peru denied arming Chile", "stands")
    assert claims(laid, ["PER"]) == ()
