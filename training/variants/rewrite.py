"""Rewritings of a bare clause, each with the events that the codebook reads in it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

from . import english, nominal, speakers
from .core import Core
from .units import Event, Piece, sound

KIND = frozenset({"SUPPORT", "COOPERATE", "AID", "CONSULT"})
HARD = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
YIELD = frozenset({"RETREAT", "CONCEDE"})
_REFUSED = {
    "AID": "assist",
    "COOPERATE": "assist",
    "CONSULT": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "SUPPORT": None,
}
_THREAT = {"ASSAULT": "violence", "SANCTION": "restrict"}


def build(core: Core, kind: str, text: str, events: list[Event], nested: bool = True) -> Piece | None:
    """The piece for a rewritten sentence; None where an actor's words did not survive."""
    text = english.upper(english.tidy(text))
    before = core.before
    at = len(before.sentences) if before else 0
    sentences = [*(before.sentences if before else []), text]
    made = [dict(e) for e in before.events] if before else []
    for event in [*events, *(core.nested if nested else [])]:
        new = dict(event, sentence=at)
        for key in ("actor_text", "recipient_text"):
            new[key] = _found(event.get(key), text)
            if event.get(key) and new[key] is None:
                return None
        made.append(new)
    piece = Piece(core.id, core.published, sentences, made, kind)
    return piece if all(sound(e, sentences) for e in made) else None


def _found(phrase: str | None, text: str) -> str | None:
    if phrase is None:
        return None
    tries = (
        phrase,
        phrase[:1].lower() + phrase[1:],
        phrase[:1].upper() + phrase[1:],
        phrase.replace("the ", "The ", 1),
    )
    return next((t for t in tries if t in text), None)


def events(core: Core, trigger: str, **changes: object) -> list[Event]:
    return [dict(e, trigger=trigger, **changes) for e in core.events]


def _pick(rng: random.Random, pairs: list[tuple[str, str]]) -> tuple[str, str]:
    return rng.choice(pairs)


def _end(core: Core, time: bool = False) -> str:
    return f"{core.tail} {core.timed}" if time else core.tail


