"""The house: imports go down only, rooms stay small, I/O stays at the edges."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import dealport

SOURCE = Path(dealport.__file__).parent
FLOORS = {
    "model": 0,
    "reading": 1,
    "words": 1,
    "market": 2,
    "scoring": 3,
    "meetings": 4,
    "backtest": 4,
    "writing": 5,
    "cluster": 5,
    "stories": 6,
    "cli": 7,
    "__main__": 8,
}
# The wings of each room, and modules that stand between them: each imports what stands before it. Modules that are not
# named here stand at the door of their room, above its wings.
WINGS = {
    "reading": ("tables", "columns", "formats", "rows"),
    "words": ("shipped", "normalising", "chinese", "suggesting", "funding", "places", "sectors", "lookup", "prose"),
    "market": ("problems", "declaring", "profile_fields", "checked_fields", "validating", "meaning", "identity"),
    "scoring": ("shortlist", "columns", "criteria", "encoding", "engine", "explaining", "ranking", "selecting"),
    "meetings": ("event", "day", "timetable", "selection", "planning_day", "reporting", "replanning"),
    "writing": ("rankings", "plan_json", "plans", "profiles", "backtests"),
    "stories": ("request", "settings", "ranking_story", "backtest_story", "meeting_story"),
    "cli": ("options", "terminal", "views", "commands", "app", "main"),
}
MOST_MODULES = 14  # of a folder, its opening line among them
DOORS = {"reading", "writing", "cluster", "cli"}  # the rooms that may read, write and print
# `words` reads the package's own data, by pkgutil in words/shipped.py and nothing else.
IO_MODULES = {"io", "tempfile", "shutil", "socket", "subprocess", "urllib", "http", "requests", "sys"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 45


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(SOURCE.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@cache
def imported(path: Path) -> set[str]:
    """Every module of the package that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in modules()} - {"__init__"} <= FLOORS.keys()


def test_imports_go_down_only() -> None:
    upward = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in modules()
        if room(path) != "__init__"
        for name in imported(path)
        if name.startswith("dealport.") and (target := name.split(".")[1]) in FLOORS and target != room(path)
        if FLOORS[target] >= FLOORS[room(path)]
    ]

    assert upward == []


def test_wings_of_a_room_import_what_stands_before_them_only() -> None:
    upward = []
    for path in modules():
        own, floor = room(path), {name: place for place, name in enumerate(WINGS.get(room(path), ()))}
        names = [name.split(".") for name in imported(path) if name.startswith(f"dealport.{own}.")]
        wing = path.relative_to(SOURCE / own).with_suffix("").parts[0] if own in WINGS else ""
        upward += [
            f"{path.relative_to(SOURCE)} imports {'.'.join(name)}"
            for name in names
            if wing in floor and floor.get(name[2], -1) > floor[wing]
        ]

    assert upward == []


def test_every_folder_is_a_wing_with_a_place() -> None:
    folders = {path.parent.relative_to(SOURCE).parts[:2] for path in modules()}

    assert {parts[1] for parts in folders if len(parts) > 1} <= {name for names in WINGS.values() for name in names}


def test_a_folder_is_seen_at_a_glance() -> None:
    folders = {path.parent for path in modules()}

    assert len(folders) >= 30
    assert [str(one) for one in folders if len(list(one.glob("*.py"))) > MOST_MODULES] == []


def test_no_public_name_is_defined_twice() -> None:
    homes: dict[str, list[str]] = {}
    for path in modules():
        for name in public_names(path):
            homes.setdefault(name, []).append(path.relative_to(SOURCE).as_posix())

    assert len(homes) > 1000
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_no_two_modules_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in modules():
        if path.stem != "__init__":
            homes.setdefault(path.stem, []).append(path.relative_to(SOURCE).as_posix())

    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def public_names(path: Path) -> set[str]:
    """The classes and functions a module defines, without what begins with a line."""
    body = parsed(path).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in names if not name.startswith("_")}


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {".".join(("dealport", *path.relative_to(SOURCE).with_suffix("").parts)): path for path in modules()}
    uses = {name: {one for one in imported(path) if one in names and one != name} for name, path in names.items()}

    seen: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in seen:
            for one in sorted(uses[name]):
                visit(one, (*trail, name))
            seen[name] = 1

    for name in names:
        visit(name, ())
    assert len(seen) == len(names)


def test_only_the_edges_do_input_and_output() -> None:
    inside = [path for path in modules() if room(path) not in DOORS | {"__init__", "__main__"}]
    faults = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in inside
        for name in imported(path)
        if name.split(".")[0] in IO_MODULES
    ]
    for path in inside:
        for node in ast.walk(parsed(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in {"open", "print", "input"}:
                faults.append(f"{path.relative_to(SOURCE)}:{called.lineno} calls {called.id}")

    assert faults == []


def test_modules_say_what_belongs_in_them_and_stay_readable() -> None:
    faults = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        tree = parsed(path)
        if not ast.get_docstring(tree):
            faults.append(f"{path.relative_to(SOURCE)}: no docstring")
        if text.count("\n") > MOST_LINES:
            faults.append(f"{path.relative_to(SOURCE)}: {text.count(chr(10))} lines")
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        faults += [
            f"{path.relative_to(SOURCE)}:{one.lineno} {one.name}: too long"
            for one in functions
            if (one.end_lineno or 0) - one.lineno > MOST_FUNCTION_LINES
        ]

    assert faults == []
