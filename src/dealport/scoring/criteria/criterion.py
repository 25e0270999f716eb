"""What a criterion is: a record that holds all there is to say about it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from msgspec import Struct

from dealport.scoring.criteria.fits import Fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import PairFacts, Reasons

Formula = Callable[[PairLayout], tuple[Fit, ...]]

REAL_LISTS = "mean over pairs of real lists, `python tests/measure_expected.py STARTUPS INVESTORS`"
SAMPLE_MEAN = "mean over pairs of the sample market with open gates, `python tests/measure_expected.py profiles`"
JUDGED = "rounded, and checked on real pairs judged by people, `python tests/fit_weights.py MARKET GRADES`"
FITTED = "fitted on choices of 2008-11 among 55,000 real deals, `dealport tune`"


class Criterion(Struct, frozen=True):
    """One criterion: change it here, and the score, its reasons, `explain` and the docs' table follow.

    Attributes:
        name: As in `points_<name>` and in the phrases `criterion.<name>` and `measure.<name>`.
        weight: To begin with; only the ratios of weights count.
        expected: In thousandths, a number a half: what a pair gets where a side says nothing.
        reads: For each half, the columns of `StartupColumns` it reads: startups alike in them get the same points
            from an investor.
        value: What its value between 0 and 1 is, for the docs.
        formula: Its values for pairs: one fit, or two halves that share its weight equally. The first paragraph of the
            docstring is what `dealport explain` prints.
        reasons: Why some pairs have the points they have, in the order of the pairs.
        weighed, measured: Where `weight` and `expected` come from.
    """

    name: str
    weight: float
    expected: tuple[int, ...]
    reads: tuple[tuple[str, ...], ...]
    value: str
    formula: Formula
    reasons: Callable[[PairFacts], Reasons]
    weighed: str = "chosen"
    measured: str = SAMPLE_MEAN

    @property
    def help(self) -> str:
        """The first paragraph of the formula's docstring, on one line."""
        documentation = inspect.getdoc(self.formula) or ""
        return " ".join(documentation.split("\n\n")[0].split())
