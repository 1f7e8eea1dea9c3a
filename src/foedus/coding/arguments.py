"""Who does it, and what it is done to: subjects and objects of a predicate through passives, control, relative clauses and nouns."""

from __future__ import annotations

from typing import Final

from foedus.coding.entities import Entities, Ref
from foedus.coding.parse import Sentence

Found = tuple[list[Ref], str]
"""Entities and the road to them ("subject", "by", "control")."""

_OBJECT_CONTROL: Final = frozenset(
    """ask urge tell order force allow help invite persuade warn request press authorise authorize enable let expect want compel instruct
    encourage implore beg advise permit require get push convince cause lead challenge call appeal oblige direct forbid entreat pressure""".split()
)
_OF_CONTROL: Final = frozenset(
    """accuse blame condemn criticise criticize denounce charge suspect praise thank commend convict chide fault rebuke reproach prevent stop
    deter keep bar prohibit dissuade censure deplore castigate slam""".split()
)
LIGHT: Final = frozenset(
    """launch carry conduct hold make begin start stage mount issue give offer provide deliver express voice sign conclude impose announce
    order continue resume undertake pay have do take open lead win suffer wage commit initiate execute step renew repeat cancel stop end
    halt suspend postpone delay plan prepare threaten escalate intensify expand extend send raise lodge file convey pledge promise refuse
    deny reject call declare stage organise organize host convene chair attend join perpetrate perform pursue""".split()
)
_PASSIVE_PARTICIPLES: Final = frozenset({"VBN"})
_CLAUSE_NOUN_PREPOSITIONS: Final = frozenset(
    {"after", "during", "in", "at", "following", "before", "through", "by", "without", "on"}
)


def is_passive(s: Sentence, v: int) -> bool:
    """Whether verb `v` is passive: its grammatical subject, or the noun it modifies, undergoes the act."""
    kids = s.children[v]
    if any(s.deps[k] in {"nsubjpass", "auxpass", "agent"} for k in kids):
        return True
    if s.deps[v] in {"acl"} and s.tags[v] in {"VBN", "VBD"}:
        return True
    if (
        s.deps[v] == "conj"
        and s.tags[v] in _PASSIVE_PARTICIPLES
        and not any(s.deps[k] in {"nsubj", "aux", "dobj"} for k in kids)
    ):
        return is_passive(s, s.heads[v])
    return (
        s.deps[v] == "conj"
        and s.tags[v] == "VBN"
        and any(s.lower[k] == "by" for k in kids)
        and not any(s.deps[k] in {"nsubj", "aux"} for k in kids)
    )


def agents(e: Entities, v: int, depth: int = 0) -> Found:
    """Entities that do what verb `v` says."""
    s = e.sentence
    if is_passive(s, v):
        for k in s.kids(v, "agent", "prep"):
            if s.lower[k] == "by":
                refs = [ref for p in s.kids(k, "pobj") for ref in e.phrase(p)]
                if refs:
                    return refs, "by"
        return [], "agentless"
    return subjects(e, v, depth)


def subjects(e: Entities, v: int, depth: int = 0) -> Found:
    """Entities of the grammatical subject of `v`, found higher up where it has none of its own."""
    s = e.sentence
    own = s.kids(v, "nsubj", "nsubjpass")
    if own:
        return [ref for k in own for ref in e.phrase(k)], "subject"
    if depth > 6:
        return [], "none"
    head, dep = s.heads[v], s.deps[v]
    if head == v:
        return [], "none"
    if dep in {"xcomp", "ccomp", "advcl"} and s.pos[head] in {"VERB", "AUX", "ADJ"}:
        control = _controlled(e, head, dep)
        if control:
            return control, "control"
    if dep in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"}:
        if s.pos[head] in {"VERB", "AUX"} or s.pos[head] == "ADJ":
            refs, how = subjects(e, head, depth + 1)
            return refs, "shared" if dep == "conj" else "control" if how != "none" else how
        if s.pos[head] in {"NOUN", "PROPN"}:
            return owner(e, head, depth + 1)
    if dep in {"acl", "relcl"}:
        if s.tags[v] in {"VB"} and any(s.lower[k] == "to" for k in s.kids(v, "aux")):
            # "an offer to send", "a promise to help": whose offer it is does the sending.
            return owner(e, head, depth + 1)
        if dep == "acl":
            return e.phrase(head), "participle"
        return (
            owner(e, head, depth + 1)
            if not any(s.lower[k] in {"who", "which", "that", "whom"} for k in s.children[v])
            else ([], "none")
        )
    if dep == "pcomp":
        return _of_preposition(e, head, depth + 1)
    if dep in {"pobj", "dobj", "attr", "csubj"} and s.tags[v] == "VBG":
        return (
            _of_preposition(e, head, depth + 1) if s.deps[head] in {"prep", "agent"} else subjects(e, head, depth + 1)
        )
    return [], "none"


def _controlled(e: Entities, verb: int, dep: str) -> list[Ref]:
    s = e.sentence
    if s.lemmas[verb] not in _OBJECT_CONTROL or dep == "ccomp":
        return []
    if is_passive(s, verb):
        return [ref for k in s.kids(verb, "nsubjpass") for ref in e.phrase(k)]
    for k in s.kids(verb, "dobj", "dative"):
        refs = e.phrase(k)
        if refs:
            return refs
    return [
        ref
        for k in s.kids(verb, "prep")
        if s.lower[k] in {"on", "upon", "to"}
        for p in s.kids(k, "pobj")
        for ref in e.phrase(p)
    ]