def negation(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    s, i, lemma, tail = core.subject, core.subject_inside, core.lemma, core.tail
    past, done, doing, have = english.past(lemma), english.participle(lemma), english.ing(lemma), core.have
    no = dict(polarity="negative", date=None, historical=False)
    yield build(core, "negation", f"{s} did not {lemma} {_end(core, True)}.", events(core, lemma, polarity="negative"))
    options = [
        (f"{s} {have} not {done} {tail}.", done),
        (f"{s} {have} never {done} {tail}.", done),
        (f"{s} didn't {lemma} {tail}.", lemma),
        (f"Contrary to the rumours, {i} did not {lemma} {tail}.", lemma),
        (f"At no point did {i} {lemma} {tail}.", lemma),
        (f"The week ended without {i} {doing} {tail}.", doing),
        (f"{s} {have} so far not {done} {tail}.", done),
        (f"{s} {have} yet to {lemma} {tail}.", lemma),
        (f"{s} never {past} {tail}.", past),
        (f"{s} failed to {lemma} {tail}.", lemma),
        (f"{s} {have} refrained from {doing} {tail}.", doing),
        (f"Once again {i} did not {lemma} {tail}, and few had expected it.", lemma),
        (f"The talks in the capital went on late, but {i} did not {lemma} {tail}.", lemma),
    ]
    for text, trigger in rng.sample(options, 3):
        yield build(core, "negation", text, events(core, trigger, **no))
    if (
        core.object
        and not core.clausal
        and core.object.split()[0].lower() not in ("the", "its", "his", "their", "a", "an")
        and core.object.islower()
    ):
        text = f"{s} {past} no {core.object} {core.rest}."
        yield build(core, "negation", text, events(core, past, **no))


def modality(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    s, i, lemma, tail = core.subject, core.subject_inside, core.lemma, core.tail
    done = english.participle(lemma)
    free = dict(date=None, historical=False)
    maybe = [
        (f"{s} {rng.choice(('may', 'might', 'could'))} {lemma} {tail}.", lemma),
        (f"{s} {rng.choice(('may', 'might', 'could'))} yet {lemma} {tail}.", lemma),
        (f"If {i} {core.present} {tail}, the price of bread will rise.", core.present),
        (f"Should {i} {lemma} {tail}, few would be surprised.", lemma),
        (f"Were {i} to {lemma} {tail}, the markets would hardly notice.", lemma),
        (f"Nobody can say what comes next if {i} {core.present} {tail}.", core.present),
        (f"It is feared that {i} will {lemma} {tail}.", lemma),
        (f"{s} {core.be('present')} suspected of having {done} {tail}.", done),
        (f"The cabinet's papers sketch a case in which {i} would {lemma} {tail}.", lemma),
        (f"Perhaps {i} will {lemma} {tail}; perhaps the matter will be dropped.", lemma),
    ]
    for text, trigger in rng.sample(maybe, 3):
        yield build(core, "modality", text, events(core, trigger, modality="hypothetical", **free))
    if core.type in HARD | YIELD | {"PROTEST", "ACCUSE", "REQUEST", "REJECT"}:
        text = rng.choice(
            (
                f"{s} {core.be('present')} expected to {lemma} {tail}.",
                f"{s} {core.be('present')} due to {lemma} {tail} within weeks.",
                f"By the summer {i} will have to {lemma} {tail}.",
                f"In the coming days {i} will probably {lemma} {tail}.",
            )
        )
        yield build(core, "modality", text, events(core, lemma, modality="future", **free))
    yield from _announced(core, rng)


def _announced(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    s, i, lemma, tail = core.subject, core.subject_inside, core.lemma, core.tail
    free = dict(date=None, historical=False, mode=None)
    told = rng.choice(
        ("said on television that", "announced that", "told reporters that", "let it be known that", "declared that")
    )
    they = "they" if core.plural else "it"
    if (
        core.subject.split()[-1][:1].isupper()
        and not core.plural
        and core.subject.split()[0] in ("President", "Mr.", "Chancellor", "Premier", "Prime", "King")
    ):
        they = "he"
    own = (
        f"{s} {told} {they} would {lemma} {tail}."
        if s.lower() not in ("it", "he", "they", "we", "i", "you")
        else f"{s} {told} {s.lower()} would {lemma} {tail}."
    )
    if s.lower() == "i":
        return
    if core.type in KIND:
        yield build(core, "modality", own, events(core, lemma, type="AGREE", **free))
        verb = rng.choice(("promised", "pledged", "offered", "agreed", "vowed", "undertook"))
        yield build(core, "modality", f"{s} {verb} to {lemma} {tail}.", events(core, verb, type="AGREE", **free))
        yield build(
            core,
            "modality",
            f"{s} {core.have} {verb if verb != 'undertook' else 'undertaken'} to {lemma} {tail}.",
            events(core, verb if verb != "undertook" else "undertaken", type="AGREE", **free),
        )
        yield build(
            core,
            "modality",
            f"{s} will {lemma} {tail}, a spokesman announced.",
            events(core, lemma, type="AGREE", **free),
        )
    if core.type in KIND | YIELD:
        verb = rng.choice(("refused", "declined"))
        shape = rng.choice(
            (
                f"{s} {verb} to {lemma} {tail}.",
                f"{s} {core.have} {verb} to {lemma} {tail}.",
                f"Pressed twice, {i} {verb} to {lemma} {tail}.",
            )
        )
        made = events(core, verb, type="REJECT", date=None, historical=False, mode=_REFUSED[core.type])
        yield build(core, "modality", shape, made)
        made = events(core, "ruled", type="REJECT", date=None, historical=False, mode=_REFUSED[core.type])
        yield build(core, "modality", f"{s} ruled out {english.ing(lemma)} {tail}.", made)
    if core.type in HARD:
        mode = dict(type="THREATEN", date=None, historical=False, mode=_THREAT.get(core.type))
        yield build(core, "modality", own, events(core, lemma, **mode))
        verb = rng.choice(("threatened", "vowed", "threatened"))
        shape = rng.choice((f"{s} {verb} to {lemma} {tail}.", f"{s} {core.have} {verb} to {lemma} {tail}."))
        yield build(core, "modality", shape, events(core, verb, **mode))
    if core.type in YIELD:
        later = dict(modality="future", date=None, historical=False)
        yield build(core, "modality", own, events(core, lemma, **later))


def vanished(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    s, i, lemma, tail = core.subject, core.subject_inside, core.lemma, core.tail
    doing, have = english.ing(lemma), core.have
    wish = {"has": "wants", "have": "want"}[have]
    hope = {"has": "hopes", "have": "hope"}[have]
    options = [
        f"{s} {wish} to {lemma} {tail}.",
        f"{s} {hope} to {lemma} {tail}.",
        f"{s} would like to {lemma} {tail}.",
        f"{s} tried to {lemma} {tail}.",
        f"{s} {core.be('present')} able to {lemma} {tail}.",
        f"{s} {have} long wished to {lemma} {tail}.",
        f"{s} {have} the means to {lemma} {tail}.",
        f"{s} {have} every reason to {lemma} {tail}.",
        f"{s} {'do' if have == 'have' else 'does'} not want to {lemma} {tail}.",
        f"The ability of {i} to {lemma} {tail} is doubted by nobody.",
        f"The pamphlet asks whether {i} should {lemma} {tail}.",
        f"{s} {core.be('past')} in a mood to {lemma} {tail}.",
        f"{s} {'lack' if have == 'have' else 'lacks'} the means to {lemma} {tail}.",
        f"{s} {have} an interest in {doing} {tail}.",
        f"{s} dreamed for years of {doing} {tail}.",
        f"Nothing in the law obliges {i} to {lemma} {tail}.",
        f"{s} {core.be('present')} eager to {lemma} {tail}.",
        f"{s} sought in vain to {lemma} {tail}.",
        f"{s} {have} the right to {lemma} {tail}, the jurists hold.",
        f"In the polls a majority would have {i} {lemma} {tail}.",
    ]
    for text in rng.sample(options, 4):
        yield build(core, "hard negative", text, [])


def spoken(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    if core.nested:
        return
    s, i, lemma = core.subject, core.subject_inside, core.lemma
    tail = _end(core, True)
    past, done, doing = english.past(lemma), english.participle(lemma), english.ing(lemma)
    taken = frozenset(c for e in core.events for c in (e["actor"], e["recipient"]) if c)
    who, code = speakers.speaker(rng, int(core.published[:4]), taken)
    upper = english.upper(who)
    for text in rng.sample(
        (
            f"{s} {past} {tail}, {who} said.",
            f"{s} {past} {tail}, according to {who}.",
            f"According to {who}, {i} {past} {tail}.",
            f"{upper} said that {i} had {done} {tail}.",
            f"{upper} reported that {i} {past} {tail}.",
            f"{s}, {who} said, {past} {tail}.",
            f"{upper} confirmed that {i} had {done} {tail}.",
            f"{upper} said {i} {past} {tail}.",
        ),
        2,
    ):
        yield build(
            core,
            "speaker",
            text,
            events(core, past if f" {past} " in f" {text} " and f"had {done}" not in text else done, speaker=code),
        )
    hedged = rng.choice(
        (
            (f"{s} reportedly {past} {tail}.", past, "MEDIA"),
            (f"{s} {core.be('present')} believed to have {done} {tail}.", done, "ANALYSTS"),
            (f"{s} {core.be('present')} said to have {done} {tail}.", done, "MEDIA"),
            (f"{s} {core.be('present')} reported to have {done} {tail}.", done, "MEDIA"),
            (f"{s} {core.be('present')} thought to have {done} {tail}.", done, "ANALYSTS"),
            (f"{s} {core.have} reportedly {done} {core.tail}.", done, "MEDIA"),
        )
    )
    yield build(core, "speaker", hedged[0], events(core, hedged[1], speaker=hedged[2]))
    if core.subject.lower() in ("it", "he", "they", "we", "i"):
        return
    actors = {e["actor"] for e in core.events}
    if len(actors) == 1 and core.type in HARD:
        actor, actor_text = core.events[0]["actor"], core.events[0]["actor_text"] or core.subject
        if code not in ("UNKNOWN", "ANALYSTS", "MEDIA"):
            verb = rng.choice(("accused", "accused", "accuses" if not speakers.many(who) else "accuse"))
            blame = _event(core, verb, who, code, actor_text, actor, "ACCUSE", "allege")
            inner = events(core, doing, speaker=code)
            yield build(core, "speaker", f"{upper} {verb} {i} of {doing} {tail}.", [blame, *inner])
        plain = (
            f"{s} says it did not {lemma} {core.tail}."
            if not core.plural
            else f"{s} say they did not {lemma} {core.tail}."
        )
        yield build(
            core, "speaker", plain, events(core, lemma, polarity="negative", speaker=actor, date=None, historical=False)
        )
        deny = _event(core, "denied", core.events[0]["actor_text"] or core.subject, actor, None, None, "REJECT", None)
        yield build(core, "speaker", f"{s} denied {doing} {core.tail}.", [deny])


def _event(
    core: Core,
    trigger: str,
    actor_text: str,
    actor: str,
    recipient_text: str | None,
    recipient: str | None,
    kind: str,
    mode: str | None,
) -> Event:
    return {
        "sentence": 0, "trigger": trigger, "actor_text": actor_text, "recipient_text": recipient_text, "actor": actor,
        "recipient": recipient, "type": kind, "mode": mode, "polarity": "positive", "modality": "actual", "speaker": None,
        "date": None, "historical": False,
    }  # fmt: skip


def voice(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    if not core.object or core.clausal or core.type in ("CONSULT",):
        return
    first = core.object.split()[0].lower()
    if first in ("him", "them", "it", "her", "us", "me", "itself", "themselves", "himself") or core.subject.lower() in (
        "it",
        "he",
        "they",
        "we",
        "i",
    ):
        return
    if first in ("its", "his", "their") and not core.before:
        return
    if core.lemma in ("have", "get", "let", "leave", "lack", "join", "quit", "enter", "meet") or (
        core.lemma
        in (
            "give",
            "grant",
            "lend",
            "offer",
            "send",
            "hand",
            "pay",
            "sell",
            "tell",
            "promise",
            "show",
            "deny",
            "ask",
            "refuse",
            "cost",
        )
        and " to " not in f" {core.tail}"
    ):
        return
    done = english.participle(core.lemma)
    head = (
        core.object.split(" of ")[0]
        .split(" in ")[0]
        .split(" from ")[0]
        .split(" to ")[0]
        .split(" on ")[0]
        .split(" for ")[0]
        .split(" with ")[0]
        .split(" against ")[0]
    )
    last = head.split()[-1]
    many = (
        (
            last.endswith("s")
            and not last.endswith(("ss", "us", "is"))
            and head.split()[0].lower() not in ("a", "an")
            and last not in ("States", "Nations", "Philippines", "Netherlands", "Emirates")
        )
        or head.split()[0].lower() in ("some", "many", "several", "dozens", "hundreds", "thousands", "most")
        or " and " in core.object
        or last in ("people", "men", "troops", "police")
    )
    was = "were" if many else "was"
    up, i = english.upper(core.object), core.subject_inside
    yield build(core, "voice", f"{up} {was} {done} {core.rest} by {i} {core.timed}.", events(core, done))
    other = rng.choice((
        (f"{up} {'have' if many else 'has'} been {done} {core.rest} by {i}.", "actual", "positive"),
        (f"{up} {was} not {done} {core.rest} by {i}.", "actual", "negative"),
        (f"{up} may be {done} {core.rest} by {i}.", "hypothetical", "positive"),
    ))  # fmt: skip
    yield build(
        core, "voice", other[0], events(core, done, modality=other[1], polarity=other[2], date=None, historical=False)
    )
    lost = rng.choice(
        (
            f"{up} {was} {done} {core.rest} {core.timed}.",
            f"{up} {was} at last {done} {core.rest}.",
            f"{up} {'have' if many else 'has'} been {done} {core.rest}.",
        )
    )
    yield build(core, "agentless", lost, [])


_ASIDES = (
    "to the dismay of its bankers", "after months of silence", "against the advice of the lawyers", "as the minutes show",
    "a country about the size of {n}", "much like {n} a generation ago", "whose rivalry with {n} is old", "with an eye to the harvest",
    "in a step that surprised nobody", "for reasons that remain obscure", "long the richer neighbour of {n}", "for the first time in years",
    "despite the heat", "whose language is close to that of {n}", "in the middle of an election campaign",
)  # fmt: skip
_LEADS = (
    "In a move long foreseen, ", "Late at night and without much ceremony, ", "While the rain kept falling on the hills, ",
    "Whatever the lawyers may think, ", "As the price of oil slid, ", "With the harvest in and the roads dry, ",
    "Though the mood in {n} was sour, ", "In the same week that the bourse of {n} closed early, ", "With winter coming, ",
    "As so often in that season, ", "Few noticed it, but ", "After a long debate, ",
)  # fmt: skip
_CODAS = (
    ", and the price of bread rose again", ", while the shops in {c} stayed open", ", and nobody in {n} took much notice", "; the bourse shrugged",
    ", a day on which little else was printed", ", which is more than the almanac foretold", "; the weather in {c} was fine",
    ", and the queue at the bakery grew longer", ", though the relationship remains close", ", whereas {n} is an old rival of both",
)  # fmt: skip


def distance(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    from . import names

    taken = frozenset(c for e in core.events + core.nested for c in (e["actor"], e["recipient"]) if c)
    other = names.draw(rng, int(core.published[:4]), 1, taken)[0]
    place = {"n": other.full, "c": other.capital or other.full}
    past, tail = english.past(core.lemma), _end(core, True)
    if core.subject.lower() not in ("it", "he", "they", "we", "i"):
        state = core.subject == core.events[0].get("actor_text") and " " not in core.subject
        aside = rng.choice(
            [a for a in _ASIDES if state or not a.startswith(("a country", "much", "whose", "long", "to the"))]
        ).format(**place)
        yield build(core, "distance", f"{core.subject}, {aside}, {past} {tail}.", events(core, past))
    yield build(
        core,
        "distance",
        rng.choice(_LEADS).format(**place) + f"{core.subject_inside} {past} {tail}.",
        events(core, past),
    )
    yield build(
        core, "distance", f"{core.subject} {past} {tail}" + rng.choice(_CODAS).format(**place) + ".", events(core, past)
    )


def tense(core: Core, rng: random.Random) -> Iterator[Piece | None]:
    s, i, tail, have = core.subject, core.subject_inside, core.tail, core.have
    past, done = english.past(core.lemma), english.participle(core.lemma)
    phrase, date, old = when(dt.date.fromisoformat(core.published), rng)
    plain = dict(date=None, historical=False)
    dated = dict(date=date, historical=old)
    options = [
        (f"{s} {have} {done} {tail}.", done, plain),
        (f"{s} {core.present} {tail}", core.present, plain),
        (f"{s} {past} {tail} {phrase}.", past, dated),
        (f"{english.upper(phrase)}, {i} {past} {tail}.", past, dated),
        (f"{s} had {done} {tail} {phrase}.", done, dated),
        (f"{s} {core.be('present')} {english.ing(core.lemma)} {tail}.", english.ing(core.lemma), plain),
        (f"{s} {have} just {done} {tail}.", done, plain),
    ]
    for text, trigger, change in rng.sample(options, 3):
        yield build(core, "tense", text, events(core, trigger, **change))


_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def when(day: dt.date, rng: random.Random) -> tuple[str, str, bool]:
    """A phrase of time, the date that it means on `day`, and whether that is more than a year back."""
    back = rng.randint(1, 6)
    then = day - dt.timedelta(days=back)
    month = (day.replace(day=1) - dt.timedelta(days=rng.randint(40, 250))).replace(day=15)
    far = day.year - rng.randint(2, 30)
    week = day - dt.timedelta(days=7)
    last_month = day.replace(day=1) - dt.timedelta(days=1)
    exact = day - dt.timedelta(days=rng.randint(8, 300))
    old = dt.date(far, rng.randint(1, 12), rng.randint(1, 28))
    return rng.choice(
        (
            (f"on {_DAYS[then.weekday()]}", then.isoformat(), False),
            ("yesterday", (day - dt.timedelta(days=1)).isoformat(), False),
            (f"{('two', 'three', 'four', 'five')[back % 4]} days ago", (day - dt.timedelta(days=back % 4 + 2)).isoformat(), False),
            ("last week", week.isoformat()[:7], False),
            ("last month", last_month.isoformat()[:7], False),
            (f"on {exact.day} {_MONTHS[exact.month - 1]} {exact.year}", exact.isoformat(), False),
            (f"in {_MONTHS[month.month - 1]}" if (day - month).days < 330 else f"in {_MONTHS[month.month - 1]} {month.year}", month.isoformat()[:7], False),
            (f"in {far}", str(far), True),
            (f"in {_MONTHS[old.month - 1]} {old.year}", old.isoformat()[:7], True),
            (f"on {old.day} {_MONTHS[old.month - 1]} {old.year}", old.isoformat(), (day - old).days > 366),
            (f"on {_MONTHS[old.month - 1]} {old.day}, {old.year}", old.isoformat(), (day - old).days > 366),
        )
    )  # fmt: skip


KINDS: tuple[Callable[[Core, random.Random], Iterator[Piece | None]], ...] = (
    negation, modality, vanished, spoken, voice, nominal.nouns, distance, tense,
)  # fmt: skip
