"""The meeting day on made-up events: how fast, how good, against what, and whether any rule is broken.

python -m tests.bench.meetings [QUESTION ...] [--sizes 150 400 900] [--seeds 1 2 3] [--planner MODULE:FUNCTION]
All questions when none is named; --out FILE for the tables too. What misses its mark is bold; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import Day, Level, Timetable
from dealport.meetings.replanning.replanning import replan_day
from tests.bench.events import SIZES, Recipe, disturbed, investor_day, make_day, most_served, standard, stress
from tests.bench.meeting_baselines import BASELINES
from tests.bench.meeting_figures import UNITS_PER_POINT, Outcome, Planner, outcome, served_investors
from tests.meetings.checking import broken, level_values
from tests.meetings.random_days import seeded_day
from tests.meetings.slow_joint import best_levels

OURS = "dealport.meetings.planning_day:plan_day"
ROOT = Path(__file__).parents[2]
MOST_SECONDS = {"standard": {150: 3, 400: 15, 900: 60}, "stress": {150: 3, 400: 15, 900: 120}}
MOST_SECONDS_AGAIN = {400: 10, 900: 30}
MOST_GAP = {"standard": 0.001, "stress": 0.005}
MOST_MB = 1000
LEAST_OF_BASELINES = 0.999  # of their total score, where nothing else counts
LEAST_SERVED = 0.95
N_SMALL = 20
PEAK = """
import sys
from pathlib import Path
from {module} import {function}
from tests.bench.events import {kind}
{function}({kind}({n}, {seed}))
status = Path("/proc/self/status").read_text(encoding="ascii")
print(status.partition("VmHWM:")[2].split()[0])
"""


class Cell(Struct, frozen=True):
    """A figure; not kept: it misses what it must be."""

    text: str
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of them."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def markdown(self) -> str:
        """As the README shows it."""
        rows = [[cell.text if cell.is_kept else f"**{cell.text}**" for cell in row] for row in self.rows]
        lines = [self.headings, ["---"] * len(self.headings), *rows]
        return "\n".join([f"### {self.title}", "", *("| " + " | ".join(line) + " |" for line in lines), ""])

    @property
    def is_kept(self) -> bool:
        """Whether every figure is what it must be."""
        return all(cell.is_kept for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to run, on what; `planner` names it as module:function."""

    planner: str
    sizes: Sequence[int]
    seeds: Sequence[int]

    def plan(self, day: Day) -> Timetable:
        """The timetable of the planner that is measured."""
        module, _, function = self.planner.partition(":")
        planner: Planner = getattr(import_module(module), function)
        return planner(day)


def events(asked: Asked, make: Callable[[int, int], Day]) -> Iterator[tuple[int, int, Day]]:
    """Size, seed and day."""
    for n in asked.sizes:
        for seed in asked.seeds:
            yield n, seed, make(n, seed)


def planned(asked: Asked, *, kind: str) -> Figures:
    """How fast and how near its bounds."""
    make = {"standard": standard, "stress": stress}[kind]
    rows = []
    for n, seed, day in events(asked, make):
        one = outcome(day, asked.plan)
        cells = [
            Cell(f"{n}"),
            Cell(f"{seed}"),
            Cell(f"{one.seconds:.1f} s", one.seconds < MOST_SECONDS[kind][n]),
            Cell(f"{one.n_meetings}"),
            Cell(f"{len(one.broken)}", not one.broken),
            Cell(_levels(one.levels), not one.missed),
            Cell(f"{one.gap:.3%}", one.gap <= MOST_GAP[kind]),
        ]
        rows.append([*cells, *_worth(one)])
    headings = ("people", "seed", "time", "meetings", "broken", "levels, value/bound", "score's gap", *WORTH)
    return Figures(f"{kind.capitalize()} events", headings, rows)


WORTH = ("least", "with fewest", "Gini", "wishes met", "total score")


def _worth(one: Outcome) -> list[Cell]:
    total = f"{one.score_units / UNITS_PER_POINT:.0f}"
    return [
        *map(Cell, (f"{one.least}", f"{one.fewest_share:.1%}", f"{one.gini:.3f}", f"{one.wishes_share:.1%}", total))
    ]


