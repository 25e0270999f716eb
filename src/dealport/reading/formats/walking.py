"""From paths to the files in them: folders walked in a fixed order, each real file once, loops ended."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from dealport.model import Problem, UsageError
from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.opening import cannot_read, kind_of_node, shown

SUFFIXES = frozenset({".toml", ".csv", ".xlsx", ".json", ".jsonl", ".parquet"})
# What people keep beside their profiles; nobody means them to be read.
_BESIDE = ("readme", "license", "licence", "changelog", "thumbs.db", "desktop.ini")
_BESIDE_SUFFIXES = frozenset({".md", ".markdown", ".ics"})  # a plan has a calendar for each participant
_SPREADSHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv", ".txt"})


class FoundFile(Struct, frozen=True):
    """A file to read.

    Attributes:
        label: The path as the user would type it.
        folders: Names of the folders it lies in, innermost first, up to the one given.
        linked: True when a symbolic link leads to it.
        identity: Equal for two ways to the same real file.
    """

    path: Path
    label: str
    folders: tuple[str, ...]
    linked: bool
    identity: tuple[int, int] | str


class _Place(Struct, frozen=True):
    path: Path
    folders: tuple[str, ...]
    linked: bool
    given: bool
    within: frozenset[tuple[int, int] | str]  # the folders around it: one that comes again is a loop


def find_files(paths: Sequence[Path]) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """Every file to read under the paths, sorted by label, and what could not be looked at.

    A file that several paths or links lead to is found once: the real way first, then the first label.

    Raises:
        UsageError: a path that is not there.
    """
    found: list[FoundFile] = []
    problems: list[Problem] = []
    places = [_given_place(path) for path in sorted(set(paths))]
    while places:
        place = places.pop()
        try:
            status = place.path.stat()
            if stat.S_ISDIR(status.st_mode):
                places += _inside(place, _identity(place.path, status))
            elif _is_wanted(place, problems):
                _require_regular(status.st_mode)
                identity = _identity(place.path, status)
                found.append(FoundFile(place.path, shown(place.path), place.folders, place.linked, identity))
        except (OSError, ValueError) as error:
            problems.append(UnreadableError(*cannot_read(error)).problem(shown(place.path)))
        except UnreadableError as error:
            problems.append(error.problem(shown(place.path)))
    once: dict[tuple[int, int] | str, FoundFile] = {}
    for file in sorted(found, key=lambda file: (file.linked, file.label)):
        once.setdefault(file.identity, file)
    files = sorted(once.values(), key=lambda file: file.label)
    return tuple(files), tuple(sorted(set(problems), key=lambda problem: (problem.place, problem.message)))


def _given_place(path: Path) -> _Place:
    """A path of the command line; a file counts as lying in its own folder, so that startups/x.toml is a startup.

    Raises:
        UsageError: it is not there.
    """
    try:
        status = path.stat()
        folder = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links to other names
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UsageError(f"{shown(path)}: no such file or folder") from error
    except OSError:
        return _Place(path, (), linked=False, given=True, within=frozenset())
    name = folder.name if stat.S_ISDIR(status.st_mode) else folder.parent.name
    return _Place(path, (name,), linked=path.is_symlink(), given=True, within=frozenset())


def _inside(place: _Place, identity: tuple[int, int] | str) -> list[_Place]:
    """What lies in a folder, dotfiles left out; nothing when it stands inside itself."""
    if identity in place.within:
        return []
    within = place.within | {identity}
    folders = place.folders if place.given else (place.path.name, *place.folders)
    inside = []
    with os.scandir(place.path) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")):  # "~$market.xlsx": Excel has the file open
                continue
            linked = place.linked or entry.is_symlink()
            inside.append(_Place(place.path / entry.name, folders, linked, given=False, within=within))
    return inside


def _is_wanted(place: _Place, problems: list[Problem]) -> bool:
    """True for a file to read; an unknown one is a fault where it was named, else a warning."""
    name = place.path.name.casefold()
    suffix = place.path.suffix.casefold()
    if suffix in SUFFIXES:
        return True
    if not place.given and (suffix in _BESIDE_SUFFIXES or name.startswith(_BESIDE)):
        return False
    cure = "save it as .xlsx or .csv" if suffix in _SPREADSHEETS else "read are " + " ".join(sorted(SUFFIXES))
    message = f"files ending in {suffix} are not read" if suffix else "a file without a suffix is not read"
    problems.append(Problem(shown(place.path), "", message, cure, "fault" if place.given else "warning"))
    return False


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise UnreadableError(f"is a {kind_of_node(mode)}, not a file", "name a file")


def _identity(path: Path, status: os.stat_result) -> tuple[int, int] | str:
    """The same for two ways to one file; some network drives number no files."""
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)
