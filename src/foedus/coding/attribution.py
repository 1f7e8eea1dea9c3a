"""Whose word an act is, when it is not the author's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from foedus.coding.arguments import agents, is_passive, subjects
from foedus.coding.entities import Entities, Ref
from foedus.coding.parse import Sentence
from foedus.coding.words import words

_QUOTE_MARKS: Final = frozenset({'"', "“", "”", "``", "''", "'", "‘", "’", "«", "»"})


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker: its entity code, the words that name it, and the verb that hands over to it."""

    code: str
    ref: Ref | None = None
    verb: int | None = None
    doubt: bool = False


def speaker(e: Entities, i: int) -> Source | None:
    """The innermost named source of the predicate at word `i`, or None where the author vouches for it."""
    s = e.sentence
    word = i
    for _ in range(12):
        hedge = _adverb(s, word)
        if hedge:
            return hedge
        aside = _aside(e, word, i)
        if aside:
            return aside
        head, dep = s.heads[word], s.deps[word]
        if head == word:
            break
        if (
            dep in {"ccomp", "parataxis", "csubj", "csubjpass"}
            and s.pos[head] in {"VERB", "AUX"}
            and s.lemmas[head] in words("speech", "verbs")
        ):
            source = _subject_source(e, head)
            if source:
                return source
        if dep == "xcomp" and is_passive(s, head):
            impersonal = _impersonal(s, head)
            if impersonal:
                return impersonal
        if dep == "pcomp" or (dep == "pobj" and s.deps[head] == "prep"):
            governor = s.heads[head]
            if s.lemmas[governor] in words("speech", "claiming_accusations") and s.lower[head] in {"of", "for", "with"}:
                source = _subject_source(e, governor)
                if source:
                    return source
            if (
                s.pos[governor] == "NOUN"
                and s.lemmas[governor] in words("speech", "claim_nouns")
                and s.lower[head] in {"of", "that", "about"}
            ):
                source = _noun_source(e, governor)
                if source:
                    return source
        if dep in {"acl", "ccomp"} and s.pos[head] == "NOUN" and s.lemmas[head] in words("speech", "claim_nouns"):
            source = _noun_source(e, head)
            if source:
                return source
        if dep == "relcl" and word != i:
            # What a relative clause adds to a noun inside a quotation is still the quotation's; outside it, the author's.
            pass
        if (
            dep == "conj"
            and s.pos[word] in {"VERB", "AUX"}
            and s.deps[head] not in {"ccomp", "conj", "pcomp"}
            and s.kids(word, "nsubj", "nsubjpass")
        ):
            # A new main clause stands on the author's word ("…, officials say, but it did not send").
            break
        word = head
    found = _according_to(e, i) or _quoted(e, i)
    if found is None and e.discourse.asked:
        return Source("MEDIA")
    return found


def _subject_source(e: Entities, verb: int) -> Source | None:
    s = e.sentence
    if is_passive(s, verb):
        refs, how = agents(e, verb)
        if how == "by" and refs:
            return Source(refs[0].code, refs[0], verb)
        return _impersonal(s, verb)
    refs, _ = subjects(e, verb)
    own = s.kids(verb, "nsubj")
    for k in own:
        source = _speaker_phrase(e, k, refs, verb)
        if source:
            return source
    return Source(refs[0].code, refs[0], verb) if refs else None


def _speaker_phrase(e: Entities, k: int, refs: list[Ref], verb: int | None) -> Source | None:
    s = e.sentence
    lemma = s.lemmas[k]
    for table, code in (("analysts", "ANALYSTS"), ("media", "MEDIA")):
        if lemma in words("nouns", table):
            return Source(code, None, verb)
    named = [ref for ref in refs if ref.how not in {"role", "in"} or lemma not in words("nouns", "unknown")]
    if named:
        return Source(named[0].code, named[0], verb)
    if s.pos[k] in {"NOUN", "PRON"} and (
        lemma in words("nouns", "unknown")
        or lemma in {"some", "many", "other", "people", "observer", "neighbour", "they"}
    ):
        return Source("UNKNOWN", None, verb)
    if s.pos[k] == "PROPN":
        text = " ".join(s.lower[j] for j in s.subtree(k))
        if any(
            word in text
            for word in (
                "post",
                "times",
                "journal",
                "news",
                "agency",
                "reuters",
                "tass",
                "xinhua",
                "bbc",
                "cnn",
                "herald",
                "guardian",
                "monde",
                "jazeera",
                "telegraph",
                "tribune",
            )
        ):
            return Source("MEDIA", None, verb)
        return Source("UNKNOWN", None, verb)
    return None


