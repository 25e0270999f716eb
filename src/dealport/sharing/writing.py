"""Files written whole or not at all, and shortlists written by suffix."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dealport.model import Problem, RequestError, UsageError
from dealport.scoring.shortlist import Shortlist
from dealport.sharing.sentences import SectorLabels

FLAT_SUFFIXES = (".csv", ".jsonl", ".parquet")  # written as they come, by `streaming`
SUFFIXES = (".csv", ".xlsx", ".json", ".jsonl", ".md", ".html", ".parquet")

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


def write_shortlist(
    shortlist: Shortlist,
    path: Path,
    *,
    market_problems: Sequence[Problem] = (),
    graph: SectorLabels,
    language: str = "en",
    force: bool = False,
    excel: bool = False,
    other: Shortlist | None = None,
) -> None:
    """Write the shortlist in the format of the path's suffix; raises as `check_out` and `write_whole` do.

    `other` (the same market by the other side) and `market_problems` are sheets of a workbook; `excel` puts a byte
    order mark before CSV.
    """
    check_out(path, force=force)
    content = _content(
        path.suffix.lower(), shortlist, graph, language, problems=market_problems, excel=excel, other=other
    )
    with write_whole(path, force=force) as stream:
        stream.write(content)


def check_out(path: Path, *, force: bool = False) -> None:
    """Raise UsageError for a suffix that is none of ours, RequestError for a file that exists: before the long work."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: can't tell the format from its name; end it in one of {' '.join(SUFFIXES)}")
    check_free(path, force=force)


def check_all_out(paths: Sequence[Path], *, force: bool = False) -> None:
    """Every path as `check_out` does, and UsageError for a file named twice: before any is written."""
    for path in paths:
        check_out(path, force=force)
    named: dict[str, Path] = {}
    for path in paths:
        first = named.setdefault(os.path.realpath(path), path)
        if first is not path:
            raise UsageError(f"{path}: named twice (as {first} before); give each --out a file of its own")


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


def _content(
    suffix: str,
    shortlist: Shortlist,
    graph: SectorLabels,
    language: str,
    *,
    problems: Sequence[Problem],
    excel: bool,
    other: Shortlist | None,
) -> bytes:
    """The bytes of the file."""
    from dealport.sharing import csv_files, json_files, markdown, pages, parquet, shortlists, workbooks

    renderers: dict[str, Callable[[], bytes]] = {
        ".csv": lambda: csv_files.csv_bytes(shortlists.shortlist_table(shortlist, graph, language), excel=excel),
        ".xlsx": lambda: workbooks.workbook_bytes(shortlist, graph, language, other=other, problems=problems),
        ".json": lambda: json_files.json_text(json_files.shortlist_json(shortlist, graph, language)).encode(),
        ".jsonl": lambda: json_files.jsonl_text(shortlists.shortlist_table(shortlist, graph, language)).encode(),
        ".md": lambda: markdown.shortlist_markdown(shortlist, graph, language).encode(),
        ".html": lambda: pages.shortlist_page(shortlist, graph, language).encode(),
        ".parquet": lambda: parquet.parquet_bytes(shortlists.shortlist_table(shortlist, graph, language)),
    }
    return renderers[suffix]()
