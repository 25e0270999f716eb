"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dealport.model import RequestError

CURES = {
    errno.ENOSPC: "the disk is full: free some space or choose another folder",
    errno.EDQUOT: "your disk quota is used up: free some space or choose another folder",
    errno.EFBIG: "it is larger than a file may be there: choose another folder or fewer pairs",
    errno.EACCES: "no permission to write there: choose another folder",
    errno.EPERM: "no permission to write there: choose another folder",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.ENOENT: "its folder does not exist: make it first",
    errno.ENOTDIR: "a part of its path is a file, not a folder: choose another path",
    errno.EISDIR: "it is a folder: name a file",
    errno.ELOOP: "its link leads back to itself: remove the link",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
}


def check_all_free(paths: Sequence[Path], *, force: bool = False) -> None:
    """Every path as `check_free` does: before any is written."""
    for path in paths:
        check_free(path, force=force)


def check_no_input(paths: Sequence[Path], inputs: Sequence[str]) -> None:
    """Raise RequestError for a path that is one of the files read: --force is no leave to lose what somebody typed."""
    read = set(map(os.path.realpath, inputs))
    for path in paths:
        if os.path.realpath(path) in read:
            raise RequestError(f"{path}: it is one of the files read; choose another name")


@contextmanager
def write_whole(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; otherwise nothing is left behind.

    Raises RequestError for an existing file without `force`, a full disk, a missing folder, a missing permission. A
    link stays a link: the file it leads to is the one replaced.
    """
    check_free(path, force=force)
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".dealport-{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_free(path: Path, *, force: bool) -> None:
    """Raise RequestError where a folder, a pipe or a device stands, or a file without `force`, or no file can be."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        _check_folder(path)
        return
    except OSError as error:  # a name too long to ask about, a link that leads to itself
        raise _cannot_write(path, error) from error
    if stat.S_ISDIR(mode):
        raise RequestError(f"{path}: it is a folder; name a file in it")
    if not stat.S_ISREG(mode):
        raise RequestError(f"{path}: it is a pipe or a device; name a file")
    if not force:
        raise RequestError(f"{path}: it exists already; give --force to replace it")
    _check_folder(path)


def _check_folder(path: Path) -> None:
    """Raise RequestError where the folder to write to is missing or takes no file."""
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise _cannot_write(path, OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot_write(path, OSError(errno.EACCES, os.strerror(errno.EACCES)))


def _cannot_write(path: Path, error: OSError) -> RequestError:
    return RequestError(f"{path}: can't write it: {CURES.get(error.errno or 0, error.strerror or str(error))}")
