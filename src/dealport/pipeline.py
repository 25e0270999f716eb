"""The story in one page: paths -> market -> scores -> shortlist."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dealport.model import InputError, Kind, RequestError, Row
from dealport.settings import require_sectors, weights_of

if TYPE_CHECKING:
    from dealport.files.reading import Reading
    from dealport.market.market import Market
    from dealport.scoring.explaining import Explanation
    from dealport.scoring.passing import Advance
    from dealport.scoring.ranking import Ranked, Ranker
    from dealport.scoring.shortlist import Shortlist


@dataclass(frozen=True, slots=True)
class Request:
    """What a ranking is asked for, in the user's words.

    Attributes:
        by: Whose lists, of both sides in one table; `for_name` decides where it is given.
        k: Pairs a participant, at most.
        for_name: One participant of either side, in any spelling.
        from_country, to_country: The startup's and the investor's country.
        sector: Only startups in this sector or a kind of it.
        min_score: 0 to 100.
        strict: Faults in input end the command.
        side: What the rows of tables are, where nothing nearer tells.
        with_deal_investors: Investors known only from deals are proposed too.
        country: Code of the country of rows of tables that name none.
    """

    by: Kind | Literal["both"] = "startup"
    k: int = 10
    for_name: str = ""
    from_country: str = ""
    to_country: str = ""
    sector: str = ""
    min_score: float = 0.0
    weights: Path | None = None
    deals: Path | None = None
    as_of: date | None = None
    strict: bool = False
    side: Kind | None = None
    with_deal_investors: bool = False
    country: str = ""


@dataclass(frozen=True)
class Outcome:
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


def load_market(
    paths: Sequence[Path],
    *,
    deals: Path | None = None,
    as_of: date | None = None,
    side: Kind | None = None,
    country: str = "",
) -> Market:
    """Read and check everything; faults stand in the market's problems, those of weights.toml too."""
    return with_weights_faults(*read_market(paths, deals=deals, as_of=as_of, side=side, country=country))


def with_weights_faults(reading: Reading, market: Market) -> Market:
    """The market, with the faults of weights.toml among its problems."""
    try:
        weights_of(reading, None)
    except InputError as error:
        more = tuple(problem for problem in error.problems if problem not in market.problems)
        return replace(market, problems=(*market.problems, *more))
    return market


def read_market(
    paths: Sequence[Path],
    *,
    deals: Path | None = None,
    as_of: date | None = None,
    side: Kind | None = None,
    country: str = "",
) -> tuple[Reading, Market]:
    """The market with the reading it was built from; `side` is what tables hold, `country` that of rows with none."""
    from dealport.files.reading import garbage_left_alone, read_paths
    from dealport.market.checking import build_market

    reading = read_paths(paths, side=side, country=country)
    more: tuple[Row, ...] = ()
    if deals is not None:
        beside = read_deals(deals)
        more = beside.deals
        reading = replace(
            reading,
            problems=(*reading.problems, *beside.problems),
            files=(*reading.files, *beside.files),
        )
    with garbage_left_alone():
        return reading, build_market(reading, as_of=as_of, more_deals=more)


def read_tables(
    paths: Sequence[Path], *, deals: Path | None = None, side: Kind | None = None, country: str = ""
) -> Reading:
    """What `check --columns` shows: the tables and what was read of them, before any word is understood."""
    from dealport.files.reading import read_paths

    return read_paths([*paths, *([deals] if deals else [])], side=side, country=country)


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
    from dealport.scoring.selecting import only, select

    reading, market = read_market(
        paths, deals=request.deals, as_of=request.as_of, side=request.side, country=request.country
    )
    market = _widened(market, with_deal_investors=request.with_deal_investors)
    require_usable(market, paths, strict=request.strict)
    weights = weights_of(reading, request.weights)
    selection = select(
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
    return Outcome(
        ranked, sides, taken, inputs_of(reading), where_of(paths, request.deals, request.side, request.country)
    )


def explain_pair(
    paths: Sequence[Path],
    a: str,
    b: str,
    *,
    weights: Path | None = None,
    deals: Path | None = None,
    as_of: date | None = None,
    side: Kind | None = None,
    country: str = "",
    with_deal_investors: bool = False,
) -> Explanation:
    """Every gate and part of one pair, its names in either order.

    Raises:
        RequestError: An unclear name, or two names of one side.
    """
    from dealport.market.participants import find_pair
    from dealport.scoring.explaining import explain

    reading, market = read_market(paths, deals=deals, as_of=as_of, side=side, country=country)
    market = _widened(market, with_deal_investors=with_deal_investors)
    require_usable(market, paths, strict=False)
    found = {one.kind: one for one in find_pair(market, a, b)}
    return explain(market, weights_of(reading, weights), found["startup"].row, found["investor"].row)


def read_deals(path: Path) -> Reading:
    """The deals of a file, whatever it and its folder are called: a row that names both sides is a deal.

    Profiles beside them stay: they tell countries that the deals don't.

    Raises:
        InputError: There is none.
    """
    from dealport.files.reading import read_paths

    reading = read_paths([path])
    told = [{"startup", "investor"} <= row.fields.keys() for row in reading.rows]
    deals = (*reading.deals, *compress(reading.rows, told))
    if not deals:
        raise InputError(f"{path}: no deal in it (its columns are date, startup, investor)", reading.problems)
    rows = tuple(row for row, is_deal in zip(reading.rows, told, strict=True) if not is_deal)
    return replace(reading, rows=rows, deals=deals)


def _widened(market: Market, *, with_deal_investors: bool) -> Market:
    """The market, with the investors that only deals tell of where they are asked for."""
    from dealport.market.dealt import add_deal_investors

    return add_deal_investors(market) if with_deal_investors else market


def inputs_of(reading: Reading) -> tuple[str, ...]:
    """Every file read, but our own outputs."""
    from dealport.files.fields import OWN_OUTPUT

    own = {problem.place for problem in reading.problems if problem.message == OWN_OUTPUT[0]}
    return tuple(path for path in reading.files if path not in own)


def where_of(paths: Sequence[Path], deals: Path | None = None, side: Kind | None = None, country: str = "") -> str:
    """Arguments with which `check` looks at the same files."""
    told = {"--deals": str(deals or ""), "--as": side or "", "--country": country}
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
