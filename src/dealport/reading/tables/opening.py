"""From a path to bytes, without ever blocking or filling the memory, and how a path is shown and becomes an id."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.limits import MEBIBYTE


def read_bytes(path: Path, *, limit: int) -> bytes:
    """The whole of a regular file of at most `limit` bytes.

    Raises:
        UnreadableError: a folder, pipe or device, no permission, or larger than `limit`.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"is a {kind_of_node(status.st_mode)}, not a file", "name a file")
        if status.st_size > limit:
            raise _too_large(status.st_size, limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(*cannot_read(error)) from error
    if len(data) > limit:  # it grew, or its size is not told, as in /proc
        raise _too_large(len(data), limit)
    return data


def kind_of_node(mode: int) -> str:
    """``folder``, ``pipe``, ``device`` or ``socket``."""
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def cannot_read(error: OSError | ValueError) -> tuple[str, str]:
    """Message and cure of a file or folder the system won't open."""
    if isinstance(error, PermissionError):
        return "can't be read: permission denied", "allow reading it, or move it out of the folder"
    if isinstance(error, FileNotFoundError):
        return "can't be read: it leads to a file that is not there", "mend or remove the link"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"can't be read: {reason[:1].lower()}{reason[1:]}", "mend it, or move it out of the folder"


def shown(path: Path) -> str:
    """A path as the user would type it, with forward slashes; undecodable bytes and control characters escaped."""
    text = path.as_posix()
    if text.isprintable():
        return text
    text = os.fsencode(text).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def stem_of(path: Path) -> str:
    """A file's name without suffix as an id: NFC, so that a file from a Mac has the same id."""
    return unicodedata.normalize("NFC", shown(Path(path.stem)))


def _too_large(size: int, limit: int) -> UnreadableError:
    return UnreadableError(
        f"is larger than {limit // MEBIBYTE} MB ({size / MEBIBYTE:.0f} MB)", "split it into smaller files"
    )
