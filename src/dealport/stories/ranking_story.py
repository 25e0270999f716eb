"""The story in one page: paths -> market -> scores -> shortlist."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dealport.model import InputError, Kind, RequestError, Row
from dealport.stories.request import AS_FOUND, Request, Sources
from dealport.stories.settings import require_sectors, weights_of

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.reading.paths import Reading
    from dealport.scoring.engine.best import Advance
    from dealport.scoring.explaining.explanation import Explanation
    from dealport.scoring.ranking import Ranked, Ranker
    from dealport.scoring.shortlist import Shortlist


class Outcome(Struct, frozen=True, dict=True):
    """A ranking and what it rests on.

    Attributes:
        ranked: The best pairs of both directions.
        sides: Whose lists were asked for.
        taken: Names that `for_name` was understood as, with side and country, for the screen.
        inputs: Every file read, but our shortlists. where: Arguments with which `check` looks at the same files.
    """

    ranked: Ranked
    sides: tuple[Kind, ...]
    taken: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    where: str = ""

    @property
    def market(self) -> Market:
        """What was ranked."""
        return self.ranked.market

    @property
    def n_pairs(self) -> int:
        """How many pairs are kept in the direction asked for."""
        return len(self.ranked.kept(self.sides[0]))

    @cached_property
    def shortlist(self) -> Shortlist:
        """The direction asked for, as records."""
        return self.ranked.shortlist(self.sides[0])

    @cached_property
    def other(self) -> Shortlist | None:
        """The other direction; None where one participant was asked for."""
        return None if self.taken else self.ranked.shortlist("investor" if self.sides[0] == "startup" else "startup")


def load_market(paths: Sequence[Path], sources: Sources = AS_FOUND) -> Market:
    """Read and check everything; faults stand in the market's problems, those of weights.toml too."""
    return with_weights_faults(*read_market(paths, sources))


def with_weights_faults(reading: Reading, market: Market) -> Market:
    """The market, with the faults of weights.toml among its problems."""
    try:
        weights_of(reading, None)
    except InputError as error:
        more = tuple(problem for problem in error.problems if problem not in market.problems)
        return replace(market, problems=(*market.problems, *more))
    return market


def read_market(paths: Sequence[Path], sources: Sources = AS_FOUND) -> tuple[Reading, Market]:
    """The market with the reading it was built from."""
    from dealport.market.known_by_deals import add_deal_investors
    from dealport.market.market_building import build_market
    from dealport.reading.paths import garbage_left_alone, read_paths

    reading = read_paths(paths, side=sources.side, country=sources.country)
    more: tuple[Row, ...] = ()
    if sources.deals is not None:
        beside = read_deals(sources.deals)
        more = beside.deals
        reading = replace(
            reading,
            problems=(*reading.problems, *beside.problems),
            files=(*reading.files, *beside.files),
        )
    with garbage_left_alone():
        market = build_market(reading, as_of=sources.as_of, more_deals=more)
    return reading, add_deal_investors(market) if sources.with_deal_investors else market


def read_tables(paths: Sequence[Path], sources: Sources = AS_FOUND) -> Reading:
    """What `check --columns` shows: the tables and what was read of them, before any word is understood."""
    from dealport.reading.paths import read_paths

    more = [sources.deals] if sources.deals else []
    return read_paths([*paths, *more], side=sources.side, country=sources.country)


