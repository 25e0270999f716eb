"""Kept pairs as columns, a few thousand at a time: points, what is known, sectors in common, reasons and flags.

Everything that is told is told once for each cause (`causes`), by the code that explains one pair, and referred to by a
code. Axes: p pairs, c criteria.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from dealport.model import Kind
from dealport.scoring.causes import Causes, Codes, codes_of, packed, same_causes
from dealport.scoring.common_sectors import MeetingSectors
from dealport.scoring.deeds import OFTEN
from dealport.scoring.pairing import CriterionShare, PairMaker
from dealport.scoring.ranking import Kept, Ranked
from dealport.scoring.reasons import LOW_CONFIDENCE, TICKET_KEYS, dollars
from dealport.scoring.shortlist import Sentence

CHUNK = 1 << 15  # pairs at a time

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Coded(Generic[Told]):
    """A column of few different values: `values[codes[p]]` is that of a pair."""

    codes: Codes
    values: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Woven:
    """A column of sentences that differ too much to be worded one by one: a phrase, and arguments of both sides.

    Attributes:
        keys: The phrase of each pair, "" for none.
        arguments: Placeholder to its text for each pair.
    """

    keys: Coded[str]
    arguments: Mapping[str, Coded[str]]


@dataclass(frozen=True, slots=True)
class PairColumns:
    """Some kept pairs, in the order of their owners, then ranks.

    Attributes:
        points, known: (c, p) whole units: what each criterion gives, and the part of its share that is known.
        shared: Ids of the sectors in common. unknown: Criteria that rest on a neutral value. flags: Their names.
        reasons: For each criterion why, None where there is nothing to say.
        order: (c, p) the criteria of each pair, most points first.
    """

    kept: Kept
    points: NDArray[np.int64]
    known: NDArray[np.int64]
    shared: Coded[tuple[str, ...]]
    unknown: Coded[tuple[str, ...]]
    flags: Coded[tuple[str, ...]]
    reasons: tuple[Coded[Sentence | None] | Woven, ...]
    order: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Sectors in common, and (p,) whether there are any, the most telling of them stated by both sides."""

    sectors: Coded[tuple[str, ...]]
    is_plain: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairTeller:
    """Tells the kept pairs of a ranking.

    Attributes:
        amounts: (s,) the asks and (i,) the tickets in words.
        asks, asked: Pairs, startup row x investors + investor row, that the startup or the investor wishes for.
    """

    ranked: Ranked
    maker: PairMaker
    causes: Causes
    sectors: MeetingSectors
    amounts: tuple[Coded[str], Coded[str]]
    asks: Codes
    asked: Codes
    notes: dict[str, NDArray[Any]] = field(repr=False)

    @classmethod
    def of(cls, ranked: Ranked) -> Self:
        """Ready for both directions."""
        market, engine = ranked.market, ranked.engine
        maker = PairMaker.of(market, engine)
        asks, asked = _wishes(ranked)
        return cls(
            ranked=ranked,
            maker=maker,
            causes=Causes.of(market, engine),
            sectors=MeetingSectors.of(market),
            amounts=(
                _amounts([one.raising_usd for one in market.startups]),
                _amounts([one.ticket_usd for one in market.investors]),
            ),
            asks=asks,
            asked=asked,
            notes=_notes(ranked, maker),
        )

    def chunks(self, by: Kind) -> Iterator[PairColumns]:
        """One direction."""
        kept = self.ranked.kept(by)
        for start in range(0, len(kept), CHUNK):
            part = slice(start, start + CHUNK)
            yield self._tell(Kept(kept.startups[part], kept.investors[part], kept.rank[part]))

    def _tell(self, kept: Kept) -> PairColumns:
        s, i = kept.startups.astype(np.int64), kept.investors.astype(np.int64)
        totals = self.maker.totals(*self.ranked.engine.score_lines(kept.startups, kept.investors))
        points, known = (np.ascontiguousarray(units.T) for units in totals)
        bits, is_stated = self.sectors.shared(s, i)
        has_any = bits.any(axis=1)
        shared = _Shared(self._shared(bits), has_any & is_stated)
        reasons = tuple(
            self._ticket_reasons(s, i, points[place] / max(1, one.share_units), known[place])
            if one.name == "ticket"
            else self._reasons(place, s, i, (points[place], known[place]), shared)
            for place, one in enumerate(self.maker.criteria)
        )
        return PairColumns(
            kept=kept,
            points=points,
            known=known,
            shared=shared.sectors,
            unknown=self._unknown(known),
            flags=self._flags(s, i, known, has_any & ~is_stated),
            reasons=reasons,
            order=np.argsort(-points, axis=0, kind="stable"),
        )

    def _shared(self, bits: NDArray[np.uint8]) -> Coded[tuple[str, ...]]:
        whole, n_bytes = bits.tobytes(), bits.shape[1]
        sets = [whole[start : start + n_bytes] for start in range(0, len(whole), n_bytes)]
        return Coded(codes_of(sets), [self.sectors.names(one) for one in dict.fromkeys(sets)])

    def _causes(
        self, criterion: CriterionShare, s: Codes, i: Codes, gain: NDArray[np.float64], shared: _Shared
    ) -> tuple[Codes, ...]:
        """What the sentence of a criterion depends on, besides whether anything is known."""
        if criterion.name != "sectors":
            steps = (gain > 0).astype(np.int64) + (gain >= OFTEN) + (gain >= 1)
            return steps, *self.causes.of_criterion(criterion.name, s, i)
        # What both state is told by the sectors alone; what is inferred or near needs the words of both sides.
        mine = np.where(shared.is_plain, -1, self.causes.sectors[s])
        return shared.sectors.codes, mine, np.where(shared.is_plain, -1, self.causes.wanted[i])

    def _reasons(
        self, place: int, s: Codes, i: Codes, units: tuple[NDArray[np.int64], NDArray[np.int64]], shared: _Shared
    ) -> Coded[Sentence | None]:
        """One criterion's, each worded for the first pair of its cause; `units`: points and known."""
        criterion, (points, known) = self.maker.criteria[place], units
        gain = points / max(1, criterion.share_units)
        codes, first = same_causes([(known > 0).astype(np.int64), *self._causes(criterion, s, i, gain, shared)])
        market = self.ranked.market
        told = [
            self.maker.reason(
                criterion,
                market.startups[s[pair]],
                market.investors[i[pair]],
                points_units=int(points[pair]),
                known_units=int(known[pair]),
                shared=shared.sectors.values[shared.sectors.codes[pair]],
            )
            for pair in first.tolist()
        ]
        return Coded(codes, told)

    def _ticket_reasons(self, s: Codes, i: Codes, gain: NDArray[np.float64], known: Codes) -> Woven:
        """As `reasons.ticket_reason`: nearly every ask and ticket make another sentence."""
        keys = Coded((known > 0) * (1 + (gain > 0) + (gain == 1)).astype(np.int64), ("", *TICKET_KEYS))
        ask, ticket = self.amounts
        arguments = {"ask": Coded(ask.codes[s], ask.values), "ticket": Coded(ticket.codes[i], ticket.values)}
        return Woven(keys, arguments)

    def _unknown(self, known: NDArray[np.int64]) -> Coded[tuple[str, ...]]:
        shares = np.array([one.share_units for one in self.maker.criteria])
        return _named((known < shares[:, None]).T, [one.name for one in self.maker.criteria])

    def _flags(
        self, s: Codes, i: Codes, known: NDArray[np.int64], is_inferred: NDArray[np.bool_]
    ) -> Coded[tuple[str, ...]]:
        """As `reasons.Reasoner.flags`."""
        pairs = s * len(self.ranked.market.investors) + i
        asks, asked, notes = np.isin(pairs, self.asks), np.isin(pairs, self.asked), self.notes
        whole = sum(one.share_units for one in self.maker.criteria)
        holds = {
            "asked_by_investor": asked & ~asks,
            "asked_by_startup": asks & ~asked,
            "inferred_sectors": is_inferred,
            "low_confidence": known.sum(axis=0) / whole < LOW_CONFIDENCE,
            "misread_exclusion": notes["misread_startup"][s] | notes["misread_investor"][i],
            "must_invest": notes["must"][i, self.ranked.engine.startups.country[s]],
            "mutual_wish": asks & asked,
            "possible_duplicate": notes["repeated_startup"][s] | notes["repeated_investor"][i],
            "says_otherwise": notes["differs"][i],
        }
        return _named(np.stack(list(holds.values()), axis=1), list(holds))


