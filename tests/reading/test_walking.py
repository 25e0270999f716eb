from __future__ import annotations

import gc
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.model import UsageError
from dealport.reading.paths import Reading, read_paths
from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.opening import kind_of_node, read_bytes

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]
LUMEN = 'name = "Lumen"\ncountry = "KR"\n'
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_a_folder_is_read_whole_in_the_order_of_names(market: Write, read: Read) -> None:
    for name in ("startups/b.toml", "startups/deep/er/a.toml", "investors/z.toml", "startups/a.toml"):
        market(name, LUMEN)

    reading = read()

    assert [row.origin.path for row in reading.rows] == [
        "market/investors/z.toml",
        "market/startups/a.toml",
        "market/startups/b.toml",
        "market/startups/deep/er/a.toml",
    ]
    assert reading.problems == ()


def test_the_order_of_paths_and_naming_a_file_twice_change_nothing(market: Write) -> None:
    a, b = market("startups/a.toml", LUMEN), market("startups/b.toml", LUMEN)

    forwards = read_paths([a, b, a, Path("market")])
    backwards = read_paths([Path("market"), b, a])

    assert forwards == backwards
    assert len(forwards.rows) == 2


def test_a_missing_path_is_a_usage_error(tmp_path: Path) -> None:
    for missing in (tmp_path / "nowhere", tmp_path / "nul\0", tmp_path / "x" / "y"):
        with pytest.raises(UsageError, match="no such file or folder"):
            read_paths([missing])


def test_a_path_below_a_file_is_a_usage_error(market: Write) -> None:
    path = market("startups/a.toml", LUMEN)

    with pytest.raises(UsageError, match="no such file"):
        read_paths([path / "deeper"])


def test_an_empty_folder_gives_an_empty_reading(market: Write, read: Read) -> None:
    assert read() == Reading()


def test_dotfiles_readmes_and_licences_are_passed_over_in_silence(market: Write, read: Read) -> None:
    for name in (".hidden.toml", ".git/x.toml", "README.md", "notes.md", "README", "LICENSE", "~$market.xlsx"):
        market(name, "no TOML at all")

    assert read() == Reading()


def test_an_unknown_suffix_is_a_warning_in_a_folder_and_a_fault_when_named(market: Write, read: Read) -> None:
    path = market("list.xls", "x")
    market("picture.png", "x")
    market("nothing", "x")

    in_folder = read().problems
    (named,) = read_paths([path]).problems

    assert [(problem.place, problem.severity) for problem in in_folder] == [
        ("market/list.xls", "warning"),
        ("market/nothing", "warning"),
        ("market/picture.png", "warning"),
    ]
    assert (named.severity, named.cure) == ("fault", "save it as .xlsx or .csv")


def test_a_folder_inside_itself_ends(market: Write, read: Read) -> None:
    market("startups/a.toml", LUMEN)
    Path("market/startups/again").symlink_to(Path("market").resolve())

    reading = read()

    assert [row.origin.path for row in reading.rows] == ["market/startups/a.toml"]


def test_two_links_that_name_each_other_are_a_fault(market: Write, read: Read) -> None:
    Path("market/a.toml").symlink_to("b.toml")
    Path("market/b.toml").symlink_to("a.toml")

    problems = read().problems

    assert [problem.place for problem in problems] == ["market/a.toml", "market/b.toml"]
    assert all(problem.severity == "fault" for problem in problems)


def test_a_link_to_nowhere_is_a_fault(market: Write, read: Read) -> None:
    Path("market/a.toml").symlink_to("gone.toml")

    (problem,) = read().problems

    assert str(problem).startswith("market/a.toml: can't be read: it leads to a file that is not there")


def test_a_file_and_a_link_to_it_are_read_once_under_its_real_name(market: Write, read: Read) -> None:
    market("startups/z.toml", LUMEN)
    Path("market/startups/a.toml").symlink_to("z.toml")

    assert [row.stem for row in read().rows] == ["z"]


def test_a_named_link_loop_is_a_fault(market: Write) -> None:
    Path("market/a.toml").symlink_to("a.toml")

    assert len(read_paths([Path("market/a.toml")]).problems) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_opened(market: Write, read: Read) -> None:
    os.mkfifo("market/deals.csv")

    (problem,) = read().problems

    assert str(problem) == "market/deals.csv: is a pipe, not a file (name a file)"


