"""How a criterion gives its reasons: for many pairs at once, a sentence once for all pairs that share its cause.

Axes: p pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import Investor, Kind, Profile, Startup
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors.graph import SectorGraph

Codes = NDArray[np.signedinteger[Any]]
Value = TypeVar("Value")

MOST_JOINED = 1 << 62

OFTEN = 0.6
"""A lift of 1.5, half as often again as others: worth a sentence."""


class Coded(Struct, Generic[Value], frozen=True):
    """A column of few different values: `values[codes[p]]` is that of a pair."""

    codes: Codes
    values: Sequence[Value]

    def at(self, pair: int) -> Value:
        """The value of one pair."""
        return self.values[int(self.codes[pair])]


class Filled(Struct, frozen=True):
    """Sentences that differ from pair to pair: a phrase, and its placeholders filled from both sides.

    Attributes:
        keys: The phrase of each pair, "" for none.
        arguments: Placeholder to its text for each pair, "" where the phrase has none of that name.
    """

    keys: Coded[str]
    arguments: Mapping[str, Coded[str]]

    def at(self, pair: int) -> Sentence | None:
        """The sentence of one pair."""
        key = self.keys.at(pair)
        texts = {name: text.at(pair) for name, text in self.arguments.items()}
        return Sentence(key, {name: text for name, text in texts.items() if text}) if key else None


Reasons = Coded[Sentence | None] | Filled


class Case(Struct, frozen=True):
    """One pair that stands for all with the same cause.

    Attributes:
        gain: What the criterion gives of its share, 0-1.
        shared: Sectors in common, the most telling first.
        is_stated: Whether both sides state the most telling of them.
    """

    startup: Startup
    investor: Investor
    gain: float
    shared: tuple[str, ...]
    is_stated: bool
    graph: SectorGraph
    portfolios: Portfolios | None


class MarketFacts(Struct, frozen=True):
    """What reasons ask of a market, whatever the pairs: its profiles, their columns, its deals."""

    market: Market
    startups: StartupColumns
    investors: InvestorColumns
    portfolios: Portfolios | None
    _coded: dict[tuple[Kind, Callable[[Any], Hashable]], Coded[Any]] = field(default_factory=dict)

    def coded(self, kind: Kind, value: Callable[[Any], Hashable]) -> Coded[Any]:
        """(rows,) what `value` gives of each profile of a side: each profile is asked once, whatever the pairs."""
        if (kind, value) not in self._coded:
            profiles: Sequence[Profile] = self.market.startups if kind == "startup" else self.market.investors
            place: dict[Hashable, int] = {}
            codes = (place.setdefault(one, len(place)) for one in map(value, profiles))
            self._coded[kind, value] = Coded(np.fromiter(codes, dtype=np.int64), tuple(place))
        return self._coded[kind, value]


class PairFacts(Struct, frozen=True):
    """Some pairs, and what one criterion gives them.

    Attributes:
        s, i: (p,) rows of the startups and investors.
        gain: (p,) of the criterion's share, 0-1.
        is_known: (p,) whether any of it rests on what both sides say.
        shared: Sectors in common.
        is_stated: (p,) whether there are any, the most telling of them stated by both sides.
    """

    of_market: MarketFacts
    s: Codes
    i: Codes
    gain: NDArray[np.float64]
    is_known: NDArray[np.bool_]
    shared: Coded[tuple[str, ...]]
    is_stated: NDArray[np.bool_]

    @property
    def gain_steps(self) -> Codes:
        """(p,) 0 where it gives nothing, 2 where it gives all there is, else 1."""
        return (self.gain > 0).astype(np.int64) + (self.gain >= 1)

    def of_startup(self, value: Callable[[Startup], Hashable]) -> Coded[Any]:
        """(p,) what `value` gives of each pair's startup."""
        coded = self.of_market.coded("startup", value)
        return Coded(coded.codes[self.s], coded.values)

    def of_investor(self, value: Callable[[Investor], Hashable]) -> Coded[Any]:
        """(p,) what `value` gives of each pair's investor."""
        coded = self.of_market.coded("investor", value)
        return Coded(coded.codes[self.i], coded.values)

    def case(self, pair: int) -> Case:
        """One of the pairs."""
        market = self.of_market.market
        return Case(
            startup=market.startups[self.s[pair]],
            investor=market.investors[self.i[pair]],
            gain=float(self.gain[pair]),
            shared=self.shared.at(pair),
            is_stated=bool(self.is_stated[pair]),
            graph=market.graph,
            portfolios=self.of_market.portfolios,
        )


def by_cause(
    sentence: Callable[[Case], Sentence | None], causes: Callable[[PairFacts], tuple[Codes, ...]]
) -> Callable[[PairFacts], Reasons]:
    """Reasons made pair by pair, but once for all pairs whose `causes` are alike; none where nothing is known."""

    def reasons(facts: PairFacts) -> Reasons:
        codes, firsts = same_causes([facts.is_known.astype(np.int64), *causes(facts)])
        return Coded(codes, [sentence(facts.case(pair)) if facts.is_known[pair] else None for pair in firsts.tolist()])

    return reasons


def is_often(gain: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(p,) whether gains are at least `OFTEN`: they come from whole steps, which leave .6 a hair more or less."""
    often: NDArray[np.bool_] = np.round(gain, 3) >= OFTEN
    return often


def if_often(key: str) -> Callable[[PairFacts], Reasons]:
    """One sentence where the investor does it much more often than others."""

    def reasons(facts: PairFacts) -> Reasons:
        return Coded((facts.is_known & is_often(facts.gain)).astype(np.int64), [None, Sentence(key, {})])

    return reasons


def same_causes(columns: Sequence[Codes]) -> tuple[Codes, Codes]:
    """(p,) codes, alike where all columns are, and the first pair of each code."""
    joined, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        values = column.astype(np.int64) - int(column.min(initial=0))
        width = int(values.max(initial=0)) + 1
        if span * width > MOST_JOINED:  # numbered anew, to stay within 64 bits
            joined = np.unique(joined, return_inverse=True)[1].ravel().astype(np.int64)
            span = len(joined)
        joined, span = joined * width + values, span * width
    _, firsts, codes = np.unique(joined, return_index=True, return_inverse=True)
    return codes.ravel().astype(np.int64), firsts.astype(np.int64)


def packed(marks: NDArray[np.bool_]) -> Codes:
    """(p,) one number for each row of (p, k) marks, k at most 62."""
    return marks @ (np.int64(1) << np.arange(marks.shape[1], dtype=np.int64))
