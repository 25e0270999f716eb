"""Flat tables of any size written as they come: Parquet, CSV and JSON lines, a few thousand rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from dealport.model import Kind
from dealport.scoring.engine.best import Advance, nobody
from dealport.scoring.ranking import CHUNK, Ranked
from dealport.writing.csv_files import BYTE_ORDER_MARK, csv_bytes
from dealport.writing.flat_tables import DECIMALS
from dealport.writing.rankings.pair_frames import PairFrames
from dealport.writing.rankings.ranking_files import check_out
from dealport.writing.safety import csv_cell
from dealport.writing.whole_files import CURES, write_whole

if TYPE_CHECKING:
    from polars import DataFrame

ROW_GROUP = 1 << 17  # rows of Parquet that lie together, and in memory while they are written


def write_pairs(
    ranked: Ranked,
    path: Path,
    *,
    sides: tuple[Kind, ...],
    language: str = "en",
    force: bool = False,
    excel: bool = False,
    advance: Advance = nobody,
) -> int:
    """Write the kept pairs of one side's lists, or of both, in the format of the path's suffix: whole or not at all.

    Gives the number of rows.

    Raises as `check_out` and `write_whole` do. `excel` puts a byte order mark before CSV; `advance` is
    told the share written, and of how many.
    """
    check_out(path, force=force)
    suffix = path.suffix.lower()
    frames = PairFrames(ranked, sides, language)
    with write_whole(path, force=force) as stream:
        if suffix == ".csv" and frames.n_pairs <= CHUNK:
            stream.write(csv_bytes(frames.table(), excel=excel))
            advance(1.0, frames.n_pairs)
        elif suffix == ".csv":
            if excel:
                stream.write(BYTE_ORDER_MARK.encode())
            _write_csv(replace(frames, guard=csv_cell), stream, advance)
        elif suffix == ".jsonl":
            for frame in _watched(frames, advance):
                frame.write_ndjson(stream)
        else:
            _write_parquet(frames, stream, advance)
    return frames.n_pairs


def _write_csv(frames: PairFrames, stream: BinaryIO, advance: Advance) -> None:
    """As `csv_files.write_csv`: an empty text is an empty cell, numbers have every decimal."""
    import polars as pl

    stream.write((",".join(frames.schema) + "\n").encode())
    for frame in _watched(frames, advance):
        blank = frame.with_columns(pl.col(pl.String()).replace("", None))
        blank.write_csv(stream, include_header=False, float_precision=DECIMALS)


def _write_parquet(frames: PairFrames, stream: BinaryIO, advance: Advance) -> None:
    from polars.exceptions import PolarsError
    from polars.io.plugins import register_io_source

    def source(*_: Any) -> Iterator[DataFrame]:  # noqa: ANN401 - hints for a reader, which a writer has no use for
        return _watched(frames, advance)

    rows = register_io_source(source, schema=frames.schema)
    try:
        rows.sink_parquet(stream, row_group_size=ROW_GROUP, maintain_order=True)
    except PolarsError as error:  # a full disk is told in words alone
        code = next((code for code in CURES if os.strerror(code).lower() in str(error).lower()), None)
        if code is None:
            raise
        raise OSError(code, os.strerror(code)) from error


def _watched(frames: PairFrames, advance: Advance) -> Iterator[DataFrame]:
    """The frames, told as they go."""
    n_rows, n_done = max(1, frames.n_pairs), 0
    for frame in frames.frames():
        yield frame
        n_done += frame.height
        advance(n_done / n_rows, n_rows)
