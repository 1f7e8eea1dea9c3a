"""How far two annotators of the same documents agree, measured with the scorer that also measures the coder.

    python training/corpus/agreement.py --scorer PATH/score_events.py [--examples 30] [--write]

The first annotation is `part_*.jsonl`, the second `second.jsonl`, which was made from the codebook alone. The first
stands as gold, the second as coded; F1 does not depend on that choice, precision and recall do. A document whose sentences
have changed since the second annotation was made is named and left out. `--write` puts the tables into README.md.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import itertools
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- agreement:begin -->", "<!-- agreement:end -->"
Event = dict[str, Any]
Docs = dict[str, dict[str, Any]]


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module, from wherever it lies."""
    spec = importlib.util.spec_from_file_location("score_events", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path}: no scorer there; give the path of score_events.py with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(paths: Iterable[Path]) -> Docs:
    """Documents by id."""
    docs: Docs = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                doc = json.loads(line)
                docs[doc["id"]] = doc
    return docs


def pair_up(first: Docs, second: Docs) -> tuple[Docs, Docs, list[str]]:
    """The documents that both hold with the same sentences, and the ids of the others."""
    same = [i for i in second if i in first and first[i]["sentences"] == second[i]["sentences"]]
    return {i: first[i] for i in same}, {i: second[i] for i in same}, [i for i in second if i not in same]


def matched(score: ModuleType, a: Docs, b: Docs, level: str = "event") -> Iterator[tuple[str, int, Event, Event]]:
    """Events on which both agree at a level: document, sentence, the first's event and the second's."""
    for did in a:
        left = {score.key(e["sentence"], e, level): e for e in a[did]["events"]}
        right = {score.key(e["sentence"], e, level): e for e in b[did]["events"]}
        for k in left.keys() & right.keys():
            yield did, left[k]["sentence"], left[k], right[k]


def kappa(a: Docs, b: Docs) -> tuple[float, float]:
    """Share of sentences on which both say event or both say none, and Cohen's kappa of it."""
    table: collections.Counter[tuple[bool, bool]] = collections.Counter()
    for did in a:
        left, right = ({e["sentence"] for e in d[did]["events"]} for d in (a, b))
        for i in range(len(a[did]["sentences"])):
            table[i in left, i in right] += 1
    n = sum(table.values())
    observed = (table[True, True] + table[False, False]) / n
    p, q = (table[True, True] + table[True, False]) / n, (table[True, True] + table[False, True]) / n
    chance = p * q + (1 - p) * (1 - q)
    return observed, (observed - chance) / (1 - chance) if chance < 1 else 1.0


def bootstrap(score: ModuleType, a: Docs, b: Docs, rounds: int = 500, seed: int = 7) -> dict[str, tuple[float, float]]:
    """95 % intervals of the F1 figures, documents drawn with replacement."""
    rng, ids = random.Random(seed), sorted(a)
    values: dict[str, list[float]] = collections.defaultdict(list)
    for _ in range(rounds):
        draw = [rng.choice(ids) for _ in ids]
        left = {str(n): a[i] for n, i in enumerate(draw)}
        right = {str(n): b[i] for n, i in enumerate(draw)}
        result = score.score(left, right)
        for level in ("event", "quad", "dyad", "deed"):
            values[level].append(result[f"{level}_f1"]["f1"])
    return {k: (sorted(v)[int(0.025 * rounds)], sorted(v)[int(0.975 * rounds) - 1]) for k, v in values.items()}


def share(events: list[tuple[str, int, Event, Event]], field: str, at_least: int) -> str:
    """Share of the events found by both on which a field is the same, of those where so many of the two give one."""
    chosen = [(x, y) for _, _, x, y in events if bool(x[field]) + bool(y[field]) >= at_least]
    if not chosen:
        return "no case"
    return f"{sum(x[field] == y[field] for x, y in chosen) / len(chosen):.3f} of {len(chosen)}"


def figures(score: ModuleType, a: Docs, b: Docs) -> list[tuple[str, str]]:
    """Every measure with its value."""
    result, intervals = score.score(a, b), bootstrap(score, a, b)
    both = list(matched(score, a, b))
    observed, k = kappa(a, b)
    rows = [
        ("documents / sentences", f"{len(a)} / {sum(len(d['sentences']) for d in a.values())}"),
        ("events, first / second", f"{result['gold_events']} / {result['coded_events']}"),
    ]
    for level in ("event", "quad", "dyad", "deed"):
        f, (low, high) = result[f"{level}_f1"], intervals[level]
        rows.append((f"{level} F1 (95 % by document)", f"{f['f1']:.3f} ({low:.3f}–{high:.3f})"))
    found = result["event_f1"]
    rows.append(
        ("event: share of the second's that the first has, and the reverse", f"{found['p']:.3f}, {found['r']:.3f}")
    )
    rows.append(("event or no event in a sentence: same, Cohen's kappa", f"{observed:.3f}, {k:.3f}"))
    rows.append(("coded by the second where the first has none", f"{result['null_fp']:.3f}"))
    rows.append(("coded by the first where the second has none", f"{score.score(b, a)['null_fp']:.3f}"))
    for field in ("polarity", "modality", "speaker"):
        marked = result["marked"].get(field)
        rows.append((f"{field}, of events found by both", share(both, field, at_least=0)))
        rows.append((f"{field}: F1 of the marked", f"{marked['f1']:.3f}" if marked else "no case"))
    for field in ("date", "mode"):
        rows.append((f"{field}, of events found by both", share(both, field, at_least=0)))
        rows.append((f"{field}, where either gives one", share(both, field, at_least=1)))
        rows.append((f"{field}, where both give one", share(both, field, at_least=2)))
    rows.append(("historical, of events found by both", share(both, "historical", at_least=0)))
    return rows


