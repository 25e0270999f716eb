"""What a criterion gives: values as fractions of whole numbers, and the points they make.

A value is one division of two whole numbers in single precision, its points that value times the share, rounded to a
whole step of 0.0001 point: three operations that IEEE 754 defines to the last bit. A sum of such points is exact in
single precision in whatever order it is made, since 100 points are 10^6 steps, below 2^24. That is what makes threads,
blocks, partitions and machines give the same scores.

A score is told in units of 0.00001 point: a step is ten of them, or one in a pair of last resort, which keeps a tenth.
Pairs are ranked by their standing: the sum of their steps, and of last resorts so much less that all others are before.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Mask, Numbers

THOUSAND: Numbers = np.array(1000, dtype=np.float32)
LAST_RESORT_PART = 10
LAST_RESORT = -(2**21)  # standings of last resorts go from here to a million above
WHOLE_STEPS = 1_000_000  # of a perfect pair
MILLION: Numbers = np.array(1_000_000, dtype=np.float32)


class Fit(Struct, frozen=True):
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

    def points_steps(self, share_steps: int, neutral: int) -> Numbers:
        """Share x value in whole steps of 0.0001 point; where unknown `neutral`, in thousandths."""
        points: Numbers = np.divide(self.gain, self.whole)
        points *= np.float32(share_steps)
        np.rint(points, out=points)
        np.copyto(points, neutral_steps(share_steps, neutral), where=~self.known)
        return points


def neutral_steps(share_steps: int, thousandths: int | NDArray[Any]) -> Numbers:
    """Points of values in thousandths, by the same three operations."""
    points: Numbers = np.rint(np.asarray(thousandths, dtype=np.float32) / THOUSAND * np.float32(share_steps))
    return points


def thousandth_fit(gain: NDArray[Any], known: Mask) -> Fit:
    """A fit from whole thousandths."""
    return Fit(gain.astype(np.float32), THOUSAND, known)


def in_units(points_steps: NDArray[Any], is_last_resort: Mask) -> NDArray[Any]:
    """Steps of pairs as units of 0.00001 point; those of a last resort keep a tenth."""
    return np.where(is_last_resort, points_steps, LAST_RESORT_PART * points_steps)


def units_of(standing: NDArray[Any]) -> NDArray[Any]:
    """The scores of standings."""
    return np.where(standing < 0, standing - LAST_RESORT, LAST_RESORT_PART * standing)


def least_standing(least_units: int) -> int:
    """The least standing of pairs with this score.

    At 10 points or less, ordinary pairs below it pass too, and are left out afterwards.
    """
    steps = -(-least_units // LAST_RESORT_PART)
    return steps if least_units > WHOLE_STEPS else LAST_RESORT + least_units


def any_in(marks: Mask) -> Mask:
    """Whether any of the marks on the last axis is set."""
    found: Mask = np.logical_or.reduce(marks, axis=-1)
    return found
