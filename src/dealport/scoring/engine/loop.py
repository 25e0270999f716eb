"""The compiled engine's loop: the startups of a block meet the investors of each tile, and the best pairs are kept.

Only `compiled` imports this module, since it needs numba (the extra `fast`). It repeats two formulas of the criteria,
operation by operation, so that scores are the same to the bit: `criteria.tversky` (beside it the cosine of
`sector_focus` and the share that `sector_deals` is) and the gap of `criteria.ticket_fit`, both made points as
`Fit.points_steps` does.
Axes: s startups, b of a block, c their classes by sectors, t tiles, w investors of a tile, x rows, o overlaps, k kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.core.event import Listener, install_listener

if TYPE_CHECKING:
    from dealport.scoring.engine.sheet import Batch, Sheet

Function = TypeVar("Function", bound=Callable[..., Any])
Array = np.ndarray[Any, Any]

TOP = 1 << 24  # as `keys.TOP`
GATED = np.float32(-(2**25))  # as `terms.GATED`
LAST_RESORT = np.float32(-(2**21))  # as `fits.LAST_RESORT`
LAST_RESORTS_ONLY = 1  # as in `terms`
ONE, TEN, THOUSAND = np.float32(1), np.float32(10), np.float32(1000)

inlined = njit(inline="always")  # handing over a sheet of arrays would take as long as scoring a tile


def compiled(function: Function) -> Function:
    """The function, compiled when it is first called and then kept on the disk, where there is a place to keep it.

    Division is as IEEE 754 has it: Python's check for 0 would keep loops from being vectorised (.9 ns a pair, not .1).
    No operation is reordered or contracted: only NaN, which never occurs, and the sign of 0 are let go.
    """
    made = njit(nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})(function)
    with suppress(RuntimeError):  # neither beside the source nor in the user's folder may anything be written
        made.enable_caching()
    return cast("Function", made)


class _Listener(Listener):
    def __init__(self, tell: Callable[[], None]) -> None:
        self.tell, self.is_told = tell, False

    def on_start(self, event: object) -> None:  # noqa: ARG002 - it is the only kind
        """Each of the loop's parts begins; the first is enough."""
        if not self.is_told:
            self.tell()
        self.is_told = True

    def on_end(self, event: object) -> None:
        """It is done."""


def telling(tell: Callable[[], None]) -> AbstractContextManager[object]:
    """While it lasts, `tell` is called when something has to be compiled that was not kept."""
    return cast("AbstractContextManager[object]", install_listener("numba:compile", _Listener(tell)))


@inlined
def insert(keys: Array, owner: int, key: np.int64) -> None:
    """Put a key among an owner's best, (owners, k) ascending; the last falls off. Branches would be guessed wrong."""
    for place in range(keys.shape[1] - 1, 0, -1):
        keys[owner, place] = max(keys[owner, place - 1], min(key, keys[owner, place]))
    keys[owner, 0] = min(key, keys[owner, 0])


@inlined
def asked(last: int, first_row: int) -> np.float32:
    """The least score with which a row of at least `first_row` is among the best, as `keys.Pool.asked`."""
    return np.float32(TOP - ((last - 1 - first_row) >> 32))


@inlined
def add_tables(scores: Array, points: Array, codes: Array, s: int, t: int) -> None:
    """Add a row of each table (t, x, w): two at a time, which saves reading and writing the scores between."""
    n = codes.shape[1]
    for g in range(0, n - 1, 2):
        one, other = codes[s, g], codes[s, g + 1]
        for w in range(len(scores)):
            scores[w] += points[t, one, w] + points[t, other, w]
    if n % 2:
        one = codes[s, n - 1]
        for w in range(len(scores)):
            scores[w] += points[t, one, w]


@inlined
def add_ticket(scores: Array, sheet: Sheet, s: int, t: int) -> None:
    """The gap of `criteria.ticket_fit`: 1000 - the gap is how far the nearer end lies within a factor of ten."""
    highest, lowest, least, share = sheet.ask_highest[s], sheet.ask_lowest[s], sheet.ask_floor[s], sheet.ticket_share
    for w in range(len(scores)):
        gain = min(sheet.ticket_reach[t, w] - highest, lowest - sheet.ticket_least[t, w])
        points = np.rint(min(max(gain, np.float32(0)), THOUSAND) / THOUSAND * share)
        scores[w] += max(points, sheet.ticket_floor[t, w], least)


