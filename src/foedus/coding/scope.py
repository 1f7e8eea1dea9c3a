"""Whether an act happened, did not happen, will or only may: polarity and modality of a predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from foedus.coding.arguments import LIGHT
from foedus.coding.parse import Sentence
from foedus.coding.words import words

_ONLY: Final = frozenset({"only", "just", "merely", "simply", "solely"})
_SPEECH: Final = frozenset(
    {
        "say",
        "tell",
        "announce",
        "declare",
        "add",
        "state",
        "claim",
        "report",
        "insist",
        "vow",
        "promise",
        "pledge",
        "warn",
        "answer",
        "reply",
        "hint",
        "suggest",
        "note",
        "confirm",
    }
)
_REPORTS: Final = frozenset("report claim allegation rumour rumor suggestion assertion charge accusation story".split())
_UNTRUE: Final = frozenset(
    "baseless false untrue unfounded groundless fabricated fake wrong nonsense lie fabrication invention fantasy".split()
)
_DENIES: Final = frozenset("deny dismiss refute rebut reject".split())


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands over a predicate. `will` marks a future of the actor's own announcing ("will send", "said it would send")."""

    negative: bool = False
    hypothetical: bool = False
    future: bool = False
    will: bool = False
    wished: bool = False
    conditional: bool = False
    cue: str | None = None


def scope(s: Sentence, i: int) -> Scope:
    """Polarity and modality of the predicate at word `i`, with the word that decides them."""
    negative, negative_cue = _negative(s, i)
    kind, cue = _modal(s, i)
    return Scope(
        negative=negative,
        hypothetical=kind in {"hypothetical", "conditional"},
        future=kind == "future",
        will=kind == "will",
        wished=kind == "wished",
        conditional=kind == "conditional",
        cue=negative_cue or cue,
    )


def _groundless(s: Sentence, noun: int) -> bool:
    """Whether the sentence says of a report or charge that it is untrue ("reports that … are baseless", "denied claims that …")."""
    verb = s.heads[noun]
    if s.deps[noun] == "dobj" and s.lemmas[verb] in _DENIES:
        return not _denied_here(s, verb)
    return (
        s.deps[noun] in {"nsubj", "nsubjpass"}
        and any(s.lemmas[k] in _UNTRUE for k in s.kids(verb, "acomp", "attr", "oprd"))
        and not _denied_here(s, verb)
    )


def _negative(s: Sentence, i: int) -> tuple[bool, str | None]:
    cue = _denied_here(s, i)
    if cue:
        return True, cue
    if s.pos[i] in {"NOUN", "PROPN"}:
        head, dep = s.heads[i], s.deps[i]
        if dep == "pobj" and s.lower[head] == "without":
            return True, "without"
        if (
            dep in {"dobj", "nsubjpass", "attr", "nsubj"}
            and s.pos[head] in {"VERB", "AUX"}
            and (s.lemmas[head] in LIGHT or dep == "nsubjpass" or s.lemmas[head] == "be")
        ):
            cue = _denied_here(s, head)
            if cue:
                return True, cue
        return False, None
    word = i
    for _ in range(4):
        head, dep = s.heads[word], s.deps[word]
        if head == word:
            break
        if dep in {"acl", "ccomp", "relcl"} and s.lemmas[head] in _REPORTS and _groundless(s, head):
            return True, "deny"
        if dep == "pcomp" and s.lower[head] == "without":
            return True, "without"
        if dep == "pcomp" and s.lower[head] == "of" and s.lemmas[s.heads[head]] in _REPORTS:
            return (True, "deny") if _groundless(s, s.heads[head]) else (False, None)
        if dep == "pcomp" and s.lower[head] in {"from", "of", "against"}:
            governor = s.heads[head]
            if s.lemmas[governor] in {"refrain", "abstain", "desist", "stop", "prevent", "keep", "shrink"}:
                return True, s.lower[governor]
            break
        if dep == "pcomp" and s.lower[head] == "than" and any(s.lower[k] == "rather" for k in s.children[head]):
            return True, "rather than"
        if dep in {"ccomp", "xcomp"} and s.lemmas[head] == "deny" and not _denied_here(s, head):
            return True, "deny"
        if dep in {"xcomp", "advcl", "ccomp"}:
            if s.lemmas[head] in words("scope", "negating_verbs") and dep == "xcomp" and s.tags[word] in {"VB", "VBG"}:
                if s.lemmas[head] in {"decline", "cease"}:
                    break
                return not _denied_here(s, head), s.lower[head]
            if s.lower[head] in words("scope", "negating_adjectives"):
                return True, s.lower[head]
            if dep == "xcomp":
                cue = _denied_here(s, head)
                if cue and s.lemmas[head] not in words("scope", "wish_verbs"):
                    return True, cue
                if s.lemmas[head] == "have" and any(s.lower[k] == "yet" for k in s.children[head]):
                    return True, "yet to"
                word = head
                continue
        if dep == "conj" and s.pos[head] in {"VERB", "AUX"}:
            shared = not any(s.deps[k] in {"nsubj", "nsubjpass", "aux", "auxpass", "neg"} for k in s.children[word])
            link = {s.lower[k] for k in s.kids(head, "cc", "preconj")} | {
                s.lower[k] for k in s.children[word] if s.lower[k] in {"nor", "neither"}
            }
            if "nor" in link or ("or" in link and shared) or "neither" in link:
                cue = _denied_here(s, head) or ("nor" if link & {"nor", "neither"} else None)
                if cue:
                    return True, cue
            if (
                shared
                and s.tags[word] in {"VB"}
                and "and" in link
                and _denied_here(s, head)
                and not any(s.lower[k] == "but" for k in s.children[head])
            ):
                return True, _denied_here(s, head)
        break
    return False, None


