"""What the compiled loop reads: a market as plain arrays of fixed types.

Axes: s startups in the terms' order, t tiles, w investors of a tile, n sector nodes, c classes of startups alike in
sectors, o overlaps, x rows of tables.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Ints, Mask, Numbers
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.criteria.fits import LAST_RESORT, MILLION, THOUSAND, Fit, neutral_steps
from dealport.scoring.criteria.stated.sectors import AGNOSTIC, SECTORS, STARTUP_ONLY_TENTHS, WORTH
from dealport.scoring.criteria.stated.ticket import reach_of
from dealport.scoring.criteria.track_record.sector_deals import SECTOR_DEALS, whole_of
from dealport.scoring.criteria.track_record.sector_focus import SECTOR_FOCUS
from dealport.scoring.engine.keys import NOBODY, Keys, Places
from dealport.scoring.engine.terms import Lists, Terms

ASK = ("ask",)


class Sheet(NamedTuple):
    """A market as arrays of fixed types, so that the loop is compiled once for all markets.

    Attributes:
        points: (t, x, w). codes: (s, tables). row: (s,) where startups stood before.
        hopes: (t, r). region: (s,). takes_last: (t, w).
        column: (t * w,) where investors stood before. first_investor: (t,) the least of a tile.
        named_starts, named: Lists of startups' investors.
        sector_class: (s,) startups of one class have the same points by sectors.
        says_sectors, agnostic: (c,). they_take_any: (t, w). some_take_any: (t,) whether any of a tile does.
        stated_starts, stated: Lists of the sectors that classes state, as far as anybody excludes them.
        excluding_starts, excluding: For each tile and sector who excludes it, as places in the tile.
        sector_starts: (o, c + 1) where the lists begin in `sectors` and `sector_weights`, the most frequent first.
        most_sectors: Of a class. free_starts, free_sectors, free_weights: Lists of those that classes are not held to.
        theirs: (o, t, n, w). my_mass: (o, c) times Tversky's a. their_mass: (o, t, w).
        my_floor, floor: (o, c) and (o, t, w) least points: what a side that leaves it open gives, else 0.
        by_worth: (o,) whether points go by `worth` (1001,), the points of each thousandth of the index. Without deals
            these three make a last resort of whatever has nothing in common.
        shares: (o,) in steps. wholes: (o, c) the denominator where the class sets it; 0 for Tversky's index.
        ask_highest, ask_lowest: (s,) thousandths of log10, 1000 off, so that their gaps are gains.
        ticket_reach, ticket_least: (t, w) the largest ask that is met and the smallest ticket, likewise.
        ask_floor, ticket_floor: (s,) and (t, w) least points, as `my_floor`.
        asks: Whether the ticket is not in a table.
    """

    points: Numbers
    codes: Places
    row: Places
    hopes: NDArray[np.uint8]
    takes_last: Mask
    region: Places
    column: Places
    first_investor: Places
    named_starts: Places
    named: Places
    sector_class: Places
    says_sectors: Mask
    agnostic: Mask
    they_take_any: Mask
    some_take_any: Mask
    stated_starts: Places
    stated: Places
    excluding_starts: Places
    excluding: Places
    sector_starts: Places
    sectors: Places
    sector_weights: Numbers
    most_sectors: int
    free_starts: Places
    free_sectors: Places
    free_weights: Numbers
    theirs: NDArray[np.uint16]
    my_mass: Numbers
    their_mass: Numbers
    my_floor: Numbers
    floor: Numbers
    by_worth: Mask
    worth: Numbers
    shares: Numbers
    wholes: Numbers
    ask_highest: Numbers
    ask_lowest: Numbers
    ask_floor: Numbers
    ticket_reach: Numbers
    ticket_least: Numbers
    ticket_floor: Numbers
    ticket_share: np.float32
    asks: bool

    @classmethod
    def of(cls, terms: Terms) -> Sheet:
        """The arrays, as the loop takes them: in one piece each."""
        tiles, order = terms.tiles, terms.order
        place_of = np.argsort(order)
        named = Lists.of(place_of[terms.named.owners], terms.named.places, len(order))
        fields = {
            "points": terms.points,
            "codes": terms.codes[order],
            "row": order,
            "hopes": terms.hopes,
            "takes_last": terms.takes_last,
            "region": terms.region[order],
            "column": np.resize(terms.column, tiles.count * tiles.width),
            "first_investor": np.array([terms.column[part].min(initial=NOBODY) for part in tiles.slices()]),
            "named_starts": named.starts,
            "named": named.places,
            "sector_class": terms.sectors.classes.codes[order],
            **_gates(terms),
            **_overlaps(terms),
            **_ticket(terms),
        }
        return cls(**{name: _in_one_piece(field) for name, field in fields.items()})


class Batch(NamedTuple):
    """Startups that are scored together.

    Attributes:
        hope: Of tiles, see `Terms.hopes`.
        start, stop: Their places in the sheet's order. first_startup: The least of their rows.
        more, more_codes: (t, x, w) further points, and (b, groups) which of them are a startup's.
        mine, theirs: (b, k) and (t * w, k) the best keys so far, ascending; these change.
    """

    hope: int
    start: int
    stop: int
    first_startup: int
    more: Numbers
    more_codes: Places
    mine: Keys
    theirs: Keys


def _in_one_piece(field: Any) -> Any:  # noqa: ANN401 - an array or a number
    return np.ascontiguousarray(field) if isinstance(field, np.ndarray) else field


def _gates(terms: Terms) -> dict[str, Any]:
    """The fields of `Sheet` on the gates of sectors."""
    tiles, startups, investors = terms.tiles, terms.engine.startups, terms.engine.investors
    excluded = Lists.of_marks(investors.excluded_sector)
    n_sectors = investors.excluded_sector.shape[1]
    owner = excluded.owners // tiles.width * n_sectors + excluded.places
    excluding = Lists.of(owner, excluded.owners % tiles.width, tiles.count * n_sectors)
    first = terms.sectors.classes.first
    stated = Lists.of_marks(startups.stated[first] & investors.excluded_sector.any(axis=0))
    return {
        "says_sectors": startups.says_sectors[first],
        "agnostic": startups.agnostic[first],
        "they_take_any": tiles.cut(investors.takes_any_sector, np.bool_),
        "some_take_any": tiles.cut(investors.takes_any_sector, np.bool_).any(axis=1),
        "stated_starts": stated.starts,
        "stated": stated.places,
        "excluding_starts": excluding.starts,
        "excluding": excluding.places,
    }


class _Overlap(Struct, frozen=True):
    """What multiplies the sectors of both sides.

    Attributes:
        mine, theirs: (c, n) and (i, n) whole numbers. scale: (n,) of mine, or 1.
        their_least, my_least: (i,) and (c,) thousandths that a side gives at least.
        whole: (c,) the denominator; None where it depends on both sides.
        by_worth: Whether it counts by `sectors.WORTH`.
    """

    criterion: tuple[str, int]
    mine: NDArray[Any]
    theirs: NDArray[Any]
    their_mass: Numbers
    my_mass: Numbers
    their_least: Ints
    my_least: Ints
    scale: Numbers
    whole: Numbers | None = None
    by_worth: bool = False


def _overlaps_of(startups: StartupColumns, investors: InvestorColumns) -> list[_Overlap]:
    """Stated sectors; where deals are known, those that they show, the cosine of both, and how many there are."""
    record, mass, silent = investors.record, startups.sector_mass, startups.sector_mass == 0
    stated = SECTORS.expected[0]
    overlaps = [
        _Overlap(
            ("sectors", 0), startups.levels, investors.levels, investors.sector_mass, mass,
            np.where(investors.agnostic, AGNOSTIC, (investors.sector_mass == 0) * stated),
            np.where(startups.agnostic, AGNOSTIC, silent * stated), startups.information, by_worth=True,
        )
    ]  # fmt: skip
    if record is None or startups.record is None:
        return overlaps
    dealt, cosine, entered = *SECTOR_FOCUS.expected, *SECTOR_DEALS.expected
    focus, none, ones = startups.record.focus, np.zeros_like(mass), np.ones_like(startups.information)
    return [
        *overlaps,
        _Overlap(
            ("sector_focus", 0), startups.levels, record.levels, record.mass, mass,
            (record.mass == 0) * dealt, silent * dealt, startups.information,
        ),
        _Overlap(
            ("sector_focus", 1), focus, record.focus, np.zeros_like(record.mass), none,
            ~record.holds * cosine, ~startups.record.has_focus * cosine, ones,
            np.full_like(mass, MILLION),
        ),
        _Overlap(
            ("sector_deals", 0), startups.levels, record.entered, np.zeros_like(record.mass), none,
            ~record.holds * entered, silent * entered, startups.information,
            np.where(silent, np.float32(np.inf), whole_of(mass)),
        ),
    ]  # fmt: skip


def _overlaps(terms: Terms) -> dict[str, Any]:
    """The fields of `Sheet` on what is in common."""
    tiles = terms.tiles
    overlaps = _overlaps_of(terms.engine.startups.take(terms.sectors.classes.first), terms.engine.investors)
    halves = {(half.criterion, half.place): half for half in terms.sectors.halves}
    asked = [halves[one.criterion] for one in overlaps]
    least = [
        [neutral_steps(half.share_steps, side) for side in (one.my_least, one.their_least)]
        for half, one in zip(asked, overlaps, strict=True)
    ]
    worth = Fit(WORTH, THOUSAND, np.ones(len(WORTH), dtype=bool)).points_steps(asked[0].share_steps, 0)
    if len(overlaps) == 1:  # else what deals show may be in common too, and the loop has to look
        first = terms.sectors.classes.first
        limits = terms.engine.startups.agnostic[first], terms.engine.investors.takes_any_sector
        for points, takes_any in zip(least[0], limits, strict=True):
            points[~takes_any] += LAST_RESORT
        worth[0] += LAST_RESORT
    lists = [_sector_lists(one.mine, one.scale) for one in overlaps]
    startups = terms.engine.startups
    free, free_weights = _sector_lists(startups.free[terms.sectors.classes.first], startups.information)
    offsets = np.cumsum([0, *(len(one.places) for one, _ in lists)]).tolist()
    return {
        "sector_starts": np.stack([one.starts + offset for (one, _), offset in zip(lists, offsets, strict=False)]),
        "sectors": np.concatenate([one.places for one, _ in lists]),
        "sector_weights": np.concatenate([weights for _, weights in lists]),
        "free_starts": free.starts,
        "free_sectors": free.places,
        "free_weights": np.float32(STARTUP_ONLY_TENTHS) * free_weights,
        "most_sectors": max(int(np.diff(one.starts).max(initial=0)) for one, _ in lists),
        "theirs": np.stack([tiles.cut(one.theirs, np.uint16) for one in overlaps]),
        "my_mass": np.stack([np.float32(STARTUP_ONLY_TENTHS) * one.my_mass for one in overlaps]),
        "their_mass": np.stack([tiles.cut(np.maximum(one.their_mass, 1), np.float32, 1) for one in overlaps]),
        "my_floor": np.stack([mine for mine, _ in least]),
        "floor": np.stack([tiles.cut(theirs, np.float32) for _, theirs in least]),
        "by_worth": np.array([one.by_worth for one in overlaps]),
        "worth": worth,
        "shares": np.array([half.share_steps for half in asked], dtype=np.float32),
        "wholes": np.stack([np.zeros_like(one.my_mass) if one.whole is None else one.whole for one in overlaps]),
    }


def _sector_lists(mine: NDArray[Any], scale: Numbers) -> tuple[Lists, Numbers]:
    """The sectors of each class, the most frequent first, and their weights: neighbours begin alike."""
    often = np.argsort(-np.count_nonzero(mine, axis=0), kind="stable")
    mine = mine[:, often]
    lists = Lists.of_marks(mine > 0)
    sectors = often[lists.places]
    return Lists(lists.starts, sectors), (mine[lists.owners, lists.places] * scale[sectors]).astype(np.float32)


def _ticket(terms: Terms) -> dict[str, Any]:
    """The fields of `Sheet` on tickets: whoever leaves it open is out of reach, and gets the neutral points."""
    tiles, investors = terms.tiles, terms.engine.investors
    ask = terms.engine.startups.ask[terms.order].astype(np.float32)
    no_ask, no_ticket = ask[:, 1] == 0, investors.ticket[:, 1] == 0
    half = next(half for half in terms.engine.halves if half.criterion == "ticket")
    neutral = neutral_steps(half.share_steps, half.neutral)
    return {
        "ask_highest": np.where(no_ask, np.inf, 10 * ask[:, 0] - 1000).astype(np.float32),
        "ask_lowest": np.where(no_ask, -np.inf, 10 * ask[:, 1] + 1000).astype(np.float32),
        "ask_floor": no_ask * neutral,
        "ticket_reach": tiles.cut(np.where(no_ticket, -np.inf, 10 * reach_of(investors)), np.float32),
        "ticket_least": tiles.cut(np.where(no_ticket, np.inf, 10 * investors.ticket[:, 0]), np.float32),
        "ticket_floor": tiles.cut(no_ticket * neutral, np.float32),
        "ticket_share": np.float32(half.share_steps),
        "asks": any(group.reads == ASK for group in terms.others),
    }
