"""Small English grammar for the variant generator: verb forms, articles, capitals and clean joins."""

from __future__ import annotations

import re
from functools import cache

_IRREGULAR = """
arise arose arisen|be was been|bear bore borne|beat beat beaten|become became become|begin began begun|bid bid bid
bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|bring brought brought
broadcast broadcast broadcast|build built built|burn burned burned|burst burst burst|buy bought bought|cast cast cast
catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut
deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fling flung flung
fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone
freeze froze frozen|get got got|give gave given|go went gone|grind ground ground|grow grew grown|hang hanged hanged
have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known
lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost
make made made|mean meant meant|meet met met|mislead misled misled|overcome overcame overcome
overfly overflew overflown|override overrode overridden|overrun overran overrun|overthrow overthrew overthrown
overtake overtook overtaken|partake partook partaken|pay paid paid|plead pleaded pleaded|put put put|quit quit quit
read read read|rebuild rebuilt rebuilt|repay repaid repaid|rescind rescinded rescinded|resell resold resold
rend rent rent|retake retook retaken|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen
seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed|shine shone shone
shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat
slay slew slain|sleep slept slept|sling slung slung|slit slit slit|speak spoke spoken|spend spent spent|spin spun spun
split split split|spread spread spread|spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck
sting stung stung|strike struck struck|string strung strung|strive strove striven|swear swore sworn|sweep swept swept
swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought
throw threw thrown|thrust thrust thrust|tread trod trodden|undergo underwent undergone|undermine undermined undermined
understand understood understood|undertake undertook undertaken|undo undid undone|uphold upheld upheld|upset upset upset
wage waged waged|wake woke woken|wear wore worn|weep wept wept|win won won|withdraw withdrew withdrawn
withhold withheld withheld|withstand withstood withstood|write wrote written|rethink rethought rethought
offset offset offset|outbid outbid outbid|foresee foresaw foreseen|bet bet bet|wed wed wed|shell shelled shelled
"""
_DOUBLE = frozenset(
    """abet abhor acquit admit allot annul ban bar beg blot bog cancel cap channel chat clap commit compel confer control
    counsel cram crap cut defer deter dial dip dispel drag drop drum expel embed equal equip excel flog fuel fulfil get grab
    grip hem hit hop hug impel incur infer jam jet jut kid kidnap kit knit lag level lob lug map marshal model mug nab net nip
    occur omit outfit patrol patter pen permit pin plan plot plug pop prefer prod prop propel put quarrel quit ram rap rebel
    rebut recur refer regret remit repel rig rip rival rob rot rub run set shed ship shop shun shut signal sit skid skip slam
    slap slip slit slot snap snub sob span spar spat spin split spot spur stab star stem step stir stop strap strip submit sum
    sun swap swim tag tap thin throb thwart tip top total transfer transmit trap travel trigger trim trip tug unplug unwrap
    wag war whip win wrap zap snip dub drip gag garrot plat skim scrap scrub slog squat stun bus
    begin forget upset let bid forbid gas dig spit overrun wed""".split()
) - {"thwart", "trigger", "patter", "bus", "bet"}
_NOT_DOUBLE = frozenset({"trigger"})


PLAIN = frozenset("It He They She Its His Their Her The We Our My I You Both Each Two Neither None Nobody Some".split())
"""Words with a capital that are no names."""


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    made = {}
    for part in re.split(r"[|\n]", _IRREGULAR):
        words = part.split()
        if len(words) == 3:
            made[words[0]] = (words[1], words[2])
    return made


def third(lemma: str) -> str:
    """The present tense of the third person singular."""
    if lemma == "have":
        return "has"
    if re.search(r"(s|x|z|ch|sh|o)$", lemma) and not lemma.endswith("oo"):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def _stem(lemma: str, ending: str) -> str:
    if lemma in _DOUBLE and lemma not in _NOT_DOUBLE and not lemma.endswith("ll"):
        return lemma + lemma[-1] + ending
    return lemma + ending


def _ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ied"
    return lemma + "ked" if lemma.endswith("ic") else _stem(lemma, "ed")


def past(lemma: str) -> str:
    return _irregular()[lemma][0] if lemma in _irregular() else _ed(lemma)


def participle(lemma: str) -> str:
    return _irregular()[lemma][1] if lemma in _irregular() else _ed(lemma)


def ing(lemma: str) -> str:
    if lemma in ("lie", "die", "tie", "vie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not re.search(r"(ee|ye|oe)$", lemma) and lemma not in ("singe",):
        return lemma[:-1] + "ing"
    return lemma + "king" if lemma.endswith("ic") else _stem(lemma, "ing")


def article(word: str) -> str:
    """`a` or `an` before a word."""
    low = word.lower()
    if re.match(r"(uni|use|usu|uk\b|ukrain|uru|ugand|uzb|eu\b|eur|one\b|ten-)", low):
        return "an" if re.match(r"(unin|unim|uzb)", low) else "a"
    if re.match(r"(hour|honest|honour|heir)", low) or re.match(r"(MP|NGO|SS|RAF|FBI)\b", word):
        return "an"
    if low.startswith("ugand"):
        return "a"
    return "an" if low[:1] in "aeioué" else "a"


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence: an opening article or common word loses its capital."""
    first = text.split(" ", 1)[0]
    common = {
        "The", "A", "An", "Its", "Their", "His", "Her", "Both", "Two", "Three", "Four", "Five", "Some", "Several", "It", "They",
        "He", "She", "This", "That", "These", "Those", "Troops", "Police", "Officials", "Warplanes", "Gunmen", "Soldiers",
        "Ministers", "Members", "Workers", "Students", "Farmers", "Neither", "Each", "Every", "Hundreds", "Thousands", "We",
        "Forces", "Jets", "Ships", "Tanks", "No", "Nobody", "Diplomats", "Our", "My", "Fishermen", "Aircraft", "Lawmakers",
    }  # fmt: skip
    return text[:1].lower() + text[1:] if first in common else text


def tidy(text: str) -> str:
    """Joins pieces: one blank between words, none before a stop, no doubled commas."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    text = re.sub(r",\s*([.;:?!,])", r"\1", text)
    text = re.sub(r"([.;:?!])\s*[,.;]+$", r"\1", text)
    return text
