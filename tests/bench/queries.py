"""The stated score as a DuckDB query: profiles as tables, their lists exploded, joins, the best by a window function.

Written as well as we could: a join on one whole number is looked up in an array, so (investor, country) is one number;
capabilities are bits. With two-column keys it takes longer; keys packed with scores and `max(key, 20)` in place of the
window take .8 times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.criteria.fits import LAST_RESORT
from dealport.scoring.criteria.stated.sectors import WORTH
from dealport.scoring.criteria.stated.ticket import FULL_CAPACITY, NO_CAPACITY, reach_of
from dealport.scoring.engine.engine import Engine, Half
from tests.bench.columns import Columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

THREADS = 2
Table = dict[str, NDArray[Any]]

# Nobody here is agnostic or must invest anywhere: outside its countries, and without a sector in common, is a gate.
PAIRS = """
common AS MATERIALIZED (
    SELECT startup, investor, sum(informed * level)::FLOAT AS common
    FROM startup_sector JOIN investor_sector USING (sector)
    GROUP BY startup, investor
),
pairs AS (
    SELECT s.startup, i.investor, coalesce(common, 0::FLOAT) AS common
    FROM startups s CROSS JOIN investors i LEFT JOIN common USING (startup, investor)
),
scored AS MATERIALIZED (
    SELECT s.startup, i.investor,
        {points} + CASE WHEN outside.place IS NOT NULL OR common = 0 THEN {last_resort} ELSE 0 END AS standing
    FROM pairs
    JOIN startups s USING (startup)
    JOIN investors i USING (investor)
    LEFT JOIN stage_gains ON stage_gains.place = i.investor * {n_stages} + s.stage
    LEFT JOIN kind_gains
    ON kind_gains.place = i.investor * ({n_stages} + 1) + CASE WHEN s.stage < 0 THEN {n_stages} ELSE s.stage END
    LEFT JOIN interests ON interests.place = i.investor * {n_countries} + s.country
    LEFT JOIN outside ON outside.place = i.investor * {n_countries} + s.country
    LEFT JOIN wishes ON wishes.place = s.startup * {n_countries} + i.country
    WHERE s.country <> i.country AND s.country > 0 AND i.country > 0
    AND (outside.place IS NULL OR common > 0)
    AND NOT EXISTS (FROM shut WHERE shut.place = i.investor * {n_countries} + s.country)
    AND NOT EXISTS (
        FROM stated_sector JOIN excluded_sector USING (sector)
        WHERE stated_sector.startup = s.startup AND excluded_sector.investor = i.investor
    )
)
"""
BEST = """
SELECT '{side}' AS side, {side} AS owner, {other} AS other, standing,
    row_number() OVER (PARTITION BY {side} ORDER BY standing DESC, {other}) AS rank
FROM scored QUALIFY rank <= {k}
"""
INDEX = "least(1::FLOAT, 10::FLOAT * common / (common + greatest(i.mass, 1::FLOAT) + 8::FLOAT * s.mass))::FLOAT"
# Value and whether it is known, for every half in the order of the criteria.
VALUES = (
    (
        f"{WORTH.astype(int).tolist()}[ceil({INDEX} * 1000::FLOAT)::INTEGER + 1]::FLOAT / 1000::FLOAT",
        "s.mass > 0 AND i.mass > 0",
    ),
    ("stage_gains.gain / 1000::FLOAT", "s.stage >= 0 AND stage_gains.gain IS NOT NULL"),
    (
        "(100 - greatest(0, least(100, greatest(s.ask_low - i.reach, i.ticket_low - s.ask_high))))::FLOAT / 100::FLOAT",
        "s.ask_high > 0 AND i.ticket_high > 0",
    ),
    ("kind_gains.gain / 1000::FLOAT", "kind_gains.gain IS NOT NULL"),
    (
        f"((least(greatest(i.ticket_high, {NO_CAPACITY}), {FULL_CAPACITY}) - {NO_CAPACITY}) * 5)::FLOAT / 1000::FLOAT",
        "i.ticket_high > 0",
    ),
    ("interests.gain / 1000::FLOAT", "interests.gain IS NOT NULL"),
    ("wishes.gain / 1000::FLOAT", "wishes.gain IS NOT NULL"),
    ("bit_count(s.seeks & i.offers)::FLOAT / s.n_seeks", "s.n_seeks > 0 AND i.n_offers > 0"),
    ("bit_count(i.seeks & s.offers)::FLOAT / i.n_seeks", "i.n_seeks > 0 AND s.n_offers > 0"),
)


@dataclass(frozen=True, slots=True)
class Query:
    """A market in DuckDB's tables, ready to be asked."""

    connection: DuckDBPyConnection
    text: str

    @classmethod
    def of(cls, market: Columns, *, k: int) -> Self:
        """Fill the tables."""
        import duckdb

        connection = duckdb.connect(config={"threads": THREADS})
        for name, table in _tables(market).items():
            connection.register("columns", table)
            connection.execute(f"CREATE TABLE {name} AS FROM columns")
            connection.unregister("columns")
        return cls(connection, _text(market.engine(), k))

    def run(self) -> Mapping[str, NDArray[Any]]:
        """Columns `side`, `owner`, `other`, `standing` and `rank` of both directions."""
        found: Mapping[str, NDArray[Any]] = self.connection.execute(self.text).fetchnumpy()
        return found


