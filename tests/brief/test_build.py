from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from foedus.brief import html, markdown, terminal
from foedus.brief.build import build
from foedus.errors import CrisisError, InputError
from foedus.model.treaty import Clause, Party, Treaty
from foedus.world.world import World

STRIKE = {"actor": "USA", "recipient": "IRN", "type": "ASSAULT", "mode": "aerial", "date": "2025-06-22"}
BLAME = {"actor": "RUS", "recipient": "USA", "type": "ACCUSE", "mode": "disapprove", "date": "2025-06-22"}
REFUSAL = {"actor": "RUS", "recipient": "IRN", "type": "REJECT", "mode": "assist"}
NOTHING = {"actor": "RUS", "recipient": "IRN", "type": "AID", "polarity": "negative"}


@pytest.fixture
def report(story):
    return story(
        [
            ("The United States bombed Iran on June 22, 2025.", [STRIKE]),
            ("Russia condemned the American strikes on Iran.", [BLAME]),
            ("Russia has refused to transfer fighter jets to Iran.", [REFUSAL]),
            ("What holds Moscow back", []),
            ("Russia gave Iran no help.", [NOTHING]),
            ("Russia cannot afford a second war while it fights in Ukraine.", []),
            ("The treaty of January has no mutual defence clause, so Russia is not obliged to act.", []),
            ('Kremlin spokesman Dmitry Peskov said, "Russia indeed supported Iran through its clear stance."', []),
            ("It remains to be seen whether Russia will rebuild the air defences of Iran by next year.", []),
        ],
        title="Friendship in words",
        byline="A. Writer",
        outlet="The Review",
    )


def test_the_answer_counts_words_deeds_refusals_and_help_withheld(report):
    model = build([report])
    (answer,) = model.answers
    assert answer.line == (
        "Russia → Iran: 1 statement, 0 deeds, 1 refusal, 1 act of help withheld; treaties not looked up."
    )
    assert model.title == "Iran, attacked by the United States"
    assert model.crisis.attackers[0].date == "2025-06-22"
    assert "not looked up" in model.commitments_note


def test_every_figure_of_the_answer_is_in_the_groups_of_its_pair(gold):
    for key in ("a03", "a09", "c03", "c06", "c12", "c24", "b12"):
        model = build([gold[key]])
        pairs = {pair.key: pair for pair in model.pairs}
        for answer in model.answers:
            if answer.pair not in pairs:
                continue
            groups = {name: keys for name, _, keys in pairs[answer.pair].groups}
            for name, count in answer.counts.items():
                assert len(groups.get(name, ())) == count.acts, (key, answer.line, name)


def test_reasons_have_a_stance_a_driver_and_who_argues_them(report):
    found = {(row.driver, row.stance): row for row in build([report]).reasons}
    assert found["capacity", "against"].quote.startswith("Russia cannot afford")
    assert found["capacity", "against"].who == "A. Writer, The Review"
    assert found["duty", "against"].quote.startswith("The treaty of January")


def test_section_titles_are_no_sentences(report):
    model = build([report])
    titles = [part for document in model.documents for part in document.paragraphs if part.heading]
    assert ["".join(run.text for run in part.sentences[0].runs) for part in titles] == ["What holds Moscow back"]
    anchors = {part.sentences[0].anchor for part in titles}
    assert not anchors & {row.anchor for row in (*model.reasons, *model.watch)}


def test_what_to_watch_comes_with_its_date_and_words_with_their_speaker(report):
    model = build([report])
    (watched,) = [row for row in model.watch if row.kind == "to watch"]
    assert watched.dates == ("by next year",)
    (said,) = [row for row in model.claims if row.quoted]
    assert "Peskov" in said.who
    assert said.what == "Russia indeed supported Iran through its clear stance."


def test_treaties_are_shown_with_what_they_ask(report):
    treaty = Treaty(
        "t1", "Treaty of Friendship", "alliance", (Party("RUS"), Party("IRN")), "2020-01-01", "2020-02-01", None,
        (Clause("consultation", "consult when the peace is threatened", "Article 3"),), "Invented for a test",
    )  # fmt: skip
    model = build([report], world=World(treaties=[treaty], attacks=[]))
    assert "consult" in model.answers[0].duty
    assert "no duty to defend" in model.answers[0].duty
    assert model.commitments[0].treaty == "Treaty of Friendship"
    assert model.commitments[0].source == "Invented for a test"


