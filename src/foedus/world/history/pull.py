"""Bringing research data to this machine: from the network (resumed where it broke off), a folder or an archive."""

from __future__ import annotations

import datetime as dt
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from foedus.errors import DataError
from foedus.world.history.catalogue import Dataset, dataset
from foedus.world.history.manifest import PART, Entry, add_entry, digest, read_manifest
from foedus.world.history.tables import read_file

Progress = Callable[[str, int, int | None], None]
CHUNK: Final = 1 << 16
TIMEOUT_S: Final = 30.0
ETAG: Final = ".etag"
ARCHIVES: Final = (".tar.gz", ".tgz", ".tar", ".zip", ".tar.xz", ".tar.bz2")


def pull(
    name: str,
    folder: Path,
    source: Path | None = None,
    base_url: str | None = None,
    any_version: bool = False,
    progress: Progress | None = None,
) -> tuple[Entry, bool]:
    """Brings one data set into `folder` and returns its record, and whether anything was fetched.

    `source` is a folder or archive to take it from, `base_url` a mirror that serves the files by name. The file appears
    under its name only when it is whole and its checksum is right (where none is recorded, or `any_version` is
    given: when it can be read as a table); until then it is `<file>.part`, and the next pull goes on from there. Raises
    DataError that says what to do.
    """
    wanted = dataset(name)
    folder.mkdir(parents=True, exist_ok=True)
    held = _held(wanted, folder, any_version)
    if held:
        return held, False
    part = folder / f"{wanted.file}{PART}"
    if source is not None:
        origin = _copy(wanted, source, part)
    else:
        origin = _address(wanted, base_url)
        _download(wanted, origin, part, progress)
    _check(wanted, part, origin, any_version)
    return _publish(wanted, folder, part, origin), True


def _held(wanted: Dataset, folder: Path, any_version: bool) -> Entry | None:
    """The record of a file that is here and whole; a file without a record is adopted where its checksum is known."""
    path = folder / wanted.file
    if not path.is_file():
        return None
    noted = read_manifest(folder).get(wanted.file)
    found = digest(path)
    if noted and noted.sha256 == found and (any_version or wanted.sha256 in (None, found)):
        return noted
    if not noted and wanted.sha256 == found:
        entry = _entry(wanted, path, found, "found in the folder")
        add_entry(folder, entry)
        return entry
    return None


def _publish(wanted: Dataset, folder: Path, part: Path, origin: str) -> Entry:
    path = folder / wanted.file
    entry = _entry(wanted, part, digest(part), origin)
    part.replace(path)
    part.with_name(part.name + ETAG).unlink(missing_ok=True)
    add_entry(folder, entry)
    return entry


def _entry(wanted: Dataset, path: Path, checksum: str, origin: str) -> Entry:
    version = wanted.version if wanted.sha256 == checksum else f"{wanted.version} (not checked against the catalogue)"
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Entry(wanted.name, wanted.file, path.stat().st_size, checksum, version, origin, today)


def _check(wanted: Dataset, part: Path, origin: str, any_version: bool) -> None:
    found = digest(part)
    if wanted.sha256 == found:
        return
    if wanted.sha256 is not None and not any_version:
        size = part.stat().st_size
        part.unlink()
        raise DataError(
            f"{wanted.file} from {origin} is not version {wanted.version} of the catalogue ({size:,} bytes, SHA-256 "
            f"{found[:12]}… instead of {wanted.sha256[:12]}…); pull again, or take it as it is with --any-version"
        )
    try:
        read_file(part, wanted.name, suffix=Path(wanted.file).suffix)
    except DataError as error:
        part.unlink()
        raise DataError(
            f"{wanted.file} from {origin} is damaged: it cannot be read as a table; pull it again"
        ) from error


# --- the network


def _address(wanted: Dataset, base_url: str | None) -> str:
    if base_url is not None:
        if not base_url.startswith(("http://", "https://")):
            raise DataError(f"{base_url} is no web address; give one that begins with https://")
        return f"{base_url.rstrip('/')}/{wanted.file}"
    if wanted.url is None:
        raise DataError(
            f"{wanted.keeper} asks users to fetch {wanted.name} by hand from {wanted.page}; then run "
            f"`foedus data pull {wanted.name} --from FOLDER`"
        )
    return wanted.url