def _denied_here(s: Sentence, i: int) -> str | None:
    """A denying word that belongs to word `i` itself, its subject or its object."""
    for k in s.children[i]:
        lower = s.lower[k]
        if s.deps[k] == "neg" or lower in {"never", "neither", "nor"}:
            if _not_only(s, k):
                continue
            return lower
        if s.deps[k] == "preconj" and lower == "neither":
            return lower
        if s.deps[k] == "advmod" and lower in {"hardly", "scarcely", "nowhere"}:
            return lower
        if s.deps[k] in {"nsubj", "nsubjpass", "dobj", "attr", "dative"}:
            if lower in {"nobody", "none", "nothing", "neither"}:
                return lower
            for j in s.children[k]:
                if s.deps[j] in {"det", "neg", "preconj", "cc"} and s.lower[j] in {"no", "neither"}:
                    return s.lower[j]
        if (
            s.deps[k] == "advmod"
            and lower == "yet"
            and any(s.lower[j] == "to" for j in s.children[i])
            and s.lemmas[i] != "have"
        ):
            return "yet"
    if s.pos[i] == "NOUN":
        for k in s.children[i]:
            if s.deps[k] in {"det", "neg"} and s.lower[k] == "no":
                return "no"
    return None


def _not_only(s: Sentence, k: int) -> bool:
    """Whether word `k` is the "not" of "not only", which denies nothing."""
    if s.lower[k] not in {"not", "n't"}:
        return False
    following = s.lower[k + 1] if k + 1 < len(s) else ""
    return following in _ONLY or any(s.lower[j] in _ONLY for j in s.children[k])


def affirmed(s: Sentence, i: int) -> bool:
    """Whether "not only" is all that could be taken for a denial of word `i`: it happened, and more besides."""
    near = [k for k in (*s.children[i], *(j for k in s.children[i] for j in s.children[k])) if _not_only(s, k)]
    return bool(near) and _negative(s, i)[0] is False