@inlined
def multiply(sums: Array, sheet: Sheet, o: int, c: int, last: int, t: int) -> int:
    """What a class has in common with the tile, and the row of `sums` (o, depth, w) where that stands.

    Row n + 1 holds the sum over the first n + 1 of its sectors; those that `last`, the class before it, begins with
    too stand there already. Whole numbers below 2^24: exact.
    """
    start, stop = sheet.sector_starts[o, c], sheet.sector_starts[o, c + 1]
    n = 0
    if last >= 0:
        before, end = sheet.sector_starts[o, last], sheet.sector_starts[o, last + 1]
        while (
            start + n < stop
            and before + n < end
            and sheet.sectors[start + n] == sheet.sectors[before + n]
            and sheet.sector_weights[start + n] == sheet.sector_weights[before + n]
        ):
            n += 1
    for q in range(n, stop - start):
        sector, weight = sheet.sectors[start + q], sheet.sector_weights[start + q]
        for w in range(sums.shape[2]):
            sums[o, q + 1, w] = sums[o, q, w] + weight * np.float32(sheet.theirs[o, t, sector, w])
    return int(stop - start)


@compiled
def add_by_worth(
    points: Array, common: Array, free: Array, their_mass: Array, floor: Array, worth: Array, mine: tuple[float, float]
) -> None:
    """As `add_overlap` by worth, (w,) each: what is in common of sectors a class is not held to is its own there.

    `mine`: mass and least points of the class. A function of its own: within the loop it slows all other classes.
    """
    my_mass, least = mine
    for w in range(len(points)):
        whole = common[w] + their_mass[w] + (my_mass + free[w])
        thousandths = np.ceil(min(TEN * common[w] / whole, ONE) * THOUSAND)
        points[w] = max(worth[np.int64(thousandths)], floor[w], least)


@compiled
def sum_free(free: Array, theirs: Array, sectors: Array, weights: Array) -> None:
    """(w,) what is in common of a class's sectors it is not held to, times Tversky's a; `theirs` (n, w)."""
    free[:] = np.float32(0)
    for q in range(len(sectors)):
        for w in range(len(free)):
            free[w] += weights[q] * np.float32(theirs[sectors[q], w])


@inlined
def add_overlap(points: Array, sums: Array, n: int, sheet: Sheet, o: int, c: int, t: int) -> None:
    """`sectors.tversky`, or a share of what the class makes whole; at least what a side that leaves it open gives.

    What goes by worth comes first.
    """
    my_mass, least, share, whole = sheet.my_mass[o, c], sheet.my_floor[o, c], sheet.shares[o], sheet.wholes[o, c]
    if whole > 0:
        for w in range(len(points)):
            value = np.rint(min(sums[o, n, w] / whole, ONE) * share)
            points[w] += max(value, sheet.floor[o, t, w], least)
    elif sheet.by_worth[o]:
        for w in range(len(points)):
            common = sums[o, n, w]
            thousandths = np.ceil(min(TEN * common / (common + sheet.their_mass[o, t, w] + my_mass), ONE) * THOUSAND)
            points[w] = max(sheet.worth[np.int64(thousandths)], sheet.floor[o, t, w], least)
    else:
        for w in range(len(points)):
            common = sums[o, n, w]
            value = np.rint(min(TEN * common / (common + sheet.their_mass[o, t, w] + my_mass), ONE) * share)
            points[w] += max(value, sheet.floor[o, t, w], least)


@inlined
def close_sectors(points: Array, held: Array, sheet: Sheet, c: int, t: int) -> None:
    """Last resorts and gates by sectors: `held` (w,) is what is in common, as said or as deals show.

    Without deals, points tell last resorts already.
    """
    if len(sheet.wholes) > 1 and not sheet.agnostic[c]:
        for w in range(len(points)):
            is_common = sheet.they_take_any[t, w] | (held[w] > 0)
            points[w] += np.float32(0) if is_common else LAST_RESORT
    n_sectors = sheet.theirs.shape[2]
    for q in range(sheet.stated_starts[c], sheet.stated_starts[c + 1]):
        owner = t * n_sectors + sheet.stated[q]
        for place in range(sheet.excluding_starts[owner], sheet.excluding_starts[owner + 1]):
            points[sheet.excluding[place]] = GATED