def _of_preposition(e: Entities, preposition: int, depth: int) -> Found:
    s = e.sentence
    head = s.heads[preposition]
    if s.pos[head] in {"VERB", "AUX", "ADJ"}:
        if s.lower[preposition] in {"of", "for", "from", "with", "over"} and s.lemmas[head] in _OF_CONTROL:
            refs = patients(e, head)
            if refs:
                return refs, "control"
        return (agents if s.lower[preposition] != "by" else subjects)(e, head, depth)[0], "control"
    if s.pos[head] in {"NOUN", "PROPN"}:
        return owner(e, head, depth)
    if s.deps[head] == "prep":
        return _of_preposition(e, head, depth + 1) if depth < 6 else ([], "none")
    return [], "none"


def patients(e: Entities, v: int) -> list[Ref]:
    """Entities of what the act of verb `v` falls on: its object, or the subject of its passive."""
    s = e.sentence
    direct = s.kids(v, "dobj")
    if is_passive(s, v):
        own = s.kids(v, "nsubjpass")
        if own:
            return [ref for k in own for ref in e.phrase(k)]
        if s.deps[v] == "acl":
            return e.phrase(s.heads[v])
        if s.deps[v] == "conj":
            return patients(e, s.heads[v])
    for k in direct:
        refs = e.phrase(k)
        if refs:
            return refs
    if s.deps[v] == "relcl" and not direct and s.kid(v, "nsubj") is not None:
        # "the missiles that Russia sold", "the boats Washington sank": the antecedent is the object.
        wh = [k for k in s.children[v] if s.lower[k] in {"that", "which", "whom", "who"} and s.deps[k] != "nsubj"]
        if wh or not any(s.lower[k] in {"who", "which", "that", "where", "when"} for k in s.kids(v, "nsubj", "advmod")):
            return e.phrase(s.heads[v])
    return []


def prepositional(e: Entities, i: int, prepositions: tuple[str, ...] | frozenset[str]) -> list[tuple[list[Ref], str]]:
    """Entities in complements of `i` introduced by one of `prepositions`, with the preposition."""
    s = e.sentence
    found = []
    for k in s.kids(i, "prep", "dative", "agent", "prt"):
        chain = s.lower[k]
        inner = k
        for deeper in s.kids(k, "prep", "pcomp"):
            if s.kids(deeper, "pobj"):
                chain, inner = f"{s.lower[k]} {s.lower[deeper]}", deeper
        if s.lower[k] in prepositions or chain in prepositions:
            refs = [ref for p in s.kids(inner, "pobj") for ref in e.phrase(p)]
            for other in s.kids(k, "conj", "prep"):
                if s.lower[other] == s.lower[k]:
                    refs += [ref for p in s.kids(other, "pobj") for ref in e.phrase(p)]
            if refs:
                found.append((refs, s.lower[k]))
    return found


def owner(e: Entities, noun: int, depth: int = 0) -> Found:
    """Who does what an act noun names: its possessor, its "by", its nationality, or the subject of the verb it hangs on."""
    s = e.sentence
    for k in s.kids(noun, "prep", "agent"):
        if s.lower[k] in {"by", "from"} and (
            s.lower[k] == "by"
            or s.lemmas[noun] in {"request", "appeal", "offer", "demand", "call", "support", "help", "aid"}
        ):
            refs = [ref for p in s.kids(k, "pobj") for ref in e.phrase(p)]
            if refs:
                return refs, "by"
    for k in s.kids(noun, "poss"):
        refs = e.phrase(k)
        if refs:
            return refs, "possessor"
    refs = [ref for ref in e._modifiers(noun) if ref.how == "adj"]
    if refs:
        return refs, "nationality"
    for k in s.kids(noun, "prep"):
        if s.lower[k] == "between":
            refs = [ref for p in s.kids(k, "pobj") for ref in e.phrase(p)]
            if len(refs) > 1:
                return refs, "between"
    if depth > 5:
        return [], "none"
    head, dep = s.heads[noun], s.deps[noun]
    if dep in {"dobj", "attr", "oprd", "npadvmod"} and s.lemmas[head] in LIGHT:
        return agents(e, head, depth + 1)[0], "light"
    if dep == "nsubjpass" and s.lemmas[head] in LIGHT:
        return agents(e, head, depth + 1)[0], "light"
    if dep == "conj" and s.pos[head] in {"NOUN", "PROPN"}:
        return owner(e, head, depth + 1)
    if dep == "pobj" and s.deps[head] == "prep":
        verb = s.heads[head]
        if s.pos[verb] in {"VERB", "AUX"} and s.lower[head] in _CLAUSE_NOUN_PREPOSITIONS:
            return subjects(e, verb, depth + 1)[0], "clause"
        if (
            s.pos[verb] == "NOUN"
            and s.lower[head] == "of"
            and (s.lemmas[verb] in {"series", "wave", "round", "number", "string", "spate", "campaign"})
        ):
            return owner(e, verb, depth + 1)
    return [], "none"