def _modal(s: Sentence, i: int) -> tuple[str | None, str | None]:
    """`hypothetical`, `conditional`, `future`, `will`, `wished` or None, and the word that says so."""
    word = i
    for step in range(8):
        kind, cue = _modal_here(s, word, step)
        if kind:
            return kind, cue
        head, dep = s.heads[word], s.deps[word]
        if head == word:
            return None, None
        if s.pos[word] in {"NOUN", "PROPN", "PRON", "NUM"}:
            if dep == "pobj":
                governor = s.heads[head]
                if s.pos[governor] in {"NOUN"} and s.lemmas[governor] in words("scope", "hypothetical_nouns"):
                    return "hypothetical", s.lower[governor]
                if (
                    s.lower[head] in {"of", "for"}
                    and s.pos[governor] in {"NOUN"}
                    and s.lemmas[governor]
                    in {"plan", "call", "hope", "wish", "request", "offer", "promise", "threat", "demand", "appeal"}
                ):
                    return "wished", s.lower[governor]
                if (
                    s.lower[head] == "for"
                    and s.pos[governor] == "VERB"
                    and s.lemmas[governor] in words("scope", "wish_verbs")
                ):
                    return "wished", s.lower[governor]
                return None, None
            if dep in {"dobj", "nsubjpass", "attr", "oprd"}:
                if s.lemmas[head] in {"fear", "suspect", "consider", "contemplate", "risk"}:
                    return "hypothetical", s.lower[head]
                if s.lemmas[head] in words("scope", "wish_verbs") and s.lemmas[head] not in {
                    "refuse",
                    "reject",
                    "decline",
                    "order",
                    "announce",
                    "promise",
                    "pledge",
                    "vow",
                    "offer",
                    "oppose",
                    "call",
                }:
                    return "wished", s.lower[head]
                word = head
                continue
            return None, None
        if dep in {"xcomp", "advcl", "acl", "relcl", "pcomp", "ccomp"} and _infinitive(s, word):
            lemma = s.lemmas[head]
            if (
                s.deps[head] in {"xcomp"}
                or lemma in words("scope", "actual_verbs")
                or s.lower[head] in words("scope", "negating_adjectives")
            ):
                word = head
                continue
            if lemma in words("scope", "negating_verbs") and lemma != "decline":
                word = head
                continue
            if (
                lemma in {"expect", "schedule", "slate", "forecast", "set", "due", "predict", "anticipate"}
                or s.lower[head] == "due"
            ):
                return "future", s.lower[head]
            if lemma in {
                "believe",
                "think",
                "report",
                "say",
                "know",
                "understand",
                "rumour",
                "allege",
                "see",
                "find",
                "appear",
                "seem",
                "reckon",
                "hold",
            }:
                word = head
                continue
            if lemma in {"likely", "unlikely", "certain", "sure", "bound", "poised"}:
                return ("future" if lemma in {"certain", "sure", "bound"} else "hypothetical"), s.lower[head]
            return "wished", s.lower[head]
        if dep == "ccomp" and s.lemmas[head] in words("scope", "hypothetical_verbs"):
            return "hypothetical", s.lower[head]
        if (
            dep == "ccomp"
            and s.lemmas[head]
            in {"hope", "wish", "want", "insist", "demand", "suggest", "propose", "request", "urge", "recommend"}
            and s.tags[word] == "VB"
        ):
            return "wished", s.lower[head]
        if dep == "ccomp" and s.lemmas[head] in {"hope", "wish", "ask", "wonder"}:
            return "wished", s.lower[head]
        if dep in {"pcomp"}:
            governor = s.heads[head]
            if s.lower[head] == "by" and s.pos[governor] == "VERB":
                word = governor  # the means has the mood of the end
                continue
            if s.pos[governor] == "NOUN" and s.lemmas[governor] in words("scope", "hypothetical_nouns"):
                return "hypothetical", s.lower[governor]
            if (
                s.lower[head] in {"for", "of", "against", "from", "about", "at", "in"}
                and s.lemmas[governor] in words("scope", "wish_verbs")
                and s.lemmas[governor] not in {"refuse", "help"}
            ):
                return "wished", s.lower[governor]
            return None, None
        if dep == "acl" and s.pos[head] == "NOUN" and s.lemmas[head] in words("scope", "hypothetical_nouns"):
            return "hypothetical", s.lower[head]
        if dep == "conj" and s.pos[head] in {"VERB", "AUX"}:
            if any(s.deps[k] in {"nsubj", "nsubjpass"} for k in s.children[word]) or (
                s.tags[word] not in {"VB", "VBN", "VBG"}
            ):
                return None, None
            if any(s.deps[k] == "aux" for k in s.children[word]):
                return None, None
            word = head
            continue
        if dep == "ccomp" and s.lemmas[head] in _SPEECH:
            return None, None
        return None, None
    return None, None


def _infinitive(s: Sentence, v: int) -> bool:
    return (
        s.tags[v] == "VB"
        and any(s.lower[k] == "to" for k in s.kids(v, "aux"))
        or (s.tags[v] == "VB" and s.deps[v] in {"xcomp", "conj"} and not s.kids(v, "aux", "nsubj"))
    )


def _modal_here(s: Sentence, i: int, step: int) -> tuple[str | None, str | None]:
    if s.pos[i] not in {"VERB", "AUX", "ADJ"}:
        return None, None
    for k in s.children[i]:
        lower = s.lower[k]
        if s.deps[k] == "aux":
            if lower in {"may", "might", "could"}:
                return "hypothetical", lower
            if lower in {"will", "'ll", "wo", "shall"}:
                return "will", lower
            if lower in {"would", "'d"} and s.tags[i] == "VB":
                return ("will" if _reported(s, i) else "hypothetical"), lower
            if lower == "should":
                return ("conditional" if k < min([i, *s.kids(i, "nsubj")]) else "wished"), lower
            if lower in {"can", "must", "ca"}:
                return "wished", lower
        if s.deps[k] == "mark" and lower in {"if", "unless", "whether"}:
            return "conditional", lower
        if s.deps[k] == "advmod" and lower in {"perhaps", "possibly", "maybe"}:
            return "hypothetical", lower
    if step == 0 and s.deps[i] == "xcomp" and s.lemmas[s.heads[i]] == "be" and _infinitive(s, i):
        return "will", "is to"
    if s.lemmas[i] == "go" and any(s.deps[k] == "xcomp" for k in s.children[i]) and s.tags[i] == "VBG":
        return "will", "going to"
    return None, None


def _reported(s: Sentence, i: int) -> bool:
    """Whether "would" is a "will" put into the past by a verb of saying above it."""
    word = i
    for head in s.up(i):
        if s.deps[word] == "ccomp" and (s.lemmas[head] in _SPEECH):
            return True
        if s.deps[word] not in {"conj", "ccomp"}:
            break
        word = head
    return any(s.deps[k] == "parataxis" and s.lemmas[k] in _SPEECH for k in s.children[i])
