"""From a verb to its noun: `X condemned Y` to `X's condemnation of Y`, in sentences that say nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import english

if TYPE_CHECKING:
    from .core import Core
    from .units import Piece

# Verb: noun, and the preposition before what was the verb's object ("" keeps the verb's own words as they are).
_TABLE = """
attack attack on|bomb bombing of|bombard bombardment of|invade invasion of|shell shelling of|raid raid on|assault assault on
condemn condemnation of|denounce denunciation of|criticise criticism of|criticize criticism of|visit visit to|support support for
praise praise for|recognise recognition of|recognize recognition of|arrest arrest of|detain detention of|expel expulsion of
seize seizure of|annex annexation of|occupy occupation of|blockade blockade of|release release of|reject rejection of
veto veto of|deploy deployment of|mobilise mobilisation of|mobilize mobilization of|kill killing of|murder murder of
assassinate assassination of|kidnap kidnapping of|abduct abduction of|destroy destruction of|sink sinking of|endorse endorsement of
withdraw withdrawal of|recall recall of|suspend suspension of|impose imposition of|lift lifting of|ratify ratification of
sign signing of|deport deportation of|supply supply of|deliver delivery of|sell sale of|buy purchase of|ban ban on
boycott boycott of|embargo embargo on|investigate investigation of|denounce denunciation of|welcome welcome for|conclude conclusion of
cancel cancellation of|ease easing of|cut cut in|freeze freezing of|close closure of|capture capture of|storm storming of
evacuate evacuation of|dispatch dispatch of|despatch despatch of|train training of|defend defence of|protect protection of
refuse refusal|agree agreement|pledge pledge|promise promise|offer offer|threaten threat|demand demand for|request request for
appeal appeal|invite invitation to|reproach reproach to|proclaim proclamation of|grant grant of|execute execution of
imprison imprisonment of|extradite extradition of|purchase purchase of|export export of|acquire acquisition of|restore restoration of
abolish abolition of|dissolve dissolution of|disperse dispersal of|torpedo torpedoing of|massacre massacre of|rescue rescue of
accept acceptance of|approve approval of|repeal repeal of|deplore condemnation of|decline refusal|withhold withholding of
protest protest|march march|meet meeting with|consult consultation with|negotiate negotiation|retreat retreat
"""
_CARRIERS = (
    "Oil rose after {n}.", "{n} drew little notice.", "Ten days after {n}, the shops were open again.", "{n} came as no surprise to the markets.",
    "The newspapers were full of {n}.", "Nothing was the same after {n}.", "{n} fills two pages of the memoir.", "Shares fell on news of {n}.",
    "The mood darkened after {n}.", "The crisis began with {n}.", "Prices have not recovered since {n}.", "{n} is the subject of a new film.",
    "The poll was taken a week after {n}.", "{n} made the front pages.", "Most people learned of {n} from the radio.",
    "{n} changed the shape of the dispute.", "In the cafes the talk was of {n}.", "The rains came soon after {n}.",
)  # fmt: skip


def table() -> dict[str, tuple[str, str]]:
    made = {}
    for part in _TABLE.replace("\n", "|").split("|"):
        words = part.split()
        if words:
            made[words[0]] = (words[1], words[2] if len(words) > 2 else "")
    return made


_NOUNS = table()


def possessive(name: str) -> str:
    return name + ("'" if name.endswith("s") and not name.endswith("ss") else "'s")


def nouns(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    from .rewrite import build, events

    if core.lemma not in _NOUNS or core.particle or core.subject.lower() in ("it", "he", "they", "we", "i"):
        return
    noun, prep = _NOUNS[core.lemma]
    if bool(prep) != bool(core.object) or (core.clausal and prep):
        return
    if core.lemma in (
        "decline",
        "agree",
        "refuse",
        "threaten",
        "promise",
        "pledge",
        "offer",
    ) and not core.tail.startswith(("to ", "on ")):
        return
    i = core.subject_inside
    tail = f"{prep} {core.tail}" if prep else core.tail
    shapes = []
    if len(i.split()) < 6 and " of " not in i and " and " not in i and not i[:1].isdigit():
        shapes.append(f"{possessive(i)} {noun} {tail}")
    if prep == "of":
        shapes.append(f"the {noun} {tail} by {i}")
    if not shapes:
        return
    for carrier in rng.sample(_CARRIERS, 2):
        text = carrier.format(n=rng.choice(shapes))
        yield build(core, "nominal", english.upper(text), events(core, noun, date=None, historical=False))