def _download(wanted: Dataset, url: str, part: Path, progress: Progress | None) -> None:
    import httpx

    noted = part.with_name(part.name + ETAG)
    have = part.stat().st_size if part.is_file() else 0
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {"Accept-Encoding": "identity"}
    if have and noted.is_file():
        headers["If-Range"] = noted.read_text(encoding="utf-8")
    try:
        with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT_S, follow_redirects=True) as answer:
            if answer.status_code == 416:
                # The part is as long as the file, or longer than a file that has changed since.
                part.unlink()
                noted.unlink(missing_ok=True)
                return _download(wanted, url, part, progress)
            if answer.status_code not in (200, 206):
                raise DataError(
                    f"{url} answered {answer.status_code} {answer.reason_phrase}; try again later, use --base-url of a "
                    f"mirror, or fetch it by hand from {wanted.page} and use --from"
                )
            resumed = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
            have = have if resumed else 0
            total = _total(answer.headers, have)
            etag = answer.headers.get("ETag")
            if etag and not etag.startswith("W/"):
                noted.write_text(etag, encoding="utf-8")
            with part.open("ab" if resumed else "wb") as out:
                for block in answer.iter_bytes():
                    out.write(block)
                    have += len(block)
                    if progress:
                        progress(wanted.name, have, total)
    except httpx.HTTPError as error:
        kept = part.stat().st_size if part.is_file() else 0
        if not kept:
            raise DataError(
                f"{url} could not be reached ({type(error).__name__}); check the network, or take it from a mirror "
                "with --base-url or from a folder with --from"
            ) from error
        raise DataError(
            f"{url} broke off after {kept:,} bytes ({type(error).__name__}); run the same command "
            "again to go on from there"
        ) from error
    if total is not None and have != total:
        raise DataError(
            f"{url} ended after {have:,} of {total:,} bytes; run the same command again to go on from there"
        )


def _total(headers: Mapping[str, str], have: int) -> int | None:
    length = headers.get("Content-Length")
    return int(length) + have if length is not None and length.isdigit() else None


# --- folders and archives


def _copy(wanted: Dataset, source: Path, part: Path) -> str:
    names = {name.lower() for name in (wanted.file, *wanted.official)}
    if source.is_dir():
        found = sorted(path for path in source.rglob("*") if path.name.lower() in names and path.is_file())
        if not found:
            raise DataError(f"{source} holds no {' or '.join(sorted(names))}; see {wanted.page}")
        exact = [path for path in found if path.name == wanted.file] or found
        if exact[0].suffix != Path(wanted.file).suffix:
            raise DataError(
                f"{exact[0]} is the keeper's own layout of {wanted.name}, which is read as it is: copy it into "
                f"{part.parent} under its own name"
            )
        shutil.copyfile(exact[0], part)
        return str(exact[0])
    if not source.is_file() or not source.name.lower().endswith(ARCHIVES):
        raise DataError(f"{source} is neither a folder nor an archive ({', '.join(ARCHIVES)})")
    try:
        with _member(source, {wanted.file.lower()}) as stream:
            if stream is None:
                raise DataError(f"{source} holds no {wanted.file}; unpack it and give the folder, or see {wanted.page}")
            with part.open("wb") as out:
                shutil.copyfileobj(stream, out, CHUNK)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
        part.unlink(missing_ok=True)
        raise DataError(f"{source} is damaged ({type(error).__name__}); fetch the archive again") from error
    return f"{source}:{wanted.file}"


@contextmanager
def _member(archive: Path, names: set[str]) -> Iterator[IO[bytes] | None]:
    """The first member whose own name (without folders) is wanted. Members are read, never unpacked to their paths."""
    if archive.name.lower().endswith(".zip"):
        with zipfile.ZipFile(archive) as box:
            inside = [one for one in box.namelist() if one.rsplit("/", 1)[-1].lower() in names]
            if not inside:
                yield None
                return
            with box.open(inside[0]) as stream:
                yield stream
        return
    with tarfile.open(archive) as bundle:
        for one in bundle:
            if one.isfile() and one.name.rsplit("/", 1)[-1].lower() in names:
                yield bundle.extractfile(one)
                return
        yield None
