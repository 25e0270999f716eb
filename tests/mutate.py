"""Puts small faults into a copy of the code and counts those no test notices: python -m tests.mutate --seed 17.

The faults are those of mutmut and some of ours: a statement or an element that is gone, a condition that never holds,
arguments that changed places. A module is chosen by its length, then a kind of fault, then a place. Each fault meets
the tests that run its lines, the most focused first; Hypothesis' examples are always the same. mutmut's own runner is
not used: it leaves the tables and constants of a module alone, and words, headers and codes stand there.

The first run makes the map of tests to lines (the whole suite, once, in `--map`). Needs `pip install '.[test,mutate]'`.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import coverage
import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation import mutators
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.pragma_handling import IgnoredCode

ROOT = Path(__file__).parent.parent
PACKAGE = Path("src/dealport")
PATIENCE = 300.0  # seconds a fault's tests may run; who takes longer turns in circles, and is noticed
WIDE = ("tests/cli/test_whole_outputs.py", "tests/market/test_odd_files.py")  # tests a fault meets in any case
Operators = Sequence[tuple[type, Callable[[Any], Iterable[cst.CSTNode]]]]


def without_statement(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """A call, `raise`, `continue` or `break` on a line of its own, replaced by `pass`."""
    (statement, *others) = node.body
    is_call = isinstance(statement, cst.Expr) and isinstance(statement.value, cst.Call | cst.Yield)
    if not others and (is_call or isinstance(statement, cst.Raise | cst.Continue | cst.Break)):
        yield node.with_changes(body=[cst.Pass()])


def without_element(node: cst.Tuple | cst.List | cst.Set | cst.Dict) -> Iterator[cst.CSTNode]:
    """A tuple, list, set or dict written out, an element fewer; no tuple of variables, whose lack breaks everything."""
    is_record = isinstance(node, cst.Tuple) and any(
        isinstance(e.value, cst.Name | cst.Attribute) for e in node.elements
    )
    if len(node.elements) > 1 and not is_record:
        for place in range(len(node.elements)):
            yield node.with_changes(elements=[*node.elements[:place], *node.elements[place + 1 :]])


def other_condition(node: cst.If | cst.CompIf) -> Iterator[cst.CSTNode]:
    """An `if` turned round, or that never holds; in a comprehension, that always holds."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    never = cst.BooleanOperation(test, cst.And(), cst.Name("False"))
    always = cst.BooleanOperation(test, cst.Or(), cst.Name("True"))
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))
    yield node.with_changes(test=always if isinstance(node, cst.CompIf) else never)


def other_arguments(node: cst.Call) -> Iterator[cst.CSTNode]:
    """A call without a keyword, or with two neighbours in each other's place. A lack of another breaks everything."""
    for place, argument in enumerate(node.args):
        if argument.keyword:
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])
    for place, (first, second) in enumerate(itertools.pairwise(node.args)):
        if not (first.keyword or first.star or second.keyword or second.star):
            swapped = [first.with_changes(value=second.value), second.with_changes(value=first.value)]
            yield node.with_changes(args=[*node.args[:place], *swapped, *node.args[place + 2 :]])


