"""Kept pairs as frames of columns: the flat table of `shortlists`, without a row of objects for each pair."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.model import Kind, Profile
from dealport.scoring.criteria.reasons import Coded, Filled
from dealport.scoring.explaining.pairs import ExplainedPairs
from dealport.scoring.ranking import Ranked
from dealport.scoring.shortlist import FIT_FROM, UNITS_PER_POINT, Sentence
from dealport.words.phrases import phrase
from dealport.writing.csv_files import csv_texts
from dealport.writing.flat_tables import DECIMALS, TableColumn
from dealport.writing.parquet import schema_of
from dealport.writing.phrasing import flag_name, sector_labels, tell
from dealport.writing.rankings.shortlists import LIST_SEPARATOR, pair_column_names, pair_columns
from dealport.writing.safety import safe_line

if TYPE_CHECKING:
    from arro3.core import Array, RecordBatch, Schema

_NAMED = ("startup", "investor")  # columns that say whose pair it is


@dataclass(frozen=True, slots=True)
class PairFrames:
    """The flat table of a ranking, a few thousand rows at a time.

    Attributes:
        sides: Whose lists, one after the other; with both a first column `by` says which.
    """

    ranked: Ranked
    sides: tuple[Kind, ...]
    language: str
    _worded: dict[Hashable, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return [*(["by"] if len(self.sides) > 1 else []), *pair_column_names(self.ranked.criteria)]

    @property
    def schema(self) -> Schema:
        """Names of the columns and their types in Arrow."""
        return schema_of(self._columns)

    @property
    def _columns(self) -> tuple[TableColumn, ...]:
        return pair_columns(self.names, self.language)

    @property
    def n_pairs(self) -> int:
        """How many rows there are."""
        return sum(len(self.ranked.kept(by)) for by in self.sides)

    def batches(self, *, as_texts: bool = False) -> Iterator[RecordBatch]:
        """In the order of the sides, of their owners' ids, then by rank; a text that comes again is not made again.

        `as_texts`: every cell is as CSV shows it.
        """
        from arro3.core import Array, RecordBatch

        kinds = {column.name: column for column in self._columns}
        schema = schema_of(replace(one, kind="text") for one in kinds.values()) if as_texts else self.schema
        held: dict[int, Array] = {}  # names are the same from piece to piece

        def texts(name: str, values: Sequence[str]) -> Array:
            if id(values) in held:
                return held[id(values)]
            made = Array(csv_texts(values, kinds[name].kind) if as_texts else values, type=schema.field(name).type)
            if name.startswith(_NAMED):
                held[id(values)] = made
            return made

        def array(name: str, column: Coded[str] | NDArray[Any]) -> Array:
            if isinstance(column, Coded):
                return texts(name, column.values).take(Array.from_numpy(column.codes))
            if not as_texts:
                return Array.from_numpy(np.ascontiguousarray(column))
            values, codes = np.unique(column, return_inverse=True)
            shown = Array(csv_texts(values.tolist(), kinds[name].kind), type=schema.field(name).type)
            return shown.take(Array.from_numpy(codes))

        for columns in self.columns():
            yield RecordBatch.from_arrays([array(name, one) for name, one in columns.items()], schema=schema)

    def columns(self) -> Iterator[dict[str, Coded[str] | NDArray[Any]]]:
        """Column name to what stands there, a few thousand rows at a time."""
        market = self.ranked.market
        startups, investors = self._names("startup", market.startups), self._names("investor", market.investors)
        for by in self.sides:
            for pairs in self.ranked.explained(by):
                mine, theirs = pairs.startups.astype(np.int64), pairs.investors.astype(np.int64)
                columns = {
                    "by": Coded(np.zeros(len(pairs), dtype=np.int64), [by]),
                    **{name: Coded(mine, texts) for name, texts in startups.items()},
                    **{name: Coded(theirs, texts) for name, texts in investors.items()},
                    **self._numbers(pairs),
                    **self._texts(pairs),
                }
                yield {name: columns[name] for name in self.names}

    def _names(self, kind: Kind, profiles: Sequence[Profile]) -> dict[str, list[str]]:
        """What identifies each profile."""
        texts_of = {
            f"{kind}_id": [one.id for one in profiles],
            kind: [one.name for one in profiles],
            f"{kind}_country": [one.country for one in profiles],
        }
        return {name: [safe_line(text) for text in texts] for name, texts in texts_of.items()}

    def _numbers(self, pairs: ExplainedPairs) -> dict[str, Any]:
        """Rank, score, confidence and points."""
        points = pairs.points / UNITS_PER_POINT
        known, place = np.unique(pairs.known.sum(axis=0), return_inverse=True)
        return {
            "rank": pairs.ranks.astype(np.int64),
            "score": pairs.points.sum(axis=0) / UNITS_PER_POINT,
            # As `Pair.confidence`: numpy's own rounding makes .691825 another number than Python's.
            "confidence": np.array([round(units / (100 * UNITS_PER_POINT), DECIMALS) for units in known.tolist()])[
                place
            ],
            **{f"points_{name}": row for name, row in zip(self.ranked.criteria, points, strict=True)},
        }

    def _texts(self, pairs: ExplainedPairs) -> dict[str, Coded[str]]:
        """Sectors in common, what is unknown, reasons, flags and fit, each worded once."""
        graph = self.ranked.market.graph
        return {
            "shared_sectors": self._listed(pairs.shared, lambda ids: sector_labels(ids, graph, self.language)),
            "unknown": self._listed(pairs.unknown, list),
            "flags": self._listed(pairs.flags, lambda flags: [flag_name(flag) for flag in flags]),
            "reasons": self._reasons(pairs),
            "fit": _fits(pairs.points.sum(axis=0)),
        }

    def _listed(self, column: Coded[tuple[str, ...]], words: Callable[[tuple[str, ...]], list[str]]) -> Coded[str]:
        """Each set of names as a list, worded once: the same come again in every piece."""
        for names in column.values:
            if names not in self._worded:
                self._worded[names] = LIST_SEPARATOR.join(words(names))
        return Coded(column.codes, [self._worded[names] for names in column.values])

    def _reasons(self, pairs: ExplainedPairs) -> Coded[str]:
        """Strongest first."""
        order = pairs.order
        texts = np.empty(order.shape, dtype=object)
        for place, column in enumerate(pairs.reasons):
            texts[place] = _filled(column, self.language) if isinstance(column, Filled) else self._sentences(column)
        ordered = zip(*np.take_along_axis(texts, order, axis=0).tolist(), strict=True)
        joined = [LIST_SEPARATOR.join(filter(None, row)) for row in ordered]
        return Coded(np.arange(len(joined)), joined)

    def _sentences(self, column: Coded[Sentence | None]) -> NDArray[np.object_]:
        """(p,) sentences in words."""
        return np.array([self._sentence(one) if one else "" for one in column.values], dtype=object)[column.codes]

    def _sentence(self, sentence: Sentence) -> str:
        """One in words; the same come again in every piece."""
        key = (sentence.key, *sentence.arguments.items())
        if key not in self._worded:
            self._worded[key] = safe_line(tell(sentence, self.ranked.market.graph, self.language))
        return self._worded[key]


def _fits(score_units: NDArray[np.int64]) -> Coded[str]:
    """(p,) scores in a word, as `shortlist.fit_of`."""
    shown = np.round(score_units / UNITS_PER_POINT, 1)
    return Coded((shown[:, None] < np.array(list(FIT_FROM.values()))).sum(axis=1), list(FIT_FROM))


def _filled(column: Filled, language: str) -> NDArray[np.object_]:
    """(p,) phrases with their arguments put in: a line of text of each side at a time, not a sentence."""
    texts = np.full(len(column.keys.codes), "", dtype=object)
    arguments = {name: np.array(one.values, dtype=object)[one.codes] for name, one in column.arguments.items()}
    for code, key in enumerate(column.keys.values):
        here = column.keys.codes == code
        if key:
            marked = phrase(key, language, **{name: f"{{{name}}}" for name in arguments})
            for before, name, _, _ in Formatter().parse(marked):
                texts[here] += before + (arguments[name][here] if name else "")
    return texts
