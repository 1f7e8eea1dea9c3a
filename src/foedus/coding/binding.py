"""Whom a pronoun cannot mean, and whose clause it stands in: the actors of its own clause, and the subjects above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.coding.entities import Entities


def own_subjects(entities: Entities, i: int) -> set[str]:
    """An object pronoun is never its own clause's subject ("the Russians leased it three tankers")."""
    s = entities.sentence
    if s.deps[i] in {"nsubj", "nsubjpass"}:
        return own_objects(entities, i)
    if s.deps[i] == "poss":
        return set()
    for head in s.up(i):
        if s.pos[head] in {"VERB", "AUX"}:
            own = s.kids(head, "nsubj", "nsubjpass")
            if own or s.deps[head] not in {"xcomp", "advcl", "conj", "pcomp", "acl"}:
                return {n.code for k in own for j in s.subtree(k) if (n := entities.names.at.get(j)) and n.subject}
    return set()


def own_objects(entities: Entities, i: int) -> set[str]:
    """Nor is a subject described only by its office or a pronoun whoever its own clause names as the object."""
    s = entities.sentence
    tops = s.kids(s.heads[i], "dobj", "dative")
    tops += [
        p
        for k in s.kids(s.heads[i], "prep", "dative", "agent")
        if s.lower[k] in {"with", "to", "against", "on", "by", "from"}
        for p in s.kids(k, "pobj")
    ]
    return {
        named.code
        for top in tops
        for k in (top, *s.kids(top, "compound", "amod", "poss", "conj"))
        if (named := entities.names.at.get(k)) is not None
    }


def governing_subjects(entities: Entities, i: int) -> list[int]:
    """Words that head the subjects of the clauses above word `i`, nearest first."""
    s = entities.sentence
    found = []
    inside = i
    for head in s.up(i):
        for k in s.kids(head, "nsubj", "nsubjpass"):
            if k != inside and k < i and not s.under(i, k):
                found.append(k)
        inside = head
    return found