def _named(marks: NDArray[np.bool_], names: Sequence[str]) -> Coded[tuple[str, ...]]:
    """(p, names) marks as the names that are marked."""
    codes, first = same_causes([packed(marks)])
    return Coded(codes, [tuple(np.array(names)[marks[pair]].tolist()) for pair in first.tolist()])


def _amounts(ranges: Sequence[tuple[float, float] | None]) -> Coded[str]:
    """Each in words, "" unknown."""
    codes = codes_of(ranges)
    values = dict.fromkeys(ranges)
    return Coded(codes, [dollars(one) if one else "" for one in values])


def _wishes(ranked: Ranked) -> tuple[Codes, Codes]:
    """Who asks for whom, as pairs."""
    startups, investors = ranked.market.startups, ranked.market.investors
    row = {one.id: index for index, one in enumerate(startups)}
    column = {one.id: index for index, one in enumerate(investors)}
    n = len(investors)
    asks = [row[one.id] * n + column[name] for one in startups for name in one.wants if name in column]
    asked = [row[name] * n + column[one.id] for one in investors for name in one.wants if name in row]
    return np.array(asks, dtype=np.int64), np.array(asked, dtype=np.int64)


def _notes(ranked: Ranked, maker: PairMaker) -> dict[str, NDArray[Any]]:
    """What flags ask of each profile: (s,), (i,), and `must` (i, m) countries."""
    market, countries = ranked.market, ranked.engine.countries
    repeated = market.possible_duplicates
    must = np.zeros((len(market.investors), len(countries)), dtype=bool)
    for row, one in enumerate(market.investors):
        if one.must_invest_in:
            must[row] = [code in one.must_invest_in for code in countries]
    return {
        "misread_startup": np.array([bool(one.misread) for one in market.startups], dtype=bool),
        "misread_investor": np.array([bool(one.misread) for one in market.investors], dtype=bool),
        "repeated_startup": np.array([("startup", one.id) in repeated for one in market.startups], dtype=bool),
        "repeated_investor": np.array([("investor", one.id) in repeated for one in market.investors], dtype=bool),
        "must": must,
        "differs": np.array(
            [bool(maker.deeds and maker.deeds.differences(one)) for one in market.investors], dtype=bool
        ),
    }
