"""What a source is: a path, folder, glob, address, stdin, bytes or the text itself; and what it holds."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from foedus.errors import FoedusError, SourceError
from foedus.model.document import Document
from foedus.reading.content import draft_of, read_content, read_stream
from foedus.reading.fetch import fetch
from foedus.reading.finish import finish
from foedus.reading.options import Options, Outcomes, unforeseen
from foedus.reading.sniff import SUFFIXES, sniff

Source = str | os.PathLike[str] | bytes | Document
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://\S*$")
_GLOB = re.compile(r"[*?\[]")
_LONGEST_PATH = 1000
_HANDED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Where a shell hands over what is open already: `/dev/stdin`, and the `/dev/fd/63` of `<(…)`."""
_KNOWN = "|".join(sorted((suffix[1:] for suffix in SUFFIXES), key=len, reverse=True))
_FILE_LIKE = re.compile(rf"\.(?:{_KNOWN}|gz|docx?|zip|rtf|odt|epub|png|jpe?g)$", re.I)


def outcomes(source: Source, options: Options) -> Outcomes:
    """All documents of one source, and an error for each part of it that cannot be read."""
    try:
        yield from _outcomes(source, options)
    except FoedusError:
        raise
    except Exception as error:
        yield unforeseen(repr(source)[:60] if isinstance(source, bytes) else str(source)[:200], error)


def _outcomes(source: Source, options: Options) -> Outcomes:
    if isinstance(source, Document):
        yield source
    elif isinstance(source, bytes | bytearray | memoryview):
        yield from read_content(bytes(source), "bytes", None, options)
    elif isinstance(source, str):
        yield from _string(source, options)
    elif isinstance(source, os.PathLike):
        yield from _path(Path(source), options)
    else:
        yield SourceError(repr(source)[:60], f"a {type(source).__name__} is no source; give a path, URL, bytes or text")


def would_read(source: str, path: Path) -> bool:
    """Whether reading a source would read this very file: it is named, or lies where the source looks."""
    bare = source.strip()
    if bare == "-" or _SCHEME.match(bare) or not path.exists():
        return False
    if _exists(source):
        found = [source]
    else:
        found = glob.glob(os.path.expanduser(source), recursive=True) if _GLOB.search(source) else []
    real = Path(os.path.realpath(path))
    for one in found:
        if os.path.isdir(one):
            if _known_kind(path) and Path(os.path.realpath(one)) in real.parents:
                return True
        elif os.path.realpath(one) == str(real):
            return True
    return False


def _string(source: str, options: Options) -> Outcomes:
    bare = source.strip()
    if not bare:
        yield SourceError("text", "empty: there is no text in it")
    elif bare == "-":
        yield from read_stream(sys.stdin.buffer, "stdin", "-", options)
    elif match := _SCHEME.match(bare):
        if match[1].lower() in ("http", "https"):
            yield from _address(bare, options)
        else:
            yield SourceError(bare, "only http and https addresses are fetched; for a file give its path")
    elif "\n" in bare or len(source) > _LONGEST_PATH:
        yield _text(source, options)
    elif _exists(source):
        yield from _path(Path(source), options)
    elif _GLOB.search(source) and not _prose(source):
        yield from _matches(source, options)
    elif _prose(source):
        yield _text(source, options)
    else:
        hint = (
            "check the path"
            if "/" in bare or _FILE_LIKE.search(bare)
            else "check the path; a text needs more than a few words"
        )
        yield SourceError(source, f"no such file or folder; {hint}")


def _prose(source: str) -> bool:
    """Whether a string is words and not the name of something: several of them, and no suffix or separator of paths."""
    words = source.split()
    if _FILE_LIKE.search(source.strip()) and not re.search(r"[.!?] ", source):
        return False
    if len(words) < 3:
        # Two words that end as a sentence are one: "Moscow refused."
        return (len(words) == 2 and source.strip().endswith((".", "!", "?"))) or _dense(source)
    return not source.startswith(("/", "./", "../", "~")) or len(words) >= 8


