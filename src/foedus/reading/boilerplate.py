"""Which units of a text are apparatus: the rules of `data/boilerplate.toml`, applied with their limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from foedus.reading.draft import Block, Draft

_FIRST, _LAST = 8, 12
_TAIL_WINDOW = 400
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$|[。！？]\s*$")
# A short unit of items with bars or bullets between them is a crumb trail or a department line, not prose.
_DIVIDED = re.compile(r"^[\"“'‘«\[(]?[^|·•»›]{1,45}(?:\s*[|·•»›]\s*[^|·•»›]{1,45}){1,8}$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the data file, its patterns compiled into one."""

    kind: str
    where: str
    pattern: re.Pattern[str]
    longest: int
    edge: bool


def mark(draft: Draft) -> None:
    """Give a kind to each block that a rule matches; a block matched at its tail is split in two."""
    free = [index for index, block in enumerate(draft.blocks) if block.kind is None]
    edges = set(free[:_FIRST]) | set(free[-_LAST:])
    result: list[Block] = []
    in_list = False
    for index, block in enumerate(draft.blocks):
        if block.kind is not None:
            result.append(block)
            continue
        content = draft.content(block)
        kind, split, heads_list = judge(content, edge=index in edges)
        if kind is None and in_list and len(content) <= 160 and not _SENTENCE_END.search(content):
            block.kind = "navigation"
        elif kind is None:
            in_list = False
        elif split is None:
            block.kind = kind
        else:
            cut = block.start + split
            keep_end = block.start + len(content[:split].rstrip())
            result.append(Block(block.start, keep_end, None, block.heading))
            block = Block(cut, block.end, kind)
        in_list = in_list or heads_list
        result.append(block)
    draft.blocks = result


def judge(content: str, edge: bool = True) -> tuple[str | None, int | None, bool]:
    """The kind of a unit (None: body), where in it the apparatus starts (None: all of it), whether it heads a list."""
    bare = content.strip()
    if not bare:
        return "other", None, False
    size = len(bare)
    for rule in _rules():
        if size > rule.longest or (rule.edge and not edge):
            continue
        if rule.where == "tail":
            offset = max(0, len(content) - _TAIL_WINDOW)
            match = rule.pattern.search(content, offset)
            if match:
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                return rule.kind, start if content[:start].strip() else None, False
        elif rule.where == "start":
            if rule.pattern.match(bare):
                return rule.kind, None, False
        elif rule.pattern.fullmatch(bare.rstrip(" .!…")) or rule.pattern.fullmatch(bare):
            return rule.kind, None, rule.where == "list"
    if edge and size <= 120 and _DIVIDED.match(bare) and not _SENTENCE_END.search(bare):
        return "navigation", None, False
    return None, None, False


def rules() -> Iterator[Rule]:
    """The rules in the order in which they are tried: the short and certain before the long."""
    yield from _rules()


@cache
def _rules() -> tuple[Rule, ...]:
    table = tomllib.loads(files("foedus.reading").joinpath("data/boilerplate.toml").read_text("utf-8"))
    return tuple(
        Rule(
            kind=entry["kind"],
            where=entry["where"],
            pattern=re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"]), re.I),
            longest=entry.get("longest", 400),
            edge=entry.get("edge", False),
        )
        for entry in table["rule"]
    )
