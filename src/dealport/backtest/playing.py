"""A backtest played: every period's questions ranked by the engine that ranks markets, and by the baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from dealport.backtest.baselines import BASELINES, Scene
from dealport.backtest.metrics import Query, ranks_of
from dealport.backtest.questions import Period, Questions, ask
from dealport.market.known_by_deals import investors_of_deals
from dealport.market.markets import Market
from dealport.model import Deal
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.columns.deal_columns import DealColumns, day_number
from dealport.scoring.columns.sides import Past
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import Weights
from dealport.scoring.engine.engine import Engine, ScoredBlock, whole_market
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.words.sectors.graph import SectorGraph

DEALPORT = "Dealport"
LISTED = 100
"""Of each question so many are handed out as its list."""

RankedRow = tuple[str, int, str, float, int, str]
"""Startup, rank from 1, investor, score, 1 where the deal happened, the day."""


class ReadyPeriod(Struct, frozen=True):
    """One period ready to be ranked: the investors known on its day, the engine, and what it is asked.

    Attributes:
        investors: Keys, in the order of the engine's columns.
    """

    asked: Questions
    engine: Engine
    investors: tuple[str, ...]

    @classmethod
    def of(
        cls, asked: Questions, graph: SectorGraph, weights: Weights, criteria: Sequence[str] = tuple(CRITERIA)
    ) -> ReadyPeriod:
        """The market of one period: its startups, and all investors that had a deal before it."""
        startups = tuple(question.startup for question in asked.questions)
        investors = tuple(investors_of_deals(asked.deals))
        codes = {one.country for one in (*startups, *investors)}
        past = Past.of(asked.deals, asked.period.as_of, graph, more_countries=codes)
        market = Market(startups, investors, (), asked.period.as_of, graph)
        return cls(asked, Engine.of_past(market, weights, past, criteria), tuple(one.id for one in investors))

    def blocks(self) -> Iterator[tuple[Ints, ScoredBlock]]:
        """Rows of questions with all investors; candidates are abroad and no backers yet: their gates are open."""
        return self.engine.blocks(whole_market(len(self.asked.questions)), whole_market(len(self.investors)))


class Played(Struct):
    """What came of a backtest so far.

    Attributes:
        ranks: Ranker to the ranks of every question's answers, in the order of the queries.
        rows: The first `LISTED` of every question.
    """

    queries: list[Query] = field(default_factory=list)
    ranks: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)
    rows: list[RankedRow] = field(default_factory=list)
    n_unanswerable: int = 0
    as_of: list[date] = field(default_factory=list)

    @property
    def share_unanswerable(self) -> float:
        """Of the startups with new pairs abroad, 0-1."""
        every = len(self.queries) + self.n_unanswerable
        return self.n_unanswerable / every if every else 0.0


def play(
    deals: Sequence[Deal],
    every: Sequence[Period],
    graph: SectorGraph,
    weights: Weights,
    *,
    with_rows: bool = False,
    baselines: bool = True,
    tick: Callable[[], None] = lambda: None,
) -> Played:
    """Ask and rank every period; `tick` is called after each, `deals` are usable and in the order of their days."""
    played = Played(ranks={name: [] for name in (DEALPORT, *(BASELINES if baselines else ()))})
    columns = DealColumns.of(deals, graph)
    words = _words(deals, columns)
    for period in every:
        asked = ask(deals, period)
        played.n_unanswerable += asked.n_unanswerable
        if asked.questions:
            scene = Scene(columns, day_number(period.as_of), words) if baselines else None
            _play_period(asked, graph, weights, played, scene, with_rows=with_rows)
        tick()
    return played


def _play_period(
    asked: Questions, graph: SectorGraph, weights: Weights, played: Played, scene: Scene | None, *, with_rows: bool
) -> None:
    """One period: its stage, 150 MB of it, is gone before the next is made."""
    played.as_of.append(asked.period.as_of)
    stage = ReadyPeriod.of(asked, graph, weights)
    masks = _play_stage(stage, played, with_rows=with_rows)
    if scene is not None:
        _play_baselines(stage, scene, masks, played.ranks)


def _play_stage(stage: ReadyPeriod, played: Played, *, with_rows: bool) -> NDArray[np.bool_]:
    """Rank one period's questions; (q, i) who is a candidate of each."""
    place = {key: column for column, key in enumerate(stage.investors)}
    masks = np.zeros((len(stage.asked.questions), len(stage.investors)), dtype=bool)
    for rows, block in stage.blocks():
        candidates = block.first_gate == 0
        questions = [stage.asked.questions[row] for row in rows.tolist()]
        answers = [[place[key] for key, _ in question.answers] for question in questions]
        played.ranks[DEALPORT] += ranks_of(block.standing, candidates, answers)
        masks[rows] = candidates
        as_of = stage.asked.period.as_of
        for question, n in zip(questions, candidates.sum(axis=1).tolist(), strict=True):
            played.queries.append(question.as_query(as_of, n))
        if with_rows:
            for row, question in enumerate(questions):
                played.rows += _list(row, block, question.startup.id, set(answers[row]), stage)
    return masks


def _list(row: int, block: ScoredBlock, startup: str, answers: set[int], stage: ReadyPeriod) -> Iterator[RankedRow]:
    """The best of one question, ties by key."""
    candidates, scores = block.first_gate[row] == 0, block.score_units[row] / UNITS_PER_POINT
    order = np.argsort(np.where(candidates, -block.standing[row], np.inf), kind="stable")
    order = order[: min(LISTED, int(candidates.sum()))]
    for rank, column in enumerate(order.tolist(), start=1):
        day = str(stage.asked.period.as_of)
        yield startup, rank, stage.investors[column], float(scores[column]), int(column in answers), day


def _play_baselines(
    stage: ReadyPeriod, scene: Scene, candidates: NDArray[np.bool_], ranks: Mapping[str, list[tuple[int, ...]]]
) -> None:
    """The same questions and candidates, ranked by each baseline."""
    row_of = {key: row for row, key in enumerate(scene.deals.startups)}
    column_of = {key: row for row, key in enumerate(scene.deals.investors)}
    columns = np.array([column_of[key] for key in stage.investors], dtype=np.int32)
    place = {key: column for column, key in enumerate(stage.investors)}
    questions = stage.asked.questions
    startups = np.array([row_of[question.startup.id] for question in questions], dtype=np.int32)
    answers = [[place[key] for key, _ in question.answers] for question in questions]
    for name, baseline in BASELINES.items():
        ranks[name] += ranks_of(baseline(scene, startups)[:, columns], candidates, answers)


def _words(deals: Sequence[Deal], columns: DealColumns) -> tuple[frozenset[str], ...]:
    """Sector words of every startup of the columns, casefolded."""
    told: dict[str, set[str]] = {}
    for deal in deals:
        told.setdefault(deal.startup_key, set()).update(word.casefold() for word in deal.sector_words)
    return tuple(frozenset(told[key]) for key in columns.startups)
