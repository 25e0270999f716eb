"""What a criterion gives: values as fractions of whole numbers, and the points they make.

A value is one division of two whole numbers in single precision, its points that value times the share, rounded to a
whole unit of 0.00001 point: three operations that IEEE 754 defines to the last bit. A sum of such points is exact in
single precision in whatever order it is made, since 100 points are 10^7 units, below 2^24. That is what makes threads,
blocks, partitions and machines give the same scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Mask, Numbers

THOUSAND: Numbers = np.array(1000, dtype=np.float32)
MILLION: Numbers = np.array(1_000_000, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Fit:
    """Values of pairs as fractions of whole numbers.

    Attributes:
        gain: (s, i), or (p,) of pairs one by one: numerators, whole numbers from 0 to `whole`. Where both pass 2^24
            (a profile of half of all sectors) they are rounded, the greater never below the less: no value passes 1.
        whole: Denominators, above 0, of the same shape or what broadcasts to it.
        known: Likewise: both sides say something.
    """

    gain: Numbers
    whole: Numbers
    known: Mask

    def points_units(self, share_units: int, neutral: int) -> Numbers:
        """Share x value in whole units of 0.00001 point; where unknown `neutral`, in thousandths."""
        points: Numbers = np.divide(self.gain, self.whole)
        points *= np.float32(share_units)
        np.rint(points, out=points)
        np.copyto(points, neutral_units(share_units, neutral), where=~self.known)
        return points


def neutral_units(share_units: int, thousandths: int | NDArray[Any]) -> Numbers:
    """Points of values in thousandths, by the same three operations."""
    points: Numbers = np.rint(np.asarray(thousandths, dtype=np.float32) / THOUSAND * np.float32(share_units))
    return points


def thousandth_fit(gain: NDArray[Any], known: Mask) -> Fit:
    """A fit from whole thousandths."""
    return Fit(gain.astype(np.float32), THOUSAND, known)


def any_in(marks: Mask) -> Mask:
    """Whether any of the marks on the last axis is set."""
    found: Mask = np.logical_or.reduce(marks, axis=-1)
    return found