def test_a_device_is_a_fault() -> None:
    (problem,) = read_paths([Path(os.devnull)]).problems

    assert problem.severity == "fault"


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_an_unreadable_file_and_folder_are_faults(market: Write, read: Read) -> None:
    market("a.toml", LUMEN).chmod(0)
    Path("market/closed").mkdir(mode=0)

    problems = read().problems

    assert [(problem.place, problem.message) for problem in problems] == [
        ("market/closed", "can't be read: permission denied"),
        ("market/a.toml", "can't be read: permission denied"),
    ]


def test_a_file_the_system_will_not_open_is_a_fault(market: Write, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    market("a.toml", LUMEN)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert [problem.message for problem in read().problems] == ["can't be read: permission denied"]


def test_a_folder_the_system_will_not_list_is_a_fault(
    market: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    market("a.toml", LUMEN)

    def refuse(_path: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "scandir", refuse)

    assert [str(problem) for problem in read().problems] == [
        "market: can't be read: input/output error (mend it, or move it out of the folder)"
    ]


def test_a_name_with_terminal_escapes_is_shown_escaped(market: Write, read: Read) -> None:
    market("startups/\x1b[31m.toml", LUMEN)

    (row,) = read().rows

    assert row.origin.path == "market/startups/\\x1b[31m.toml"
    assert row.stem == "\\x1b[31m"


def test_a_name_in_another_encoding_is_shown_escaped(market: Write, read: Read) -> None:
    name = b"market/\xb7\xe7.toml"
    try:
        with open(name, "wb") as file:  # noqa: PTH123 -- a path of bytes
            file.write(LUMEN.encode())
    except OSError:
        pytest.skip("this file system takes only Unicode names")

    (problem,) = read().problems

    assert problem.place.startswith("market/\\xb7\\xe7.toml")


def test_an_id_from_a_mac_is_the_same_as_elsewhere(market: Write, read: Read) -> None:
    market("startups/\u1105\u116e\u1102\u1175\u11ba.toml", LUMEN)  # 루닛 in parts

    assert read().rows[0].stem == "루닛"


def test_a_folder_reached_by_a_dot_tells_the_kind_by_its_real_name(
    market: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    market("investors/a.toml", LUMEN)
    monkeypatch.chdir("market/investors")

    (row,) = read_paths([Path()]).rows

    assert (row.kind, row.origin.path) == ("investor", "a.toml")


def test_a_folder_is_no_file_to_read(market: Write) -> None:
    with pytest.raises(UnreadableError, match="is a folder, not a file"):
        read_bytes(Path("market"), limit=10)


def test_a_file_that_grows_while_it_is_read_is_refused(market: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = market("a.toml", "x" * 100)
    status = os.stat_result((stat.S_IFREG, *[0] * 9))
    monkeypatch.setattr(Path, "stat", lambda _path: status)

    with pytest.raises(UnreadableError, match="is larger than"):
        read_bytes(path, limit=10)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [(stat.S_IFSOCK, "socket"), (stat.S_IFCHR, "device"), (stat.S_IFIFO, "pipe"), (stat.S_IFDIR, "folder")],
)
def test_what_is_no_file_is_called_by_its_name(mode: int, kind: str) -> None:
    assert kind_of_node(mode) == kind


def test_the_collector_stays_off_where_it_was_off(market: Write, read: Read) -> None:
    market("startups/a.toml", LUMEN)
    gc.disable()
    try:
        read()
        assert not gc.isenabled()
    finally:
        gc.enable()
    read()
    assert gc.isenabled()


def test_files_past_the_limits_are_refused(market: Write, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    market("a.toml", LUMEN)
    market("b.json", "[]" + " " * 100)
    market("startups.csv", "name,country\nLumen,KR\n")
    monkeypatch.setattr("dealport.reading.paths.TEXT_BYTES_MAX", 10)

    reading = read()

    assert [problem.place for problem in reading.problems] == ["market/a.toml", "market/b.json"]
    assert all("is larger than" in problem.message for problem in reading.problems)
    assert len(reading.rows) == 1