KINDS: Mapping[str, Operators] = {
    "operator": [(cst.CSTNode, mutators.operator_swap_op)],
    "keyword": [
        (cst.CSTNode, mutators.operator_keywords),
        (cst.Name, mutators.operator_name),
        (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    ],
    "number": [(cst.BaseNumber, mutators.operator_number)],
    "string": [(cst.BaseString, mutators.operator_string)],
    "argument": [(cst.Call, other_arguments)],
    "assignment": [(cst.AugAssign, mutators.operator_augmented_assignment)],
    "method": [
        (cst.Call, mutators.operator_symmetric_string_methods_swap),
        (cst.Call, mutators.operator_unsymmetrical_string_methods_swap),
    ],
    "condition": [
        (cst.Match, mutators.operator_match),
        (cst.IfExp, mutators.operator_if_exp),
        (cst.If, other_condition),
        (cst.CompIf, other_condition),
    ],
    "statement": [(cst.SimpleStatementLine, without_statement)],
    "element": [(kind, without_element) for kind in (cst.Tuple, cst.List, cst.Set, cst.Dict)],
}


class Sites(MutationVisitor):
    """Every place of a module; mutmut's own passes over what is decorated, half of the records' methods among it."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom)


@dataclass(frozen=True, slots=True)
class Fault:
    """A module with a fault in it."""

    path: Path  # below the root
    kind: str
    code: str
    before: str

    @property
    def difference(self) -> str:
        lines = difflib.unified_diff(self.before.splitlines(), self.code.splitlines(), lineterm="", n=1)
        return "\n".join(line for line in lines if line[:3] not in {"---", "+++"})

    @property
    def lines(self) -> set[int]:
        """The numbers of the lines that are no longer there; where a line went, also those beside it."""
        matcher = difflib.SequenceMatcher(None, self.before.splitlines(), self.code.splitlines(), autojunk=False)
        return {
            line
            for tag, start, end, *_ in matcher.get_opcodes()
            if tag != "equal"
            for line in range(start + 1, max(end, start + 1) + 1)
        }


def choose_faults(root: Path, seed: int, count: int) -> list[Fault]:
    """So many different faults; the same for the same tree and seed."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    paths = [path.relative_to(root) for path in sorted((root / PACKAGE).rglob("*.py"))]
    lengths = [len((root / path).read_text(encoding="utf-8").splitlines()) for path in paths]
    faults: dict[str, Fault] = {}
    while len(faults) < count:
        (path,) = chance.choices(paths, lengths)
        before = (root / path).read_text(encoding="utf-8")
        if places := sites_of(before):
            kind, sites = chance.choice(places)
            code = chance.choice(sites)()
            if code != before and is_python(code):
                faults.setdefault(code, Fault(path, kind, code, before))
    return list(faults.values())


@cache
def sites_of(code: str) -> Sequence[tuple[str, Sequence[Callable[[], str]]]]:
    """Every way to put a fault into the code, by the kinds that it has a place for."""
    wrapper = MetadataWrapper(cst.parse_module(code))
    places = []
    for kind, operators in KINDS.items():
        visitor = Sites(operators, IgnoredCode(set(), set(), set()))
        module = wrapper.visit(visitor)
        sites = [partial(_replaced, module, one.original_node, one.mutated_node) for one in visitor.mutations]
        places += [(kind, sites)] if sites else []
    return places


def _replaced(module: cst.Module, old: cst.CSTNode, new: cst.CSTNode) -> str:
    replaced = module.deep_replace(old, new)
    assert isinstance(replaced, cst.Module)
    return str(replaced.code)


def is_python(code: str) -> bool:
    try:
        compile(code, "fault", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


class TestsOfLines:
    """Which tests run which line of which module."""

    __test__ = False

    def __init__(self, map_file: Path) -> None:
        self.data = coverage.CoverageData(str(map_file))
        self.data.read()
        self.files = {path[path.index(str(PACKAGE)) :]: path for path in self.data.measured_files()}
        self.breadth: Counter[str] = Counter()
        self.by_file: dict[str, dict[int, set[str]]] = {}
        for path, file in self.files.items():
            self.by_file[path] = {
                line: {name.partition("|")[0] for name in names if name}
                for line, names in self.data.contexts_by_lineno(file).items()
            }
            self.breadth.update(name for names in self.by_file[path].values() for name in names)

    def of(self, fault: Fault, root: Path, at_most: int | None = None) -> list[str]:
        """The tests of a fault's lines, else of its module, else of the modules that import it; focused ones first.

        `at_most`: so many focused ones, and those of whole outputs.
        """
        lines = self.by_file.get(str(fault.path), {})
        tests = set().union(*(lines.get(line, set()) for line in fault.lines)) or set().union(*lines.values())
        if len(tests) < 5:
            imported = f".{fault.path.stem} import"
            importers = [path for path in self.by_file if imported in (root / path).read_text("utf-8")]
            tests = tests.union(*(names for path in importers for names in self.by_file[path].values()))
        room = f"tests/{fault.path.parts[2]}/"
        ordered = sorted(tests, key=lambda test: (not test.startswith(room), self.breadth[test], test))
        few = ordered[:at_most]
        return few + [test for test in ordered[len(few) :] if test.startswith(WIDE)]


def make_map(tree: Path, map_file: Path) -> None:
    """Run the whole suite once, and note which test ran which line."""
    settings = tree / "map.ini"
    settings.write_text(f"[run]\nsource = dealport\nparallel = true\ndata_file = {map_file}\n", encoding="utf-8")
    run_tests(tree, ["-n", "auto", f"--cov-config={settings}", "--cov=dealport", "--cov-context=test", "--cov-report="])


def run_tests(tree: Path, arguments: Sequence[str], *, patience: float | None = None) -> int | None:
    """pytest's exit code in a tree; None where it took too long."""
    settings = {**os.environ, "CI": "1", "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", *arguments]
    command += ["--import-mode=importlib", "--ignore=tests/bench"]
    try:
        done = subprocess.run(command, cwd=tree, env=settings, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode


def is_noticed(fault: Fault, tests: Sequence[str], tree: Path) -> bool:
    """Whether a test fails, or never ends, with the fault in this tree; the tree is whole again after it."""
    listed = tree / "listed.txt"
    listed.write_text("\n".join(tests), encoding="utf-8")
    target = tree / fault.path
    target.write_text(fault.code, encoding="utf-8")
    try:
        code = run_tests(tree, ["-x", "-p", "no:xdist", f"@{listed}"], patience=PATIENCE)
    finally:
        target.write_text(fault.before, encoding="utf-8")
    return code != 0


def copied(root: Path, folder: Path) -> Path:
    """A copy of what the tests need of the tree."""
    skipped = shutil.ignore_patterns(".git", "__pycache__", ".hypothesis", ".venv", "*.pyc")
    return shutil.copytree(root, folder, ignore=skipped)


def judge_all(faults: Sequence[Fault], trees: Sequence[Path], tests_of: Callable[[Fault], list[str]]) -> list[bool]:
    """Whether each fault is noticed, printed as it is known; a fault a tree at a time."""
    free: queue.Queue[Path] = queue.Queue()
    for tree in trees:
        free.put(tree)

    def judge(fault: Fault) -> bool:
        tests, tree, start = tests_of(fault), free.get(), time.monotonic()
        noticed = is_noticed(fault, tests, tree)
        free.put(tree)
        said = f"{fault.path}: {fault.kind}, {len(tests)} tests, {time.monotonic() - start:.0f} s"
        print(f"{'noticed' if noticed else 'PASSED'} {said}\n{fault.difference}\n", flush=True)
        return noticed

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(pool.map(judge, faults))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--map", type=Path, default=ROOT / ".coverage.map", help="which test runs which line")
    parser.add_argument("--at-most", type=int, help="tests a fault meets, the most focused")
    parser.add_argument("--list", action="store_true", help="show the faults, run nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    faults = choose_faults(ROOT, options.seed, options.count)
    if options.list:
        print("\n\n".join(f"{fault.path}: {fault.kind}\n{fault.difference}" for fault in faults))
        return
    with tempfile.TemporaryDirectory() as folder:
        trees = [copied(ROOT, Path(folder) / str(job)) for job in range(options.jobs)]
        if not options.map.exists():
            make_map(trees[0], options.map)
        tests_of_lines = TestsOfLines(options.map)
        noticed = judge_all(faults, trees, lambda fault: tests_of_lines.of(fault, ROOT, options.at_most))
    passed = Counter(fault.path.parts[2] for fault, is_seen in zip(faults, noticed, strict=True) if not is_seen)
    print(f"seed {options.seed}: {passed.total()} of {len(faults)} faults passed the tests: {dict(passed)}")


if __name__ == "__main__":
    main()