def _levels(levels: Iterable[Level]) -> str:
    return ", ".join(f"{one.name} {one.value}/{one.bound}" for one in levels if one.name != "score")


def beside_baselines(asked: Asked) -> Figures:
    """Fairness on the same events: nowhere worse; bold is where a baseline does better."""
    rows = []
    for n, seed, day in events(asked, standard):
        ours = outcome(day, asked.plan)
        others = {name: outcome(day, one, tells_levels=False) for name, one in BASELINES.items()}
        for name, one in {"dealport": ours, **others}.items():
            is_fair = [ours.least >= one.least, ours.fewest_share >= one.fewest_share, ours.gini <= one.gini]
            worth = [
                replace(cell, is_kept=kept) for cell, kept in zip(_worth(one), [*is_fair, True, True], strict=True)
            ]
            cells = f"{n}", f"{seed}", name, f"{one.seconds:.1f} s", f"{one.n_meetings}"
            rows.append([*map(Cell, cells), Cell(f"{len(one.broken)}", not one.broken), *worth])
    headings = ("people", "seed", "planner", "time", "meetings", "broken", *WORTH)
    return Figures("Beside how it is done without a solver", headings, rows)


def score_alone(asked: Asked) -> Figures:
    """`order = "score"`, no fewest: the total at least that of every baseline."""
    rows = []
    for n, seed, event in events(asked, standard):
        day = replace(event, order="score", fewest=np.zeros_like(event.fewest))
        ours = outcome(day, asked.plan)
        for name, planner in BASELINES.items():
            one = outcome(day, planner, tells_levels=False)
            ratio = ours.score_units / one.score_units
            cells = f"{n}", f"{seed}", name, *(f"{each.score_units / UNITS_PER_POINT:.0f}" for each in (ours, one))
            rows.append([*map(Cell, cells), Cell(f"{ratio:.4f}", ratio >= LEAST_OF_BASELINES), Cell(f"{ours.gap:.3%}")])
    headings = ("people", "seed", "against", "our total score", "theirs", "ratio", "gap to the bound")
    return Figures("Score alone, no fewest", headings, rows)


def y_combinator(asked: Asked) -> Figures:
    """Investors that get a meeting they asked for, beside the most that can."""
    rows = []
    for seed in asked.seeds:
        day = investor_day(seed)
        most = most_served(day)
        for name, planner in {"dealport": asked.plan, **BASELINES}.items():
            kept: list[Timetable] = []
            is_ours = name == "dealport"
            one = outcome(day, _keeping(planner, kept), tells_levels=is_ours)
            served, n_investors = served_investors(day, kept[0]), len(day.most) - day.n_startups
            rows.append(
                [
                    *map(Cell, (f"{seed}", name, f"{one.seconds:.1f} s", f"{one.n_meetings}")),
                    Cell(f"{len(one.broken)}", not one.broken),
                    Cell(f"{served / n_investors:.1%}", not is_ours or served >= LEAST_SERVED * n_investors),
                    Cell(f"{served / most:.1%}", not is_ours or served == most),
                    *_worth(one),
                ]
            )
    headings = ("seed", "planner", "time", "meetings", "broken", "investors served", "of the flow's bound", *WORTH)
    return Figures("An investor day of 90 startups and 270 investors", headings, rows)


def _keeping(planner: Planner, kept: list[Timetable]) -> Planner:
    """The same planner, its timetables kept."""

    def plan(day: Day) -> Timetable:
        kept.append(planner(day))
        return kept[-1]

    return plan


