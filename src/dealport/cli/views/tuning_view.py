"""Fitted weights on the screen: how sure each is, what it adds, and the mean that stands for silence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealport.cli.terminal.screen import Screen

if TYPE_CHECKING:
    from dealport.backtest.tuning import Tuning

WIDTHS = (16, 7, 15, 8, 13)


def show_tuning(tuning: Tuning, points: Mapping[str, float], screen: Screen) -> None:
    """Print one row a criterion: weight, in the logit with its standard error, gain, mean value of each half."""
    known = f", the shipped weights as {tuning.n_prior:,} more" if tuning.n_prior else ""
    told = (
        f"{tuning.n_choices:,} choices{known}; the investor that came had {math.exp(tuning.likelihood):.1%} of the "
        f"chance, {math.exp(tuning.even):.1%} where every candidate is alike"
    )
    screen.show(screen.text(told))
    screen.show()
    headings = ("", "weight", "in the logit", "gain", "mean")
    screen.show_columns(*((heading, "dim") for heading in headings), widths=WIDTHS, right=(1, 2, 3, 4))
    for one in tuning.fitted:
        sure = "held at 0" if math.isnan(one.error) else f"{one.weight:.2f} +- {one.error:.2f}"
        means = " / ".join("-" if math.isnan(mean) else f"{mean:.3f}" for mean in one.means)
        row = (one.criterion, f"{points[one.criterion]:.3f}", sure, f"{one.gain:.4f}", means)
        screen.show_columns(*row, widths=WIDTHS, right=(1, 2, 3, 4))
    screen.show()
