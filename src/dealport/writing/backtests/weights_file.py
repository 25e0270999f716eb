"""Fitted weights as a ``weights.toml``, with what they rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dealport.backtest.tuning import Tuning


def weights_text(tuning: Tuning, points: Mapping[str, float], since: date) -> str:
    """The file, valid as it stands; deals say nothing of the criteria it leaves out, which keep their weights."""
    known = [f"# The shipped weights counted as {tuning.n_prior:,} choices more."] if tuning.n_prior else []
    lines = [
        f"# Fitted on {tuning.n_choices:,} choices of investors abroad before {since}: each weight, its standard error",
        "# in the units of the logit, and by how many nats a choice is less likely without it.",
        *known,
        "[weights]",
    ]
    lines += [
        f"{one.criterion} = {points[one.criterion]:.3f}  # "
        + ("held at 0" if math.isnan(one.error) else f"{one.weight:.2f} +- {one.error:.2f}, {one.gain:.4f}")
        for one in tuning.fitted
    ]
    return "\n".join(lines) + "\n"
