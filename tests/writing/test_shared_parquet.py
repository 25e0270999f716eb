"""Parquet as it is read back."""

from __future__ import annotations

import io

import polars as pl

from dealport.scoring.shortlist import Shortlist
from dealport.writing.parquet import parquet_bytes
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.shortlists import shortlist_table


def test_parquet_keeps_values_and_types(shortlist: Shortlist, graph: SectorLabels) -> None:
    table = shortlist_table(shortlist, graph)

    frame = pl.read_parquet(io.BytesIO(parquet_bytes(table)))

    assert tuple(frame.columns) == table.names
    assert frame.rows() == list(table.rows)
    assert [str(frame.schema[name]) for name in ("rank", "score", "startup")] == ["Int64", "Float64", "String"]


def test_an_empty_shortlist_keeps_its_types(nobody: Shortlist, shortlist: Shortlist, graph: SectorLabels) -> None:
    empty = pl.read_parquet(io.BytesIO(parquet_bytes(shortlist_table(nobody, graph))))
    full = pl.read_parquet(io.BytesIO(parquet_bytes(shortlist_table(shortlist, graph))))

    assert empty.schema == full.schema
    assert empty.height == 0
