"""A plan to files: a folder with all of them, or one file by its suffix; never over what is there unless told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from dealport.meetings.day.plans import Plan
from dealport.model import RequestError, UsageError
from dealport.writing.whole_files import check_free, check_no_input, write_whole

SUFFIXES = (".xlsx", ".csv", ".json", ".html")
CALENDARS = "calendars"
# What a folder gets beside the calendars; the plan itself last, so that where it stands the others do too.
FILES = ("plan.xlsx", "plan.csv", "cards.html", "meeting-mojo.csv", "plan.json")
HEAD_BYTES = 16_384  # of a calendar, in which it says whose it is


class WrittenPlan(Struct, frozen=True):
    """What was written.

    Attributes:
        paths: The files; of the calendars their folder.
        removed: Calendars of an earlier plan of this event, of participants that have none any more.
        without_email: Names of those whose meetings are missing from the Meeting Mojo import; `n_left_out` meetings.
    """

    paths: tuple[Path, ...]
    n_calendars: int = 0
    removed: tuple[Path, ...] = ()
    without_email: tuple[str, ...] = ()
    n_left_out: int = 0


class _Contents(Struct, frozen=True):
    """Everything a folder gets, before any of it is written."""

    files: Mapping[str, bytes]
    calendars: Mapping[str, bytes]
    without_email: tuple[str, ...] = ()
    n_left_out: int = 0


def check_plan_out(path: Path, *, force: bool = False) -> None:
    """Raise UsageError for a suffix that is none of ours, RequestError for what is in the way: before the long work."""
    if not _is_folder(path):
        check_free(path, force=force)
        return
    if not path.is_dir():
        if os.path.lexists(path):
            raise RequestError(f"{path}: it is a file; name a folder, or end it in one of {' '.join(SUFFIXES)}")
        _check_parent(path)
        return
    for name in FILES:
        check_free(path / name, force=force)
    folder = path / CALENDARS
    if os.path.lexists(folder) and not folder.is_dir():
        raise RequestError(f"{folder}: it is a file, and the calendars' folder has this name; move it away")
    if not force and any(_calendars_in(folder)):
        raise RequestError(f"{folder}: it holds calendars already; give --force to replace them")


def write_plan(
    plan: Plan,
    path: Path,
    *,
    language: str = "en",
    force: bool = False,
    excel: bool = False,
    inputs: Sequence[str] = (),
) -> WrittenPlan:
    """Write the plan: to a folder (made when missing) all files, to a name with a suffix that file alone.

    `language` is of the headings; a participant's card and calendar are in its own. `excel` puts a byte order mark
    before ``plan.csv``. With `force` files of an earlier plan are replaced, and its calendars of those who have none
    any more are removed, since they tell of meetings that are no more; calendars of other events and whatever else
    lies there stay. `inputs` are files read: none of them is replaced (leave ``--previous`` out to let its plan be).

    Raises:
        UsageError, RequestError: As `check_plan_out`, `check_no_input` and `write_whole` do.
    """
    check_plan_out(path, force=force)
    if not _is_folder(path):
        check_no_input([path], inputs)
        content = _renderers(plan, language, excel=excel)[path.suffix.lower()]()
        _write(path, content, force=force)
        return WrittenPlan((path,))
    check_no_input([path / name for name in FILES], inputs)
    contents = _render(plan, language, excel=excel)
    return _write_folder(plan, path, contents, force=force)


def _render(plan: Plan, language: str, *, excel: bool) -> _Contents:
    from dealport.writing.plans.plan_calendars import calendars
    from dealport.writing.plans.plan_mojo import mojo_import

    renderers, mojo = _renderers(plan, language, excel=excel), mojo_import(plan)
    files = {name: mojo.content if name == "meeting-mojo.csv" else renderers[Path(name).suffix]() for name in FILES}
    return _Contents(files, dict(calendars(plan)), mojo.without_email, mojo.n_left_out)


def _write_folder(plan: Plan, path: Path, contents: _Contents, *, force: bool) -> WrittenPlan:
    folder = path / CALENDARS
    try:
        path.mkdir(parents=True, exist_ok=True)
        if contents.calendars:
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise RequestError(f"{path}: can't make the folder: {error.strerror or error}") from error
    for name, content in contents.calendars.items():
        _write(folder / name, content, force=force)
    for name, content in contents.files.items():
        _write(path / name, content, force=force)
    removed = _remove_stale(plan, folder, contents.calendars) if force else ()
    return WrittenPlan(
        paths=(*(path / name for name in contents.files), *([folder] if contents.calendars else [])),
        n_calendars=len(contents.calendars),
        removed=removed,
        without_email=contents.without_email,
        n_left_out=contents.n_left_out,
    )


def _remove_stale(plan: Plan, folder: Path, written: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Remove calendars that an earlier plan of this event left; the places."""
    from dealport.writing.plans.plan_calendars import EVENT_MARK, PRODUCT, event_mark

    marks = f"PRODID:{PRODUCT}\r\n".encode(), f"{EVENT_MARK}:{event_mark(plan.event)}\r\n".encode()
    removed = []
    same = {name.casefold() for name in written}
    for path in _calendars_in(folder):
        if path.name.casefold() in same or path.is_symlink() or not path.is_file():
            continue
        with suppress(OSError):
            with path.open("rb") as stream:
                head = stream.read(HEAD_BYTES)
            if all(mark in head for mark in marks):
                path.unlink()
                removed.append(path)
    return tuple(removed)


def _renderers(plan: Plan, language: str, *, excel: bool) -> dict[str, Callable[[], bytes]]:
    """What makes the file of each suffix."""
    from dealport.writing.csv_files import csv_bytes
    from dealport.writing.plan_json.plan_objects import plan_text
    from dealport.writing.plans.plan_cards import cards_page
    from dealport.writing.plans.plan_tables import meetings_table
    from dealport.writing.plans.plan_workbook import plan_workbook

    return {
        ".xlsx": lambda: plan_workbook(plan, language),
        ".csv": lambda: csv_bytes(meetings_table(plan), excel=excel),
        ".json": lambda: plan_text(plan).encode(),
        ".html": lambda: cards_page(plan, language).encode(),
    }


def _is_folder(path: Path) -> bool:
    """Whether the plan goes to a folder; raises UsageError for a suffix that is none of ours."""
    if path.is_dir() or not path.suffix:
        return True
    if path.suffix.lower() in SUFFIXES:
        return False
    if path.suffix.lower() == ".ics":
        raise UsageError(f"{path}: each participant has a calendar of its own; name a folder to get them all")
    known = " ".join(SUFFIXES)
    raise UsageError(f"{path}: can't tell the format from its name; end it in one of {known}, or name a folder")


def _check_parent(path: Path) -> None:
    """Raise RequestError where no folder can be made: a part of the path is a file, or nothing may be written there."""
    parent = next(one for one in (path.absolute().parents) if os.path.lexists(one))
    if not parent.is_dir():
        raise RequestError(f"{path}: {parent} is a file, not a folder: choose another path")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise RequestError(f"{path}: no permission to write there: choose another folder")


def _calendars_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(one for one in folder.iterdir() if one.suffix.lower() == ".ics")


def _write(path: Path, content: bytes, *, force: bool) -> None:
    with write_whole(path, force=force) as stream:
        stream.write(content)