def beside_joint(asked: Asked) -> Figures:
    """Small events against the exact joint model: how many reach every level before the score, and the score's loss."""
    hard = partial(make_day, 15, 15, Recipe(n_slots=8, most=8, absent_share=0.3, n_locked=2, n_doubles=2))
    scarce = partial(make_day, 15, 15, Recipe(n_slots=8, most=4, n_locked=2, n_doubles=2))
    kinds = {
        "30 people": scarce,
        "30 people, 30 % absent, caps = slots": hard,
        "up to 30, everything at random": partial(seeded_day, most_a_side=15, most_slots=8),
    }
    rows = []
    for name, make in kinds.items():
        days = [make(seed) for seed in range(N_SMALL)]
        losses, n_equal, n_broken = [], 0, 0
        for day in days:
            bonus = bonus_units(day)
            timetable, best = asked.plan(day), best_levels(day, bonus)
            n_broken += bool(broken(day, timetable, bonus))
            reached = level_values(day, timetable.pair.tolist(), bonus)
            before = [reached[level] == value for level, value in best.items() if level != "score"]
            n_equal += all(before)
            if all(before):
                losses.append(1 - reached["score"] / best["score"] if best["score"] else 0.0)
        rows.append(
            [
                *map(Cell, (name, f"{len(days)}")),
                Cell(f"{n_broken}", not n_broken),
                *map(Cell, (f"{n_equal}", f"{sum(not loss for loss in losses)}", f"{max(losses, default=0):.3%}")),
            ]
        )
    headings = ("events", "number", "broken", "all levels before the score reached", "score too", "most score lost")
    return Figures("Beside the exact joint model", headings, rows)


def planned_again(asked: Asked) -> Figures:
    """A quarter into the day 5 % leave for 4 slots, a table and an interpreter are lost."""
    rows = []
    for n in asked.sizes:
        for seed in asked.seeds:
            day = standard(n, seed)
            before = asked.plan(day)
            change = disturbed(day, before, seed)
            start = perf_counter()
            after = replan_day(change.day, before, change.now)
            seconds = perf_counter() - start
            kept, unmoved = after.levels[:2]
            n_added = len(np.setdiff1d(after.pair, before.pair))
            n_to_come = int((before.slot >= change.now).sum())
            rows.append(
                [
                    *map(Cell, (f"{n}", f"{seed}")),
                    Cell(f"{seconds:.1f} s", seconds < MOST_SECONDS_AGAIN.get(n, seconds + 1)),
                    Cell(f"{n_to_come}"),
                    *(Cell(f"{one.value}/{one.bound}", one.value == one.bound) for one in (kept, unmoved)),
                    Cell(f"{n_added}"),
                ]
            )
    headings = ("people", "seed", "time", "to come", "kept, value/bound", "unmoved, value/bound", "added")
    return Figures("The day changes", headings, rows)


def memory(asked: Asked) -> Figures:
    """The most memory a process takes that makes an event and plans it."""
    module, _, function = asked.planner.partition(":")
    rows = []
    for kind in ("standard", "stress"):
        for n in asked.sizes:
            code = PEAK.format(module=module, function=function, kind=kind, n=n, seed=asked.seeds[0])
            done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
            peak_mb = int(done.stdout.split()[-1]) / 1000
            rows.append([Cell(kind), Cell(f"{n}"), Cell(f"{peak_mb:.0f} MB", peak_mb < MOST_MB)])
    return Figures("Memory", ("event", "people", "at most"), rows)


QUESTIONS: dict[str, Callable[[Asked], Figures]] = {
    "standard": partial(planned, kind="standard"),
    "stress": partial(planned, kind="stress"),
    "baselines": beside_baselines,
    "score_alone": score_alone,
    "investor_day": y_combinator,
    "joint": beside_joint,
    "replan": planned_again,
    "memory": memory,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer the questions; 1 if anything misses what it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", choices=[*QUESTIONS, []], metavar="QUESTION", help=", ".join(QUESTIONS))
    parser.add_argument("--planner", default=OURS, help=f"module:function; else {OURS}")
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], choices=SIZES, help="people")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--out", type=Path, help="file for the tables, beside stdout")
    asked = parser.parse_args(arguments)
    answers = []
    for name in asked.questions or QUESTIONS:
        answers.append(QUESTIONS[name](Asked(asked.planner, asked.sizes, asked.seeds)))
        print(answers[-1].markdown(), flush=True)  # noqa: T201 - its job
    if asked.out:
        asked.out.write_text("\n".join(answer.markdown() for answer in answers), encoding="utf-8")
    return int(not all(answer.is_kept for answer in answers))


if __name__ == "__main__":
    sys.exit(main())