def table(score: ModuleType, a: Docs, b: Docs) -> str:
    """The agreement tables, in Markdown: every measure; then F1 by type and by part."""
    lines = ["| measure | value |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in figures(score, a, b)]
    lines += ["", "| type | in the first | F1 |", "|---|---|---|"]
    types = score.score(a, b)["types"]
    lines += [f"| {t} | {v['n']} | {v['f1']:.2f} |" for t, v in sorted(types.items(), key=lambda x: -x[1]["n"])]
    lines += ["", "| part | documents | events in the first | event F1 | deed F1 |", "|---|---|---|---|---|"]
    for part in sorted({i.rsplit("-", 1)[0] for i in a}):
        left, right = ({i: d for i, d in docs.items() if i.startswith(f"{part}-")} for docs in (a, b))
        r = score.score(left, right)
        lines.append(
            f"| {part} | {len(left)} | {r['gold_events']} | {r['event_f1']['f1']:.2f} | {r['deed_f1']['f1']:.2f} |"
        )
    return "\n".join(lines)


def short(e: Event) -> str:
    """An event on one line."""
    marks = [
        e["mode"] or "",
        "" if e["polarity"] == "positive" else "NEG",
        "" if e["modality"] == "actual" else e["modality"],
    ]
    marks += [f"speaker {e['speaker']}" if e.get("speaker") else "", e.get("date") or ""]
    return " ".join([f"{e['actor']}→{e['recipient']}", e["type"], *(m for m in marks if m)])


# How two lonely events of one sentence are read as one disagreement, the closest likeness first.
PAIRINGS: dict[str, Callable[[Event, Event], bool]] = {
    "type": lambda x, y: (x["actor"], x["recipient"]) == (y["actor"], y["recipient"]),
    "recipient given or left open": lambda x, y: (
        (x["type"], x["actor"]) == (y["type"], y["actor"]) and None in (x["recipient"], y["recipient"])
    ),
    "code of a side": lambda x, y: x["type"] == y["type"],
}


def disagreements(score: ModuleType, a: Docs, b: Docs) -> dict[str, list[tuple[float, str, int, str, str]]]:
    """Disagreements by kind, each with a weight (deeds weigh double), document, sentence, and both readings."""
    kinds: dict[str, list[tuple[float, str, int, str, str]]] = collections.defaultdict(list)
    for did in a:
        for i in range(len(a[did]["sentences"])):
            left = [e for e in a[did]["events"] if e["sentence"] == i]
            right = [e for e in b[did]["events"] if e["sentence"] == i]
            lk = {score.key(i, e, "event"): e for e in left}
            rk = {score.key(i, e, "event"): e for e in right}
            for k in lk.keys() & rk.keys():
                x, y = lk[k], rk[k]
                for field in ("polarity", "modality", "speaker"):
                    if x.get(field) != y.get(field):
                        weight = 1 + (score.deed(x) != score.deed(y))
                        kinds[field].append((weight, did, i, short(x), short(y)))
            lonely = [lk[k] for k in lk.keys() - rk.keys()]
            other = [rk[k] for k in rk.keys() - lk.keys()]
            for kind, alike in PAIRINGS.items():
                for x in list(lonely):
                    y = next((y for y in other if alike(x, y)), None)
                    if y is not None:
                        lonely.remove(x)
                        other.remove(y)
                        kinds[kind].append((1 + (score.deed(x) != score.deed(y)), did, i, short(x), short(y)))
            for x in lonely:
                kinds["only the first"].append((1 + score.deed(x) + (not right), did, i, short(x), "—"))
            for y in other:
                kinds["only the second"].append((1 + score.deed(y) + (not left), did, i, "—", short(y)))
    return {k: sorted(v, key=lambda d: (-d[0], d[1], d[2])) for k, v in sorted(kinds.items())}


def show(score: ModuleType, a: Docs, b: Docs, limit: int) -> None:
    """Print the disagreements counted by kind, the confused types, and the most telling cases, kinds in turn."""
    kinds = disagreements(score, a, b)
    print("\nDisagreements:", ", ".join(f"{k} {len(v)}" for k, v in kinds.items()))
    confused = collections.Counter((d[3].split()[1], d[4].split()[1]) for d in kinds.get("type", []))
    print("Types confused (first, second):", ", ".join(f"{x}/{y} {n}" for (x, y), n in confused.most_common(12)))
    turns = itertools.zip_longest(*([(k, d) for d in v] for k, v in kinds.items()))
    cases = [case for turn in turns for case in turn if case is not None][:limit]
    for kind, (_, did, i, x, y) in cases:
        print(f"\n[{kind}] {did}:{i} {a[did]['sentences'][i]}\n    first:  {x}\n    second: {y}")


def main() -> None:
    """Read, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scorer", type=Path, required=True, help="path of score_events.py")
    parser.add_argument("--second", type=Path, default=HERE / "second.jsonl")
    parser.add_argument("--examples", type=int, default=30, help="how many disagreements to print")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    args = parser.parse_args()
    score = load_scorer(args.scorer)
    a, b, gone = pair_up(load(sorted(HERE.glob("part_*.jsonl"))), load([args.second]))
    if gone:
        print(f"left out, since their sentences have changed or gone: {', '.join(gone)}", file=sys.stderr)
    if not a:
        sys.exit("no document stands in both annotations with the same sentences")
    text = table(score, a, b)
    print(text)
    show(score, a, b, args.examples)
    if args.write:
        readme = HERE / "README.md"
        old = readme.read_text(encoding="utf-8")
        head, tail = old.split(BEGIN)[0], old.split(END)[1]
        readme.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
