"""One pair, whole: every gate and every part, by the same code that ranks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from msgspec import Struct

from dealport.market.markets import Market
from dealport.model import Investor, Startup
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.criteria.gates import GATES, closed_gates
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA, have_common_ground
from dealport.scoring.criteria.weights import Weights
from dealport.scoring.engine.engine import Engine, ScoredBlock, whole_market
from dealport.scoring.explaining.differences import differences
from dealport.scoring.explaining.pairs import PairExplainer
from dealport.scoring.shortlist import Pair, Part, Sentence
from dealport.words.sectors.graph import SectorGraph


class GateFinding(Struct, frozen=True):
    """One gate and whether the pair passed it.

    Attributes:
        sentence: Why it is closed; None where it is open.
    """

    gate: str
    passed: bool
    sentence: Sentence | None


class Explanation(Struct, frozen=True):
    """Everything there is to say about one pair.

    Attributes:
        parts: Computed for a gated pair too; their points sum to the score it would have.
        pair: None when a gate is closed; its rank among the startup's investors otherwise.
        differences: Where the investor's deals are not what it says.
        criteria_help: Criterion to the first paragraph of its documentation.
        graph: The sectors with the user's own.
    """

    startup: Startup
    investor: Investor
    as_of: date
    gates: tuple[GateFinding, ...]
    parts: tuple[Part, ...]
    pair: Pair | None
    criteria_help: Mapping[str, str]
    graph: SectorGraph
    differences: tuple[Sentence, ...] = ()


def explain_rows(market: Market, weights: Weights, startup_row: int, investor_row: int) -> Explanation:
    """The pair of a startup row and an investor row of the market, scored among all of the startup's investors."""
    engine = Engine.of(market, weights)
    row, column = np.array([startup_row], dtype=np.int32), np.array([investor_row], dtype=np.int32)
    block = engine.score(row, whole_market(len(market.investors)))
    explainer = PairExplainer.of(market, engine)
    pairs = explainer.explain(row, column, np.array([_rank(block, investor_row)], dtype=np.int32))
    startup, investor = market.startups[startup_row], market.investors[investor_row]
    return Explanation(
        startup=startup,
        investor=investor,
        as_of=market.as_of,
        gates=_gate_findings(engine, row, column),
        parts=pairs.parts(0),
        pair=pairs.pair(0) if block.first_gate[0, investor_row] == 0 else None,
        criteria_help={one.name: CRITERIA[one.name].help for one in explainer.criteria},
        graph=market.graph,
        differences=differences(investor, explainer.portfolios) if explainer.portfolios else (),
    )


def _rank(block: ScoredBlock, investor_row: int) -> int:
    """The place of an investor among one startup's open pairs, 1 for the best; ties by id, as in rankings."""
    standing = np.where(block.first_gate[0] == 0, block.standing[0], -np.inf)
    own = standing[investor_row]
    return 1 + int((standing > own).sum() + (standing[:investor_row] == own).sum())


def _gate_findings(engine: Engine, row: Ints, column: Ints) -> tuple[GateFinding, ...]:
    """Every gate, open or closed, in their order."""
    startups, investors = engine.startups.take(row), engine.investors.take(column)
    common = have_common_ground(Grid(startups, investors))
    gates = closed_gates(startups, investors, common=common, named=engine.named, rows=row, columns=column)
    return tuple(
        GateFinding(gate, passed=False, sentence=Sentence(f"gate.{gate}", {}))
        if gates[gate][0, 0]
        else GateFinding(gate, passed=True, sentence=None)
        for gate in GATES
    )