@inlined
def score_sectors(
    points: Array, held: Array, free: Array, sums: Array, sheet: Sheet, c: int, last: int, t: int
) -> None:
    """(w,) all that sectors give; `last` is the class whose sums stand in `sums` (o, depth, w)."""
    for o in range(len(sums)):
        n = multiply(sums, sheet, o, c, last, t)
        if o == 0 and sheet.free_starts[c] < sheet.free_starts[c + 1]:
            part = slice(sheet.free_starts[c], sheet.free_starts[c + 1])
            sum_free(free, sheet.theirs[0, t], sheet.free_sectors[part], sheet.free_weights[part])
            mine = sheet.my_mass[0, c], sheet.my_floor[0, c]
            add_by_worth(points, sums[0, n], free, sheet.their_mass[0, t], sheet.floor[0, t], sheet.worth, mine)
        else:
            add_overlap(points, sums, n, sheet, o, c, t)
        if len(sums) > 1 and sheet.wholes[o, c] == 0:
            for w in range(len(held)):
                held[w] = sums[o, n, w] if o == 0 else held[w] + sums[o, n, w]
    close_sectors(points, held, sheet, c, t)


@inlined
def keep(
    scores: Array, asked_by: Array, marks: Array, eights: Array, sheet: Sheet, batch: Batch, s: int, t: int
) -> None:
    """Put pairs where they are among the best.

    `asked_by` (w,): the least score that counts for each investor. `marks` (w,): a byte a pair, so that marking is
    vectorised, looked at eight at a time as `eights`.
    """
    width, b, first = len(scores), s - batch.start, sheet.first_investor[t]
    least = asked(batch.mine[b, -1], first)
    for w in range(width):
        marks[w] = np.uint8(scores[w] >= least) | np.uint8(scores[w] >= asked_by[w])
    for eight in range(len(eights)):
        if eights[eight] == 0:
            continue
        for w in range(8 * eight, 8 * eight + 8):
            owner, key = t * width + w, (TOP - np.int64(scores[w])) << 32
            if scores[w] >= least:
                insert(batch.mine, b, key | sheet.column[owner])
                least = asked(batch.mine[b, -1], first)
            if scores[w] >= asked_by[w]:
                insert(batch.theirs, owner, key | sheet.row[s])
                asked_by[w] = asked(batch.theirs[owner, -1], batch.first_startup)


@inlined
def least_asked(asked_by: Array, takes_last: Array) -> np.float32:
    """The least score that counts for any of the investors who take last resorts."""
    least = np.float32(np.inf)
    for w in range(len(asked_by)):
        least = min(least, asked_by[w]) if takes_last[w] else least
    return np.float32(least)


@compiled
def run(sheet: Sheet, batch: Batch) -> None:
    """Score the startups of a block with all tiles that hold no less and no more than the batch hopes for.

    Once lists are full, few ask for last resorts.
    """
    n_tiles, _, width = sheet.points.shape
    scores, sectors, held = np.empty(width, np.float32), np.empty(width, np.float32), np.empty(width, np.float32)
    asked_by, marks, free = np.empty(width, np.float32), np.empty(width, np.uint8), np.empty(width, np.float32)
    eights = marks.view(np.uint64)
    sums = np.zeros((sheet.theirs.shape[0], sheet.most_sectors + 1, width), np.float32)
    for t in range(n_tiles):
        last = -1
        for w in range(width):
            asked_by[w] = asked(batch.theirs[t * width + w, -1], batch.first_startup)
        is_last, first = batch.hope == LAST_RESORTS_ONLY, sheet.first_investor[t]
        all_ask = not is_last or least_asked(asked_by, sheet.takes_last[t]) < 0
        for s in range(batch.start, batch.stop):
            asks = all_ask or asked(batch.mine[s - batch.start, -1], first) < 0
            if is_last:
                asks &= sheet.says_sectors[sheet.sector_class[s]] | sheet.some_take_any[t]
            if asks and sheet.hopes[t, sheet.region[s]] == batch.hope:
                if sheet.sector_class[s] != last:
                    score_sectors(sectors, held, free, sums, sheet, sheet.sector_class[s], last, t)
                    last = sheet.sector_class[s]
                for w in range(width):
                    scores[w] = sectors[w]
                add_tables(scores, sheet.points, sheet.codes, s, t)
                if sheet.asks:
                    add_ticket(scores, sheet, s, t)
                add_tables(scores, batch.more, batch.more_codes, s - batch.start, t)
                for q in range(sheet.named_starts[s], sheet.named_starts[s + 1]):
                    if sheet.named[q] // width == t:
                        scores[sheet.named[q] % width] = GATED
                keep(scores, asked_by, marks, eights, sheet, batch, s, t)


def forget() -> None:
    """Let go of what is kept on the disk."""
    for function in (add_by_worth, sum_free, run):
        cast("Any", function).recompile()  # nothing yet: it was not loaded