def test_the_model_is_plain_json(report):
    assert json.loads(json.dumps(build([report]).to_dict()))["answers"][0]["supporter"] == "RUS"


def test_one_story_told_by_two_outlets_is_one_statement_with_two_reports(story):
    other = story(
        [("Moscow condemned the strikes on Iran by America.", [BLAME]), ("America bombed Iran.", [STRIKE])],
        key="s2", published="2025-06-23",
    )  # fmt: skip
    first = story([("Russia condemned the American strikes on Iran.", [BLAME]), ("Bombs fell on Iran.", [STRIKE])])
    model = build([first, other])
    assert model.answers[0].counts["words"].acts == 1
    assert model.answers[0].counts["words"].reports == 2


def test_a_source_without_bearing_is_named_as_such(report, story):
    race = story([("Anna won the race on Sunday.", [])], key="race", title="The race")
    model = build([report, race])
    assert [source.bearing for source in model.sources] == [True, False]


def test_supporter_and_client_can_be_given(report):
    model = build([report], supporters=["CHN"], client="IRN")
    assert [answer.line.split(",")[0] for answer in model.answers] == ["China → Iran: 0 statements"]
    for settings in ({"client": "FJI"}, {"supporters": ["USA"]}):
        with pytest.raises(InputError):
            build([report], **settings)


