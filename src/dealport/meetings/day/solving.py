"""Linear programs in whole numbers, solved by HiGHS to proven optimality: the one door to that library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.meetings.day.days import Ints

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]
# A value this near a whole number is one: HiGHS keeps rows within 1e-7 and whole numbers within 1e-6.
NEARLY = 1e-5
# Below an aim that is kept, in whole units: ten times what HiGHS takes for nothing.
SLACK = 1e-6
# Branching stops here, with a bound that says how far it came; no clock decides. Days measured needed under 2,000.
MOST_NODES = 20_000


class Answer(Struct, frozen=True, eq=False):
    """What came of solving a program.

    Attributes:
        values: (c,) of the columns.
        objective: The sum of the gains.
        bound: What no values can pass; the objective itself where it is proven best.
        reduced: (c,) gain of a column beyond what it costs at the rows' prices, at most 0 for a column left at 0;
            empty for whole numbers.
        prices: (r,) what one more of a row's limit would gain; empty for whole numbers.
    """

    values: Floats
    objective: float
    bound: float
    reduced: Floats
    prices: Floats


class MatrixEntries(Struct, frozen=True, eq=False):
    """Entries of a sparse matrix, in any order."""

    rows: Ints
    columns: Ints
    values: Floats

    @staticmethod
    def joined(parts: Sequence[MatrixEntries]) -> MatrixEntries:
        """Those of several matrices together."""
        if not parts:
            return MatrixEntries(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        return MatrixEntries(
            *(np.concatenate([getattr(one, name) for one in parts]) for name in MatrixEntries.__struct_fields__)
        )


class Program:
    """Maximise gains of columns from 0 to their upper limits, under rows with limits. It grows: no frozen record.

    HiGHS works on one thread and counts its work: the same program gives the same answer on the same machine.
    """

    def __init__(self, *, changes_gains: bool = False) -> None:
        """An empty program; `changes_gains`: it is solved again and again for other gains."""
        self._highs = highs = _quiet_highs()
        # Another `Highs` with another number of threads would give an error and an empty answer.
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_feasibility_tolerance", 1e-9)
        highs.setOptionValue("mip_max_nodes", MOST_NODES)
        if changes_gains:
            # From one aim's best to the next, primal simplex (4) needs half the time of dual: 7 s for 17 at 900 people.
            highs.setOptionValue("simplex_strategy", 4)
        self.n_columns = 0
        self.n_rows = 0
        self._gains = np.empty(0)

    def add_rows(self, lower: Floats, upper: Floats, entries: MatrixEntries | None = None) -> None:
        """Rows at the end; `entries` count rows from 0 among them and name columns that are there."""
        starts, index, values = _by(entries, len(lower), "rows")
        arguments = lower, upper, len(index), starts, index, values
        self._must(self._highs.addRows(len(lower), *arguments), "add rows")
        self.n_rows += len(lower)

    def add_columns(self, gains: Floats, upper: Floats, entries: MatrixEntries) -> None:
        """Columns at the end; `entries` count columns from 0 among them and name rows that are there."""
        starts, index, values = _by(entries, len(gains), "columns")
        limits = np.zeros(len(gains)), upper
        self._must(self._highs.addCols(len(gains), -gains, *limits, len(index), starts, index, values), "add columns")
        self.n_columns += len(gains)
        self._gains = np.concatenate([self._gains, gains])

    def set_gains(self, gains: Floats) -> None:
        """(c,) what each column is worth."""
        self._must(self._highs.changeColsCost(self.n_columns, self._all(), -gains), "set gains")
        self._gains = gains

    def set_limits(self, lower: Floats, upper: Floats) -> None:
        """(c,) between what each column lies."""
        self._must(self._highs.changeColsBounds(self.n_columns, self._all(), lower, upper), "set limits")

    def lift(self, row: int) -> None:
        """Take the limits off a row."""
        self._must(self._highs.changeRowBounds(row, -np.inf, np.inf), "lift a row")

    def _all(self) -> NDArray[np.int32]:
        return np.arange(self.n_columns, dtype=np.int32)

    def solve(self, *, whole: NDArray[np.bool_] | None = None, step: float = 1.0) -> Answer | None:
        """The best values, or None when there are none.

        `whole`: (c,) which columns are whole numbers; None: none. `step`: by how much objectives of two answers differ
        at least.
        """
        import highspy

        highs = self._highs
        highs.setOptionValue("solve_relaxation", whole is None)
        if whole is not None:
            # What an earlier run left would be taken as a start, and 1.16.0 may give a start back as the best.
            highs.clearSolver()
            kinds = np.where(whole, int(highspy.HighsVarType.kInteger), int(highspy.HighsVarType.kContinuous))
            highs.changeColsIntegrality(self.n_columns, self._all(), kinds.astype(np.uint8))
            highs.setOptionValue("mip_abs_gap", step / 2)
        if self._run_is_sound():
            return self._answer(is_whole=whole is not None)
        # 1.16.0 can undo its presolving wrongly: of 400 small days it did so, and said so, on one.
        highs.clearSolver()
        highs.setOptionValue("presolve", "off")
        is_sound = self._run_is_sound()
        highs.setOptionValue("presolve", "choose")
        if not is_sound and highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            raise RuntimeError(f"HiGHS ended with {highs.getModelStatus()}")
        return self._answer(is_whole=whole is not None)

    def _run_is_sound(self) -> bool:
        """Run; whether there are values, and they add up to what is said of them."""
        import highspy

        highs = self._highs
        if highs.run() == highspy.HighsStatus.kError:
            return False
        if highs.getModelStatus() == highspy.HighsModelStatus.kModelEmpty:
            return True
        info = highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return False
        said = -float(info.objective_function_value)
        counted = float(np.array(highs.getSolution().col_value) @ self._gains)
        return abs(counted - said) <= NEARLY * max(1.0, abs(said))

    def _answer(self, *, is_whole: bool) -> Answer | None:
        import highspy

        highs, known = self._highs, highspy.HighsModelStatus
        status, info = highs.getModelStatus(), highs.getInfo()
        if status == known.kModelEmpty:
            return Answer(np.empty(0), 0.0, 0.0, np.empty(0), np.zeros(self.n_rows))
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return None
        solution = highs.getSolution()
        values, objective = np.array(solution.col_value), -float(info.objective_function_value)
        if is_whole:
            bound = objective if status == known.kOptimal else -float(info.mip_dual_bound)
            return Answer(values, objective, bound, np.empty(0), np.empty(0))
        return Answer(values, objective, objective, -np.array(solution.col_dual), -np.array(solution.row_dual))

    @staticmethod
    def _must(status: highspy.HighsStatus, doing: str) -> None:
        """Every call can fail, and then leaves an empty answer."""
        import highspy

        if status == highspy.HighsStatus.kError:
            raise RuntimeError(f"HiGHS could not {doing}")


def _quiet_highs() -> highspy.Highs:
    """HiGHS that prints nothing: its maker calls `enableCallbacks`, which greets on stdout unless told before."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet()  # type: ignore[no-untyped-call]


def has_fractions(values: Floats) -> bool:
    """Whether any value is no whole number."""
    return bool((np.abs(values - np.round(values)) > NEARLY).any())


def whole_bound(bound: float, step: int = 1) -> int:
    """The greatest whole number, in `step`s, that a sum of whole numbers can have under a bound."""
    return int(np.floor(bound / step + NEARLY)) * step


def _by(entries: MatrixEntries | None, n: int, axis: Literal["rows", "columns"]) -> tuple[Ints, Ints, Floats]:
    """Starts of the n rows or columns, then index and value of each entry: HiGHS's sparse form."""
    if entries is None:
        entries = MatrixEntries.joined(())
    mine, other = getattr(entries, axis), entries.columns if axis == "rows" else entries.rows
    order = np.argsort(mine, kind="stable")
    starts = np.searchsorted(mine[order], np.arange(n))
    return starts.astype(np.int32), other[order].astype(np.int32), entries.values[order]