def find_shortlist(
    paths: Sequence[Path],
    request: Request,
    *,
    rank: Ranker | None = None,
    advance: Advance | None = None,
) -> Outcome:
    """The best pairs of every participant, or of one, both directions; `rank`: a cluster's pass, not this machine's.

    Raises:
        RequestError: Nothing to match, or a name, country or sector that is not clear.
        InputError: Faulty weights; any fault in input when `strict`.
    """
    from dealport.market.participants import describe, find_participant
    from dealport.scoring.ranking import rank_market
    from dealport.scoring.selecting import only, select_rows

    reading, market = read_market(paths, request)
    require_usable(market, paths, strict=request.strict)
    weights = weights_of(reading, request.weights, only_stated_countries=request.only_stated_countries)
    selection = select_rows(
        market,
        from_country=request.from_country,
        to_country=request.to_country,
        sector=request.sector,
        min_score=request.min_score,
    )
    sides: tuple[Kind, ...] = ("startup", "investor") if request.by == "both" else (request.by,)
    taken = tuple[str, ...]()
    if request.for_name:
        found = find_participant(market, request.for_name)
        sides, taken = (found.kind,), (describe(found),)
        selection = only(selection, found)
    ranked = rank_market(market, weights, selection, k=request.k, rank=rank, advance=advance)
    return Outcome(ranked, sides, taken, inputs_of(reading), where_of(paths, request))


def explain_pair(paths: Sequence[Path], a: str, b: str, sources: Sources = AS_FOUND) -> Explanation:
    """Every gate and part of one pair, its names in either order.

    Raises:
        RequestError: An unclear name, or two names of one side.
    """
    from dealport.market.participants import find_pair
    from dealport.scoring.explaining.explanation import explain_rows

    reading, market = read_market(paths, sources)
    require_usable(market, paths, strict=sources.strict)
    found = {one.kind: one for one in find_pair(market, a, b)}
    weights = weights_of(reading, sources.weights, only_stated_countries=sources.only_stated_countries)
    return explain_rows(market, weights, found["startup"].row, found["investor"].row)


def read_deals(path: Path) -> Reading:
    """The deals of a file, whatever it and its folder are called: a row that names both sides is a deal.

    Profiles beside them stay: they tell countries that the deals don't.

    Raises:
        InputError: There is none.
    """
    from dealport.reading.paths import read_paths

    reading = read_paths([path])
    told = [{"startup", "investor"} <= row.fields.keys() for row in reading.rows]
    deals = (*reading.deals, *compress(reading.rows, told))
    if not deals:
        raise InputError(f"{path}: no deal in it (its columns are date, startup, investor)", reading.problems)
    rows = tuple(row for row, is_deal in zip(reading.rows, told, strict=True) if not is_deal)
    return replace(reading, rows=rows, deals=deals)


def inputs_of(reading: Reading) -> tuple[str, ...]:
    """Every file read, but our own outputs."""
    from dealport.reading.columns.field_names import OWN_OUTPUT

    own = {problem.place for problem in reading.problems if problem.message == OWN_OUTPUT[0]}
    return tuple(path for path in reading.files if path not in own)


def where_of(paths: Sequence[Path], sources: Sources = AS_FOUND) -> str:
    """Arguments with which `check` looks at the same files."""
    told = {"--deals": str(sources.deals or ""), "--as": sources.side or "", "--country": sources.country}
    more = [part for option, value in told.items() if value for part in (option, value)]
    return shlex.join([*map(str, paths), *more])


def require_usable(market: Market, paths: Sequence[Path], *, strict: bool, both_sides: bool = True) -> None:
    """Raise InputError for faulty sectors, and any fault when `strict`; RequestError where a side, or both, lack."""
    faults = [problem for problem in market.problems if problem.severity == "fault"]
    if strict and faults:
        raise InputError(f"{len(faults)} faults in the profiles", faults)
    require_sectors(market)
    if (market.startups and market.investors) or (not both_sides and (market.startups or market.investors)):
        return
    lacking = "startups" if market.investors else "investors" if market.startups else "profiles"
    cure = f"`dealport new {'investor' if market.startups else 'startup'} NAME` writes a profile to fill in"
    if faults:
        cure = f"`dealport check {where_of(paths)}` shows the faults"
    raise RequestError(
        f"no {lacking} found in {', '.join(map(str, paths))}: nothing to {'match' if both_sides else 'show'}. {cure}"
    )
