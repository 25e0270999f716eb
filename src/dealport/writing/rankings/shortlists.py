"""From a shortlist to tables: its pairs, and who was left without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dealport.model import Problem
from dealport.scoring.shortlist import UNITS_PER_POINT, Pair, Participant, Shortlist
from dealport.words.phrases import column_heading, phrase
from dealport.writing.flat_tables import DECIMALS, Cell, ColumnKind, Table, TableColumn
from dealport.writing.phrasing import SectorLabels, flag_name, gate_count, sector_labels, tell_all
from dealport.writing.safety import safe_line

LIST_SEPARATOR = "; "


def shortlist_table(shortlist: Shortlist, graph: SectorLabels, language: str = "en") -> Table:
    """The flat table of every pair: rows by the id of the shortlist's own side, then rank.

    The names of the columns never change; labels, reasons and headings are in the language.
    """
    names = pair_column_names(shortlist.criteria)
    participants = sorted(shortlist.participants, key=lambda participant: participant.profile.id)
    return Table(
        columns=pair_columns(names, language),
        rows=[
            _pair_row(pair, shortlist.criteria, graph, language)
            for participant in participants
            for pair in sorted(participant.pairs, key=lambda pair: pair.rank)
        ],
        name=phrase(f"sheet.by_{shortlist.by}", language),
    )


def pair_column_names(criteria: Iterable[str]) -> list[str]:
    """The columns of the flat table."""
    return [
        *("startup_id", "startup", "startup_country", "rank", "investor_id", "investor", "investor_country"),
        *("score", "confidence", "shared_sectors"),
        *(f"points_{criterion}" for criterion in criteria),
        *("unknown", "reasons", "flags", "fit"),  # new ones are appended: people count columns
    ]


def left_without_table(shortlists: Iterable[Shortlist], language: str = "en") -> Table:
    """The participants without a pair and the gates that took their pairs, most frequent first."""
    rows = [
        (
            phrase(f"side.{shortlist.by}", language),
            safe_line(participant.profile.id),
            safe_line(participant.profile.name),
            safe_line(participant.profile.country),
            LIST_SEPARATOR.join(gate_reasons(participant, language)),
        )
        for shortlist in shortlists
        for participant in sorted(shortlist.participants, key=lambda participant: participant.profile.id)
        if not participant.pairs
    ]
    columns = pair_columns(["side", "id", "name", "country", "why"], language)
    return Table(columns, rows, phrase("sheet.left_without", language))


def problems_table(problems: Sequence[Problem], language: str = "en") -> Table:
    """The faults and warnings of the market, in the order found."""
    rows = [
        (
            phrase(f"severity.{problem.severity}", language),
            safe_line(problem.place),
            safe_line(problem.field),
            safe_line(problem.message),
            safe_line(problem.cure),
        )
        for problem in problems
    ]
    columns = pair_columns(["severity", "place", "field", "message", "cure"], language)
    return Table(columns, rows, phrase("sheet.data_quality", language))


def gate_reasons(participant: Participant, language: str = "en") -> list[str]:
    """Each gate that took pairs of the participant, with its count: most frequent first, then in the gates' order."""
    return told_gates(participant.gates, language) or [phrase("page.nobody", language)]


def told_gates(gates: Mapping[str, int], language: str = "en") -> list[str]:
    """Gates with their counts in words, most frequent first; those that took nothing are left out."""
    counts = sorted(gates.items(), key=lambda gate_and_count: -gate_and_count[1])
    return [gate_count(gate, count, language) for gate, count in counts if count]


def pair_points(pair: Pair) -> dict[str, float]:
    """Criterion to points, in the order of the parts, exact to five decimals."""
    return {part.criterion: part.points_units / UNITS_PER_POINT for part in pair.parts}


def pair_reasons(pair: Pair, graph: SectorLabels, language: str = "en") -> list[str]:
    """The pair's reasons in words, strongest first."""
    return [safe_line(reason) for reason in tell_all(pair.reasons, graph, language)]


def pair_confidence(pair: Pair) -> float:
    """Share of the weight that was known, 0 to 1, to five decimals."""
    return round(pair.confidence, DECIMALS)


def pair_columns(names: Iterable[str], language: str) -> tuple[TableColumn, ...]:
    """Columns with their kinds and headings."""
    kinds: Mapping[str, ColumnKind] = {"rank": "whole", "score": "points", "confidence": "share"}
    return tuple(
        TableColumn(
            name=name,
            kind="points" if name.startswith("points_") else kinds.get(name, "text"),
            heading=column_heading(name, language),
        )
        for name in names
    )


def _pair_row(pair: Pair, criteria: Sequence[str], graph: SectorLabels, language: str) -> tuple[Cell, ...]:
    """The cells of one pair; a criterion the pair lacks is an empty cell."""
    points = pair_points(pair)
    return (
        safe_line(pair.startup.id),
        safe_line(pair.startup.name),
        safe_line(pair.startup.country),
        pair.rank,
        safe_line(pair.investor.id),
        safe_line(pair.investor.name),
        safe_line(pair.investor.country),
        pair.score,
        pair_confidence(pair),
        LIST_SEPARATOR.join(sector_labels(pair.shared_sectors, graph, language)),
        *(points.get(criterion) for criterion in criteria),
        LIST_SEPARATOR.join(pair.unknown),
        LIST_SEPARATOR.join(pair_reasons(pair, graph, language)),
        LIST_SEPARATOR.join(flag_name(flag) for flag in pair.flags),
        pair.fit,
    )