def _text(engine: Engine, k: int) -> str:
    points = " + ".join(_points(half, *value) for half, value in zip(engine.halves, VALUES, strict=True))
    n_stages, n_countries = engine.investors.stage_gain.shape[1], engine.investors.interest.shape[1]
    pairs = PAIRS.format(points=points, n_stages=n_stages, n_countries=n_countries, last_resort=LAST_RESORT)
    best = BEST.format(side="startup", other="investor", k=k), BEST.format(side="investor", other="startup", k=k)
    return f"WITH {pairs} ({best[0]}) UNION ALL ({best[1]})"


def _points(half: Half, value: str, known: str) -> str:
    """Whole steps; values in single precision, halves to even."""
    share = half.share_steps
    neutral = np.rint(np.float32(half.neutral) / np.float32(1000) * np.float32(share))
    points = f"least(round_even(({value})::FLOAT * {share}::FLOAT, 0)::INTEGER, {share})"
    return f"CASE WHEN {known} THEN {points} ELSE {neutral:.0f} END"


def _tables(market: Columns) -> dict[str, Table]:
    startups, investors = market.startups, market.investors
    mine = {"stage": startups.stage, "ask_low": startups.ask[:, 0], "ask_high": startups.ask[:, 1]}
    theirs = {"reach": reach_of(investors), "ticket_low": investors.ticket[:, 0], "ticket_high": investors.ticket[:, 1]}
    named = ("startup", "investor")
    return {
        "startups": _participants(startups, "startup") | mine,
        "investors": _participants(investors, "investor") | theirs,
        "startup_sector": _exploded(named[0], startups.levels > 0, informed=startups.informed),
        "investor_sector": _exploded(named[1], investors.levels > 0, level=investors.levels.astype(np.float32)),
        "stated_sector": _exploded(named[0], startups.stated),
        "excluded_sector": _exploded(named[1], investors.excluded_sector),
        "stage_gains": _looked_up(investors.stage_gain, investors.stage_gain >= 0),
        "kind_gains": _looked_up(investors.kind_gain, investors.kind_gain >= 0),
        "interests": _looked_up(investors.interest, investors.interest >= 0),
        "wishes": _looked_up(startups.wish, startups.wish >= 0),
        "outside": _looked_up(investors.interest, investors.elsewhere),
        "shut": _looked_up(investors.interest, investors.excluded_country),
    }


def _participants(side: Any, name: str) -> Table:  # noqa: ANN401 - columns of either side
    bits = 1 << np.arange(side.seeks.shape[1], dtype=np.int32)
    return {
        name: np.arange(len(side), dtype=np.int32),
        "country": side.country.astype(np.int32),
        "mass": side.sector_mass.astype(np.float32),
        "seeks": (side.seeks @ bits).astype(np.int32),
        "offers": (side.offers @ bits).astype(np.int32),
        "n_seeks": side.seeks.sum(axis=1, dtype=np.float32),
        "n_offers": side.offers.sum(axis=1, dtype=np.float32),
    }


def _exploded(owner: str, held: NDArray[np.bool_], **values: NDArray[Any]) -> Table:
    """A row for each sector that is held."""
    rows, sectors = np.nonzero(held)
    columns = {name: np.ascontiguousarray(table[rows, sectors]) for name, table in values.items()}
    return {owner: rows.astype(np.int32), "sector": sectors.astype(np.int16), **columns}


def _looked_up(gains: NDArray[Any], held: NDArray[np.bool_]) -> Table:
    """A row for each place that is held, counted through the rows of the table."""
    places = np.flatnonzero(held)
    return {"place": places.astype(np.int32), "gain": gains.ravel()[places].astype(np.float32)}
