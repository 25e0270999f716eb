"""Files are written whole or not at all, and every refusal names its cure."""

from __future__ import annotations

import errno
import os
import sys
import zipfile
from pathlib import Path

import pytest

from dealport.model import LANGUAGES, ExitCode, Problem, RequestError, UsageError
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.ranking_files import FLAT_SUFFIXES, SUFFIXES, check_all_out, check_out, write_shortlist
from dealport.writing.whole_files import check_no_input, write_whole

DOCUMENTS = [suffix for suffix in SUFFIXES if suffix not in FLAT_SUFFIXES]


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_the_same_shortlist_gives_the_same_bytes(
    suffix: str, shortlist: Shortlist, graph: SectorLabels, problems: list[Problem], tmp_path: Path
) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix.upper()}"

    for path in (first, second):
        write_shortlist(shortlist, path, market_problems=problems, graph=graph)

    assert first.read_bytes() == second.read_bytes() != b""
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_the_other_ranking_goes_into_the_workbook(
    shortlist: Shortlist, other: Shortlist, graph: SectorLabels, tmp_path: Path
) -> None:
    with_other, without = tmp_path / "with.xlsx", tmp_path / "without.xlsx"

    write_shortlist(shortlist, with_other, graph=graph, other=other)
    write_shortlist(shortlist, without, graph=graph)

    with zipfile.ZipFile(with_other) as more, zipfile.ZipFile(without) as fewer:
        assert set(more.namelist()) - set(fewer.namelist()) == {"xl/worksheets/sheet4.xml"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_every_format_is_written_in_every_language(
    suffix: str, language: str, shortlist: Shortlist, graph: SectorLabels, tmp_path: Path
) -> None:
    path = tmp_path / f"shortlist{suffix}"

    write_shortlist(shortlist, path, graph=graph, language=language)

    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", ["shortlist.docx", "shortlist", ".csv"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(
    name: str, shortlist: Shortlist, graph: SectorLabels, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"\.csv \.xlsx \.json \.jsonl \.md \.html \.parquet") as refused:
        write_shortlist(shortlist, tmp_path / name, graph=graph)

    assert refused.value.exit_code == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_kept_unless_forced(shortlist: Shortlist, graph: SectorLabels, tmp_path: Path) -> None:
    path = tmp_path / "shortlist.md"
    path.write_text("mine")

    with pytest.raises(RequestError, match="--force"):
        write_shortlist(shortlist, path, graph=graph)
    assert path.read_text() == "mine"

    write_shortlist(shortlist, path, graph=graph, force=True)
    assert path.read_text(encoding="utf-8").startswith("#")


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lists.csv").mkdir()

    with pytest.raises(RequestError, match="folder"):
        check_out(tmp_path / "lists.csv", force=True)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes in folders are POSIX")
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(RequestError, match="pipe or a device"):
        check_out(tmp_path / "pipe.csv", force=True)


def test_a_link_that_leads_to_itself_is_refused_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")

    with pytest.raises(RequestError, match="remove the link"):
        check_out(tmp_path / "loop.csv", force=True)


def test_a_folder_that_is_missing_or_locked_is_refused_before_the_long_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dangling.csv").symlink_to("away/a.csv")
    (tmp_path / "file").write_text("")

    for path in (tmp_path / "away" / "a.csv", tmp_path / "dangling.csv"):
        with pytest.raises(RequestError, match="make it first"):
            check_out(path)
    with pytest.raises(RequestError, match="part of its path is a file"):
        check_out(tmp_path / "file" / "a.csv")
    for locked in (os.W_OK, os.X_OK):
        monkeypatch.setattr(os, "access", lambda _, asked, locked=locked: not asked & locked)
        with pytest.raises(RequestError, match="no permission"):
            check_out(tmp_path / "a.csv")


def test_a_file_named_twice_is_refused_however_it_is_spelled(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.csv").symlink_to("a.csv")
    path = tmp_path / "a.csv"

    for other in (tmp_path / "sub" / ".." / "a.csv", tmp_path / "link.csv"):
        with pytest.raises(UsageError, match="named twice"):
            check_all_out([path, tmp_path / "b.csv", other], force=True)
    check_all_out([path, tmp_path / "b.csv"])


def test_a_file_that_was_read_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "startups.csv"
    path.write_text("name")

    with pytest.raises(RequestError, match="one of the files read"):
        check_no_input([tmp_path / "new.csv", tmp_path / "." / "startups.csv"], [str(path)])
    check_no_input([tmp_path / "new.csv"], [str(path)])


def test_a_missing_folder_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="make it first"), write_whole(tmp_path / "away" / "a.csv") as stream:
        stream.write(b"never")


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.ENOSPC, "the disk is full: free some space or choose another folder"),
        (errno.EDQUOT, "your disk quota is used up: free some space or choose another folder"),
        (errno.EFBIG, "it is larger than a file may be there: choose another folder or fewer pairs"),
        (errno.EACCES, "no permission to write there: choose another folder"),
        (errno.EPERM, "no permission to write there: choose another folder"),
        (errno.EROFS, "the disk is read-only: choose another folder"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_full_disk_leaves_nothing_behind(
    number: int, cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(RequestError, match=f"can't write it: {cure}$"), write_whole(tmp_path / "a.csv") as stream:
        stream.write(b"half")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError])
def test_an_interruption_keeps_the_old_file_and_leaves_nothing_behind(
    interruption: type[BaseException], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    with pytest.raises(interruption), write_whole(path, force=True) as stream:
        stream.write(b"half")
        raise interruption

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_too_long_is_refused_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="shorter"), write_whole(tmp_path / ("a" * 300 + ".csv")) as stream:
        stream.write(b"never")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)

    with write_whole(link, force=True) as stream:
        stream.write(b"new")

    assert link.is_symlink()
    assert target.read_text() == "new"
