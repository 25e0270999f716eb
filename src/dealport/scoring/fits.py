"""What a criterion gives: the values of all pairs as exact fractions, and the points they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Values of all pairs as exact fractions of whole numbers.

    Attributes:
        gain: (s, i) numerators, whole numbers from 0 to `whole`.
        whole: Denominators, above 0: (s, i), or what broadcasts to it.
        known: (s, i), or what broadcasts to it: both sides say something.
    """

    gain: Numbers
    whole: Numbers
    known: Mask

    def points_units(self, share_units: int, neutral: int) -> Numbers:
        """(s, i) share x value in whole units of 0.00001 point, half to even; exact in float64, in any block."""
        points = np.rint(self.gain * share_units / self.whole)
        points[~np.broadcast_to(self.known, points.shape)] = round_half_even(neutral * share_units, 1000)
        return points


def round_half_even(numerator: int, denominator: int) -> int:
    """The quotient to the nearest whole number, halves to even."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def thousandth_fit(gain: Ints, known: Mask) -> Fit:
    """A fit from whole thousandths."""
    return Fit(gain.astype(np.float64), np.full((1, 1), 1000.0), known)