def _impersonal(s: Sentence, verb: int) -> Source | None:
    if s.lemmas[verb] in {"expect", "set", "schedule"}:
        return None
    if s.lemmas[verb] in words("speech", "hedged_by_analysts"):
        return Source("ANALYSTS", None, verb, doubt=s.lemmas[verb] == "suspect")
    if s.lemmas[verb] in words("speech", "hedged_by_media"):
        return Source("MEDIA", None, verb)
    if s.lemmas[verb] == "fear":
        return Source("UNKNOWN", None, verb, doubt=True)
    return None


def _noun_source(e: Entities, noun: int) -> Source | None:
    from foedus.coding.arguments import owner

    refs, _ = owner(e, noun)
    if refs:
        return Source(refs[0].code, refs[0], noun)
    if e.sentence.lemmas[noun] in {"report", "rumour", "rumor", "word"}:
        return Source("MEDIA", None, noun)
    return None


def _adverb(s: Sentence, i: int) -> Source | None:
    for k in s.children[i]:
        if s.deps[k] == "advmod":
            if s.lower[k] in words("speech", "adverbs_media"):
                return Source("MEDIA", None, k)
            if s.lower[k] in words("speech", "adverbs_analysts"):
                return Source("ANALYSTS", None, k)
    return None


def _aside(e: Entities, word: int, i: int) -> Source | None:
    """ "…, American officials say, …" and "…, it is understood here, …" """
    s = e.sentence
    for k in s.kids(word, "parataxis", "ccomp", "dep"):
        if k == i or s.under(i, k) or s.lemmas[k] not in words("speech", "verbs"):
            continue
        if s.kids(k, "ccomp", "dobj"):
            continue
        if s.deps[k] == "parataxis" or (
            s.kids(k, "nsubj", "nsubjpass") and not any(s.deps[j] == "mark" for j in s.children[k])
        ):
            source = _subject_source(e, k)
            if source:
                return source
    return None


def _according_to(e: Entities, i: int) -> Source | None:
    s = e.sentence
    for k, lower in enumerate(s.lower):
        if lower == "according" and k + 1 < len(s) and s.lower[k + 1] == "to":
            for p in s.kids(k + 1, "pobj"):
                refs = e.phrase(p)
                return _speaker_phrase(e, p, refs, k) or (
                    Source(refs[0].code, refs[0], k) if refs else Source("UNKNOWN", None, k)
                )
        if (
            lower in {"account", "words", "telling", "reckoning"}
            and s.deps[k] == "pobj"
            and s.lower[s.heads[k]] in {"by", "in"}
        ):
            refs = [ref for j in s.kids(k, "poss") for ref in e.phrase(j)]
            if refs:
                return Source(refs[0].code, refs[0], k)
    return None


def _quoted(e: Entities, i: int) -> Source | None:
    """A predicate between quotation marks of a sentence without a verb of saying belongs to whoever was last quoted."""
    s = e.sentence
    opening = sum(1 for k in range(i) if s.words[k] in {'"', "“", "”", "``", "''"})
    curly_open = any(s.words[k] == "“" for k in range(i)) and not any(s.words[k] == "”" for k in range(i))
    if (opening % 2 == 1 or curly_open) and e.discourse.quoted:
        return Source(e.discourse.quoted)
    return None


def quoted_speaker(e: Entities) -> str | None:
    """Who is quoted in this sentence, to be remembered for a quotation that runs on."""
    s = e.sentence
    if not any(word in _QUOTE_MARKS for word in s.words):
        return None
    for i, lemma in enumerate(s.lemmas):
        if s.pos[i] == "VERB" and lemma in words("speech", "verbs") and s.kids(i, "nsubj"):
            source = _subject_source(e, i)
            if source:
                return source.code
    return None
