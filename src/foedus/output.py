"""Files that a person asks for: looked at before any work is done, then written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from foedus.errors import InputError

_HANDED: Final = ("/dev/fd/", "/dev/std", "/proc/")
"""Where names stand for what is open already, such as the screen: that is written to, and never replaced."""


def check(output: Path) -> None:
    """Raises InputError where a file cannot be written here, so that it is told before the work and not after it."""
    try:
        if output.is_dir():
            raise InputError(f"{output}: this is a folder; name a file in it")
        if through(output):
            allowed = os.access(output, os.W_OK)
        else:
            target = Path(os.path.realpath(output))
            if not target.parent.is_dir():
                raise InputError(f"{output}: there is no folder {target.parent}; make it, or choose another place")
            allowed = not target.exists() or os.access(target, os.W_OK)
            # Trying tells more than asking: a folder of the system says that it can be written, and cannot.
            handle, part = tempfile.mkstemp(dir=target.parent, prefix=".foedus-")
            os.close(handle)
            os.unlink(part)
    except (OSError, ValueError) as error:
        raise refused(output, error) from None
    if not allowed:
        raise refused(output, PermissionError(0, "no permission to write"))


def through(output: Path) -> bool:
    """Whether what stands at a place is no file of its own: a device, a pipe, the screen. It is written through."""
    try:
        mode = output.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) or os.path.abspath(output).startswith(_HANDED)


def write(text: str, output: Path) -> None:
    """Write a text file whole or not at all. Raises InputError where the place cannot be written."""
    write_bytes(text.encode("utf-8", "replace"), output)


def write_bytes(data: bytes, output: Path) -> None:
    """Write a file whole or not at all. Raises InputError where the place cannot be written."""
    try:
        with aside(output) as part:
            part.write_bytes(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refused(output, error) from None


def refused(output: Path, error: OSError | ValueError) -> InputError:
    """What to tell of a place that cannot be written."""
    return InputError(
        f"{output}: cannot be written ({getattr(error, 'strerror', None) or error}); choose another place"
    )


@contextlib.contextmanager
def aside(output: Path) -> Iterator[Path]:
    """A file to write, which comes to stand at `output` once the block has ended well.

    A link stays and its target is replaced; a file that is replaced hands its mode and owner on.
    """
    if through(output):
        with tempfile.TemporaryDirectory(prefix="foedus-") as folder:
            part = Path(folder) / "part"
            yield part
            _pour(part, output)
        return
    target = Path(os.path.realpath(output))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".foedus-")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _dress(part, target)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _pour(part: Path, output: Path) -> None:
    # Appended, for the screen may be a file that others have written to before.
    with part.open("rb") as source, os.fdopen(os.open(output, os.O_WRONLY | os.O_APPEND), "wb") as sink:
        shutil.copyfileobj(source, sink)


def _dress(part: Path, target: Path) -> None:
    try:
        held = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        return
    with contextlib.suppress(OSError):
        os.chown(part, held.st_uid, held.st_gid)
    part.chmod(stat.S_IMODE(held.st_mode))
