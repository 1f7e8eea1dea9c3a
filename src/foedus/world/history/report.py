"""What `foedus data` prints: the catalogue, the progress of a pull, the state of the files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from foedus.world.history.catalogue import catalogue, dataset
from foedus.world.history.manifest import read_manifest
from foedus.world.history.pull import pull
from foedus.world.history.verify import verify


def listing(folder: Path, form: str) -> str:
    """The catalogue, with what the folder holds, as a table or as JSON."""
    manifest = read_manifest(folder) if folder.is_dir() else {}
    rows = []
    for entry in catalogue().values():
        here = any((folder / file).is_file() for file in (entry.file, *entry.official))
        rows.append(
            asdict(entry) | {"here": here, "pulled": asdict(manifest[entry.file]) if entry.file in manifest else None}
        )
    if form == "json":
        return json.dumps({"folder": str(folder), "datasets": rows}, ensure_ascii=False, indent=1)
    wide = max(len(name) for name in catalogue())
    lines = [f"Data folder: {folder}", ""]
    for entry, row in zip(catalogue().values(), rows, strict=True):
        mark = "here" if row["here"] else ("    " if entry.url else "hand")
        lines.append(f"{entry.name:<{wide}}  {mark}  {entry.version:<6} {entry.span:<10} {entry.what} — {entry.keeper}")
    lines += [
        "",
        "here: on this machine; hand: its keeper asks you to fetch it yourself (foedus data pull NAME says where).",
    ]
    lines.append("Bring one with `foedus data pull NAME`; what to cite: `foedus data cite NAME`.")
    return "\n".join(lines)


def pull_all(
    names: list[str], folder: Path, source: Path | None, base_url: str | None, any_version: bool
) -> Iterator[str]:
    """Pulls each data set in turn, with progress on stderr, and yields a line for each that is there."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    wanted = [one for one in catalogue().values() if one.url] if names == ["all"] else [dataset(name) for name in names]
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:
        for one in wanted:
            task = bars.add_task(one.name, total=one.size)
            entry, fetched = pull(
                one.name,
                folder,
                source,
                base_url,
                any_version,
                lambda _, done, total, task=task: bars.update(task, completed=done, total=total),  # type: ignore[misc]
            )
            bars.remove_task(task)
            did = "pulled" if fetched else "already here"
            yield f"{entry.name}: {did}, version {entry.version}, {entry.size:,} bytes, {folder / entry.file}"


def verification(folder: Path, names: list[str], form: str) -> tuple[str, bool]:
    """The state of the data sets as text or JSON, and whether all are sound."""
    found = verify(folder, names)
    sound = not any(one.fault for one in found) and not (names and any(one.state == "absent" for one in found))
    if form == "json":
        return json.dumps({"folder": str(folder), "datasets": [asdict(one) for one in found]}, indent=1), sound
    if not found:
        return f"{folder} holds no data sets; see `foedus data list`", True
    wide = max(len(one.name) for one in found)
    return "\n".join(f"{one.name:<{wide}}  {one.state:<13}  {one.detail}" for one in found), sound
