"""docs/architecture.md is true: its tree is the package's, and every name in it is where it says.

To write the tree anew: DEALPORT_REWRITE_CASES=1 python -m pytest tests/test_architecture.py
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

import dealport

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
SOURCE = Path(dealport.__file__).parent
# From the top down, as one reads it.
ROOMS = (
    "cli",
    "stories",
    "cluster",
    "writing",
    "backtest",
    "meetings",
    "scoring",
    "market",
    "words",
    "reading",
    "model",
)
TREE = re.compile(r"^```\n(?P<tree>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[(?P<shown>[^\]]+)\]\((?P<target>[^)]+)\)")


def opening_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]


def tree_lines(folder: Path, depth: int) -> list[str]:
    """The folder and its wings, each with its opening line."""
    name = f"{'    ' * depth}{folder.name}/"
    wings = sorted(one for one in folder.iterdir() if (one / "__init__.py").exists())
    below = [line for wing in wings for line in tree_lines(wing, depth + 1)]
    return [f"{name:<22} {opening_line(folder / '__init__.py')}", *below]


def tree() -> str:
    lines: list[str] = []
    for room in ROOMS:
        module = SOURCE / f"{room}.py"
        lines += [f"{room + '.py':<22} {opening_line(module)}"] if module.exists() else tree_lines(SOURCE / room, 0)
    lines.append(f"{'data/':<22} Words, sectors, labels, templates and pages: data, not code.")
    return "\n".join(lines) + "\n"


def defined(path: Path) -> set[str]:
    """The names at the top of a module; of any other file its text."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names |= (
            {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} if isinstance(node, ast.Assign) else set()
        )
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


LINKS = [(found["shown"], found["target"]) for found in LINK.finditer(PAGE.read_text(encoding="utf-8"))]


def test_the_tree_is_that_of_the_package() -> None:
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("DEALPORT_REWRITE_CASES"):
        PAGE.write_text(TREE.sub(lambda _: f"```\n{tree()}```", text, count=1), encoding="utf-8")
        text = PAGE.read_text(encoding="utf-8")

    found = TREE.search(text)

    assert found
    assert found["tree"] == tree()


def test_every_room_is_in_the_tree() -> None:
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert rooms - {"__init__", "__main__"} == set(ROOMS)


@pytest.mark.parametrize(("shown", "target"), LINKS, ids=[shown for shown, _ in LINKS])
def test_what_a_link_shows_is_where_it_leads(shown: str, target: str) -> None:
    path = (PAGE.parent / target).resolve()

    assert path.exists()
    if shown.startswith("`"):
        name = shown.strip("`")
        assert name in (defined(path) if path.suffix == ".py" else path.read_text(encoding="utf-8"))
