"""The bonus that leads those who asked for an over-asked participant to similar ones with room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dealport.meetings.day.days import NO_WISH, Day, Ints

# A similar participant with room is worth up to this much more: half a criterion of the score, so that it turns the
# scale between near-equals and never makes a poor pair a good one.
MOST_BONUS_UNITS = 500_000  # 5 points


def bonus_units(day: Day) -> Ints:
    """(p,) bonus of each pair in units of 0.00001 point, 0 to 5 points; all 0 where ``order = "score"``.

    The pair of R and Q gains 5 points x the share of P's wishers that P has no room for x how alike P and Q are, for
    the P, asked for by R, for which that is most. Q must have room: fewer wishers than it may have meetings. Alike is
    the correlation of P's and Q's scores with the other side (0 where it is negative), a pair that may not meet
    counting 0.
    """
    if day.order == "score" or not len(day.pairs):
        return np.zeros(len(day.pairs), np.int64)
    pairs, n_startups = day.pairs, day.n_startups
    startup, investor = pairs.startup, pairs.investor - n_startups
    shape = n_startups, len(day.most) - n_startups
    scores, asked = np.zeros(shape), {"startup": np.zeros(shape, bool), "investor": np.zeros(shape, bool)}
    scores[startup, investor] = pairs.score_units / 100_000
    asked["startup"][startup, investor] = pairs.startup_rank != NO_WISH
    asked["investor"][startup, investor] = pairs.investor_rank != NO_WISH
    room = np.minimum(day.most, day.present.sum(axis=1))
    for_investors = _redirected(asked["startup"], scores.T, room[n_startups:])
    for_startups = _redirected(asked["investor"].T, scores, room[:n_startups]).T
    bonus: Ints = np.rint(MOST_BONUS_UNITS * np.maximum(for_investors, for_startups)).astype(np.int64)
    return bonus[startup, investor]


def _redirected(asked: NDArray[np.bool_], scores: NDArray[np.float64], room: Ints) -> NDArray[np.float64]:
    """(r, q) 0 to 1: how much of the overflow of those r asks for goes to q.

    `asked`: (r, q) who asks for whom; `scores`: (q, r); `room`: (q,) meetings each q may have.
    """
    n_asking = asked.sum(axis=0)
    overflow = np.maximum(0, n_asking - room) / np.maximum(1, n_asking)
    pull = np.zeros(asked.shape)
    alike = _alike(scores)
    has_room = n_asking < room
    for over in np.flatnonzero(overflow):
        led = np.where(has_room, overflow[over] * alike[over], 0.0)
        askers = asked[:, over]
        pull[askers] = np.maximum(pull[askers], led)
    return pull


def _alike(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """(q, q) correlation of rows, 0 to 1; 0 for a row without any spread."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1))
    unit = np.divide(centred, length[:, None], out=np.zeros_like(centred), where=length[:, None] > 0)
    alike: NDArray[np.float64] = np.clip(np.round(unit @ unit.T, 6), 0.0, 1.0)  # the 16th place is another elsewhere
    return alike