def _dense(source: str) -> bool:
    """Scripts written without spaces: a dozen characters of them are a sentence."""
    return sum("\u0e00" <= char <= "\u0eff" or "\u3040" <= char <= "\u9fff" for char in source) >= 10


def _text(source: str, options: Options) -> Document | SourceError:
    """Text given as itself."""
    from foedus.reading.decode import clean

    notes: list[str] = []
    text = clean(source, notes).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > options.max_bytes:
        return options.too_large("text")
    try:
        format_name = options.format or sniff(text[:65_536].encode("utf-8", "replace"), "text")
        if format_name in ("jsonl", "json", "csv", "feed"):
            found = list(read_content(text.encode(), "text", None, options))
            if len(found) == 1:
                return found[0]
            return SourceError("text", f"holds {len(found)} documents; write it to a file and use read_all")
        draft = draft_of(text, format_name if format_name in ("html", "markdown") else "text", "text", None, options)
        draft.notes[:0] = notes
        return finish(draft, "text", options)
    except SourceError as error:
        return error


def _exists(source: str) -> bool:
    try:
        return os.path.lexists(source)
    except (OSError, ValueError):
        return False


def _address(url: str, options: Options) -> Outcomes:
    try:
        fetched = fetch(url, options)
    except SourceError as error:
        yield error
        return
    yield from read_content(
        fetched.data, url, url, options, url=fetched.url, charset=fetched.charset, content_type=fetched.content_type
    )


def _path(path: Path, options: Options) -> Outcomes:
    name = str(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield SourceError(name, "no such file or folder; check the path")
        return
    except (OSError, ValueError) as error:
        yield SourceError(
            name, f"cannot be opened ({getattr(error, 'strerror', None) or error}); check the path and its permissions"
        )
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, options)
    elif not stat.S_ISREG(mode) and not os.path.abspath(path).startswith(_HANDED):
        yield SourceError(name, "a pipe, device or socket, not a file; hand its contents on with - (standard input)")
    else:
        yield from _file(path, options)


def _file(path: Path, options: Options) -> Outcomes:
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, str(path), str(path), options)
    except OSError as error:
        yield SourceError(str(path), f"cannot be opened ({error.strerror or error}); check its permissions")


def _folder(folder: Path, options: Options) -> Outcomes:
    root = folder.resolve()
    count = 0
    for found in _files_in(folder, root):
        count += 1
        if isinstance(found, SourceError):
            yield found
        else:
            yield from _file(found, options)
    if count == 0:
        yield SourceError(
            str(folder), f"a folder without files of a known kind ({', '.join(sorted(SUFFIXES))}, also .gz)"
        )


def _files_in(folder: Path, root: Path) -> Iterator[Path | SourceError]:
    """Files of known kinds below a folder, sorted; links out of it are errors, hidden files are left alone."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield SourceError(str(folder), f"cannot be opened ({error.strerror or error}); check its permissions")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            target = Path(os.path.realpath(entry))
            if target != root and root not in target.parents:
                yield SourceError(
                    str(entry), "a link that leads out of the folder is not followed; name its target itself"
                )
                continue
            if target.is_dir():
                continue  # what it leads to lies in the folder and is read there
        if entry.is_dir():
            yield from _files_in(entry, root)
        elif _known_kind(entry):
            if entry.is_file():
                yield entry
            else:
                yield SourceError(str(entry), "not a regular file; it is not read from a folder")


def _known_kind(path: Path) -> bool:
    name = path.name.lower()
    if name.endswith(".gz"):
        name = name[:-3]
        return Path(name).suffix in SUFFIXES
    return Path(name).suffix in SUFFIXES


def _matches(pattern: str, options: Options) -> Outcomes:
    found = sorted(glob.glob(os.path.expanduser(pattern), recursive=True))
    if not found:
        yield SourceError(pattern, "no file matches; check the pattern")
    for one in found:
        if os.path.isdir(one) and "**" in pattern:
            continue  # its files match by themselves
        yield from _path(Path(one), options)
