"""On whom an act falls: the recipients of a predicate by its frame's roads, through objects, prepositions, complements and owners."""

from __future__ import annotations

from foedus.coding.arguments import Found, agents, is_passive, patients, prepositional
from foedus.coding.entities import Entities, Ref
from foedus.coding.frames import Frame
from foedus.coding.parse import Sentence
from foedus.coding.words import words


def recipients(e: Entities, i: int, frame: Frame) -> list[Found]:
    """Every place where the recipient of predicate `i` may stand, likeliest first, each with its entities."""
    return _noun_recipients(e, i, frame) if e.sentence.pos[i] in {"NOUN", "PROPN"} else _verb_recipients(e, i, frame)


def _verb_recipients(e: Entities, v: int, frame: Frame) -> list[Found]:
    s = e.sentence
    found: list[Found] = []
    prepositions = frame.prepositions
    objects = s.kids(v, "dobj", "oprd", "attr", "npadvmod") or (
        list(s.kids(v, "nsubjpass")) if is_passive(s, v) else []
    )
    first_prep = prepositional(e, v, prepositions) if prepositions else []
    datives = [ref for k in s.kids(v, "dative") if s.lower[k] not in {"to", "for"} for ref in e.phrase(k)]
    passive_dative = is_passive(s, v) and bool(s.kids(v, "dobj"))
    if passive_dative:
        datives = [ref for k in s.kids(v, "nsubjpass") for ref in e.phrase(k)] or datives
        if not datives and s.deps[v] == "conj":
            datives = [ref for k in s.kids(s.heads[v], "nsubjpass") for ref in e.phrase(k)]
    hints = frame.recipient or ("dobj", "pobj")
    by_hint: dict[str, Found] = {}
    if datives:
        by_hint["iobj"] = (datives, "dative")
    if first_prep:
        by_hint["pobj"] = (first_prep[0][0], "prep:" + first_prep[0][1])
    direct = [] if passive_dative else patients(e, v)
    if direct:
        by_hint["dobj"] = (direct, "object")
    for k in objects:
        committed = prepositional(e, k, frozenset({"by"}))
        if committed and frame.type in {"ACCUSE", "SUPPORT", "REJECT", "REQUEST"}:
            # "condemned the violation of Iran's borders by Israel" turns on Israel.
            by_hint["dobj"] = (committed[0][0], "object-by")
        inside = prepositional(
            e,
            k,
            (
                "against",
                "on",
                "to",
                "with",
                "toward",
                "towards",
                "upon",
                "into",
                "from",
                "over",
                "for",
                "at",
                "between",
                "of",
            ),
        )
        if inside and "obj-pobj" not in by_hint:
            by_hint["obj-pobj"] = (inside[0][0], "object-prep:" + inside[0][1])
        owners = e._modifiers(k)
        if owners and "poss-of-dobj" not in by_hint:
            by_hint["poss-of-dobj"] = (owners, "object-owner")
    mine = {ref.code for ref in agents(e, v)[0]}
    for complement in _complements(e, v):
        if any(ref.code not in mine for ref in complement[0]):
            by_hint["comp"] = complement
            break
    country = _inside_object(e, v, objects, frame.type == "ACCUSE")
    if country:
        by_hint["obj-country"] = (country, "object-inside")
    for hint in hints:
        base = hint.split(":")[0]
        if base in by_hint:
            found.append(by_hint[base])
    for key in ("iobj", "pobj", "dobj", "obj-pobj", "poss-of-dobj", "comp", "obj-country"):
        if key in by_hint and by_hint[key] not in found:
            found.append(by_hint[key])
    loose = prepositional(
        e,
        v,
        (
            "to",
            "against",
            "on",
            "with",
            "from",
            "at",
            "toward",
            "towards",
            "upon",
            "into",
            "over",
            "for",
            "between",
            "of",
            "near",
            "along",
            "in",
            "inside",
            "off",
        ),
    )
    found.extend((refs, "prep:" + name) for refs, name in loose if (refs, "prep:" + name) not in found)
    relative = _relative_object(e, v)
    if relative and (relative, "antecedent") not in found:
        found.append((relative, "antecedent"))
    return found


def _inside_object(e: Entities, v: int, objects: list[int], accusing: bool) -> list[Ref]:
    """Whoever is named anywhere inside the object or the clause that stands for it, relative clauses left out.

    An accusation never falls on the victim that its object names ("condemned the strikes on Iran").
    """
    s = e.sentence
    tops = [*objects, *s.kids(v, "ccomp")]
    tops += [
        p
        for k in s.kids(v, "prep")
        if s.lower[k] in {"for", "over", "at", "of", "from", "about"}
        for p in s.kids(k, "pobj", "pcomp")
    ]
    refs: list[Ref] = []
    for top in tops:
        for k in s.subtree(top):
            named = e.names.at.get(k)
            if (
                named is not None
                and named.head == k
                and not _in_relative(s, k, top)
                and not (accusing and _suffers(s, k, top))
            ):
                refs.append(Ref(named.code, "inside", named.start, named.end, named.sector, named.person))
    first = refs[:1]
    return first + [ref for ref in refs[1:] if s.deps[ref.end - 1] == "conj"]