def test_a_pair_may_stand_on_the_attackers_side(story):
    praise = {"actor": "DEU", "recipient": "ISR", "type": "SUPPORT"}
    strike = {"actor": "ISR", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-13"}
    model = build([story([("Israel struck Iran.", [strike]), ("Germany praised Israel.", [praise])])])
    assert [(answer.supporter, answer.client) for answer in model.answers] == [("DEU", "ISR")]


def test_a_text_without_events_says_what_to_give(story):
    with pytest.raises(CrisisError, match="--attacked"):
        build([story([("The weather was fine.", [])])])


def test_with_the_crisis_given_a_text_without_events_still_makes_a_brief(story):
    model = build([story([("The weather was fine.", [])])], attacked=["IRN"], attackers=["USA"], on="2025-06-22")
    assert model.answers == ()


def test_a_retrospective_counts_its_own_time(gold):
    model = build([gold["c09"]])
    assert model.timeline
    assert {row.date[:4] for row in model.timeline if row.date and row.dated == "event"} <= {"1974", "1975"}


def test_a_section_title_is_no_report(story):
    asked = {"actor": "RUS", "recipient": "IRN", "type": "AID", "polarity": "negative"}
    coded = story(
        [
            ("America bombed Iran.", [STRIKE]),
            ("Why doesn't Russia help Iran?", [asked]),
            ("Russia praised Iran.", [{"actor": "RUS", "recipient": "IRN", "type": "SUPPORT"}]),
        ]
    )
    assert build([coded]).answers[0].counts["withheld"].acts == 0


def test_a_pronoun_keeps_the_subject_of_the_sentence_before(story):
    coded = story(
        [
            ("America bombed Iran.", [STRIKE]),
            ("Russia condemned the American strikes on Iran.", [BLAME]),
            ("It cannot afford to jeopardize its good relations with Saudi Arabia.", []),
            ("Saudi Arabia praised Iran.", [{"actor": "SAU", "recipient": "IRN", "type": "SUPPORT"}]),
        ],
        paragraphs=False,
    )
    assert {row.supporter for row in build([coded]).reasons} == {"RUS"}


def test_nothing_is_said_of_the_silence_of_those_not_asked_about(story):
    told = story(
        [
            ("America bombed Iran.", [{"actor": "USA", "recipient": "IRN", "type": "ASSAULT"}]),
            ("Russia condemned the strikes.", [{"actor": "RUS", "recipient": "USA", "type": "ACCUSE"}]),
            ("Brazil watched, and Brazil waited.", []),
        ]
    )
    assert any("Brazil" in line for line in build([told]).silent)
    assert build([told], supporters=["RUS"]).silent == ()


def test_a_state_that_is_only_named_is_told_by_its_promise_to_defend(story):
    pact = Treaty(
        "t1", "Pact of Defence", "alliance", (Party("OMN"), Party("IRN")), "2020-01-01", "2020-02-01", None,
        (Clause("defense", "to help", "Article 3"),), "Invented for a test",
    )  # fmt: skip
    texts = [
        story(
            [
                ("The United States bombed Iran on June 22, 2025.", [STRIKE]),
                ("Russia condemned the American strikes on Iran.", [BLAME]),
                ("The pact of Iran with Oman is old, and Oman is silent on it.", []),
            ]
        )
    ]
    model = build(texts, world=World(treaties=[pact], attacks=[]))
    assert [(row.supporter, row.asks) for row in model.commitments] == [("OMN", "defend")]
    chosen = build(texts, supporters=["RUS"], world=World(treaties=[pact], attacks=[]))
    assert not chosen.commitments


STRUCK = ("Israel bombed Iran.", [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT"}])
NOBODY = ("No third state or body says", "Nobody beyond the sides acts")


def faces(model):
    console = Console(record=True, width=300, file=io.StringIO())
    terminal.show(model, console)
    return console.export_text(), html.render(model), markdown.render(model)


def test_where_somebody_mediates_nobody_is_said_to_do_nothing(story):
    model = build([story([STRUCK, ("Turkey offered to mediate.", [])])])
    assert not model.alone
    for face in faces(model):
        assert "Turkey" in face
        assert not any(words in face for words in NOBODY)
    quiet = build([story([STRUCK])])
    assert quiet.alone
    assert all(any(words in face for words in NOBODY) for face in faces(quiet))


def test_an_offer_turned_down_is_in_every_output_and_no_live_offer(story):
    back = {"actor": "TUR", "recipient": "IRN", "type": "SUPPORT"}
    offer = "Turkey offered to mediate but was turned down."
    model = build([story([STRUCK, ("Turkey backed Iran.", [back]), (offer, [])])])
    assert model.answers[0].mediations == 0
    assert model.to_dict()["mediation"][0]["outcome"] == "turned down"
    for face in faces(model):
        assert "ffered to mediate, turned down: Turkey:" in face
        assert offer in face


def test_who_only_denies_stands_with_those_of_neither_side(story):
    denied = {"actor": "TUR", "recipient": "ISR", "type": "AID", "polarity": "negative", "speaker": "MEDIA"}
    model = build([story([STRUCK, ("Reports that Turkish troops fight for Israel are baseless.", [denied])])])
    assert (model.answers, model.idle) == ((), ("TUR",))


def test_beside_the_estimates_stands_what_became_of_an_offer(story):
    act = {"actor": "POL", "recipient": "RUS", "type": "REQUEST"}
    told = ("Poland called on Russia and Ukraine for calm.", [act, act | {"recipient": "UKR"}])
    offers = ("China offered to mediate but was turned down.", []), ("The United States offered to mediate.", [])
    attack = ("Russia invaded Ukraine.", [{"actor": "RUS", "recipient": "UKR", "type": "ASSAULT"}])
    model = build([story([attack, told, *offers], published="2022-02-24")], world=World.shipped(), estimates=True)
    place = model.assessment["columns"].index("Told so far")
    words = {row[0]: row[place] for row in model.assessment["rows"]}
    assert words["Poland"] == "acts towards both sides or neither only"
    assert words["United States"] == "1 offer or attempt to mediate"
    assert words.get("China", "offered to mediate, turned down") == "offered to mediate, turned down"


def test_a_treaty_is_not_named_among_those_that_do_nothing(story):
    told = ("The Rio Treaty was invoked, and Qatar met.", []), ("The Rio Treaty binds; Qatar waits.", [])
    told = " ".join(build([story([STRUCK, *told])]).silent)
    assert "Qatar" in told
    assert "Inter-American" not in told
