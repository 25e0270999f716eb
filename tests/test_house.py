"""The house: imports go down only, rooms stay small, I/O stays at the edges."""

from __future__ import annotations

import ast
from pathlib import Path

import dealport

SOURCE = Path(dealport.__file__).parent
FLOORS = {
    "model": 0,
    "files": 1,
    "words": 1,
    "market": 2,
    "scoring": 3,
    "meetings": 4,
    "backtest": 4,
    "sharing": 5,
    "cluster": 5,
    "request": 5,
    "settings": 5,
    "pipeline": 6,
    "measuring": 7,
    "planning": 7,
    "cli": 8,
    "__main__": 9,
}
# Inside `scoring`, wings and the modules beside them: each imports what stands before it.
SCORING = ("shortlist", "columns", "criteria", "encoding", "engine", "explaining", "ranking", "selecting")
MOST_MODULES = 14  # of a folder of `scoring`, its opening line among them
DOORS = {"files", "sharing", "cluster", "cli"}  # the rooms that may read, write and print
# `words` reads the package's own data, by pkgutil in words/shipped.py and nothing else.
IO_MODULES = {"io", "tempfile", "shutil", "socket", "subprocess", "urllib", "http", "requests", "sys"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 45


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """Every module of the package that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_the_wings_of_scoring_import_what_stands_before_them_only() -> None:
    floor = {name: place for place, name in enumerate(SCORING)}
    inside = [path for path in modules() if room(path) == "scoring" and path.stem != "__init__"]

    def wing(name: str) -> str:
        return name.removeprefix("dealport.scoring.").split(".")[0]

    upward = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in inside
        for name in imported(path)
        if name.startswith("dealport.scoring.")
        and floor[wing(name)] > floor[path.relative_to(SOURCE / "scoring").with_suffix("").parts[0]]
    ]

    assert upward == []


def test_a_folder_of_scoring_is_seen_at_a_glance() -> None:
    folders = {path.parent for path in modules() if room(path) == "scoring"}

    assert len(folders) >= 5
    assert [str(one) for one in folders if len(list(one.glob("*.py"))) > MOST_MODULES] == []


def test_no_public_name_of_scoring_is_defined_twice() -> None:
    homes: dict[str, list[str]] = {}
    for path in modules():
        if room(path) == "scoring":
            for name in public_names(path):
                homes.setdefault(name, []).append(path.relative_to(SOURCE).as_posix())

    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def public_names(path: Path) -> set[str]:
    """The classes and functions a module defines, without what begins with a line."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
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
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in {"open", "print", "input"}:
                faults.append(f"{path.relative_to(SOURCE)}:{called.lineno} calls {called.id}")

    assert faults == []


def test_modules_say_what_belongs_in_them_and_stay_readable() -> None:
    faults = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
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