def _suffers(s: Sentence, i: int, top: int) -> bool:
    """Whether word `i` is what an act noun at or below `top` falls on."""
    word = i
    while word != top and s.heads[word] != word:
        if s.deps[word] == "pobj" and s.lower[s.heads[word]] in {"on", "against", "upon"}:
            return True
        word = s.heads[word]
    return False


def _in_relative(s: Sentence, i: int, top: int) -> bool:
    word = i
    while word != top and s.heads[word] != word:
        if s.deps[word] == "relcl":
            return True
        word = s.heads[word]
    return False


def _relative_object(e: Entities, v: int) -> list[Ref]:
    s = e.sentence
    if s.deps[v] != "relcl":
        return []
    for k in s.children[v]:
        if s.deps[k] == "poss" or any(s.lower[j] == "whose" for j in s.kids(k, "poss")):
            return e.phrase(s.heads[v])
    return []


def _complements(e: Entities, v: int) -> list[Found]:
    """Whoever a complement clause names: its subject ("demanded that Israel stop"), whom it serves ("to sell jets to Chile"), its object."""
    s = e.sentence
    found: list[Found] = []
    for k in s.kids(v, "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"):
        own = [ref for j in s.kids(k, "nsubj", "nsubjpass") for ref in e.phrase(j)]
        if own and s.deps[k] == "ccomp":
            found.append((own, "complement-subject"))
        served = prepositional(e, k, ("to", "with", "against", "on", "from", "for", "into", "over"))
        found += [(refs, f"complement-prep:{name}") for refs, name in served if name in {"to", "with"}]
        inner = patients(e, k)
        if inner:
            found.append((inner, "complement-object"))
        found += [(refs, f"complement-prep:{name}") for refs, name in served if name not in {"to", "with"}]
        for o in s.kids(k, "dobj"):
            owners = e._modifiers(o)
            if owners:
                found.append((owners, "complement-object"))
    for o in s.kids(v, "dobj"):
        for k in s.kids(o, "relcl", "acl"):
            if any(s.lower[j] == "to" for j in s.kids(k, "aux")):
                inner = patients(e, k)
                if inner:
                    found.append((inner, "complement-object"))
    return found


def _noun_recipients(e: Entities, n: int, frame: Frame) -> list[Found]:
    s = e.sentence
    found: list[Found] = []
    listed = frame.prepositions
    for refs, name in prepositional(e, n, listed) if listed else []:
        found.append((refs, "prep:" + name))
    for refs, name in prepositional(
        e,
        n,
        (
            "on",
            "against",
            "to",
            "with",
            "into",
            "for",
            "from",
            "over",
            "at",
            "toward",
            "towards",
            "upon",
            "of",
            "between",
            "in",
        ),
    ):
        if (refs, "prep:" + name) not in found:
            found.append((refs, "prep:" + name))
    if "passive-poss" in frame.flags or any(s.lower[k] == "by" for k in s.kids(n, "prep", "agent")):
        possessors = [ref for k in s.kids(n, "poss") for ref in e.phrase(k)]
        if possessors:
            found.append((possessors, "possessor"))
    compound = [
        Ref(named.code, "compound", named.start, named.end)
        for k in s.kids(n, "compound", "nmod", "amod")
        if (named := e.names.at.get(k)) and named.kind not in {"adjective", "demonym"}
    ]
    if compound:
        found.append((compound, "compound"))
    head, dep = s.heads[n], s.deps[n]
    if dep in {"dobj", "nsubjpass", "attr"} and s.pos[head] in {"VERB", "AUX"}:
        # "launched an attack against", "held talks with", "gave Iran its support": the verb carries the complement.
        datives = [
            ref
            for k in s.kids(head, "dative")
            for ref in (
                e.phrase(k) if s.lower[k] not in {"to", "for"} else [r for p in s.kids(k, "pobj") for r in e.phrase(p)]
            )
        ]
        if datives:
            found.append((datives, "dative"))
        for refs, name in prepositional(
            e, head, ("on", "against", "to", "with", "for", "from", "over", "at", "upon", "into", "toward", "towards")
        ):
            found.append((refs, "verb-prep:" + name))
    return found


def people_object(s: Sentence, i: int) -> bool:
    """Whether the act falls on people of no named state ("arrested thirty protesters"): then it stays inside the actor's state."""
    targets = s.kids(i, "dobj", "nsubjpass") or [
        p for k in s.kids(i, "prep") if s.lower[k] in {"of", "on", "against"} for p in s.kids(k, "pobj")
    ]
    return any(
        s.lemmas[k] in words("nouns", "people") or s.lower[k] in {"thousands", "hundreds", "dozens", "people"}
        for k in targets
    )
