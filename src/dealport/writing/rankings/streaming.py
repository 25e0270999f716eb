"""Flat tables of any size written as they come: Parquet, CSV and JSON lines, a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dealport.model import Kind
from dealport.scoring.engine.best import Advance, nobody
from dealport.scoring.ranking import Ranked
from dealport.writing.csv_files import BYTE_ORDER_MARK
from dealport.writing.parquet import write_parquet
from dealport.writing.rankings.pair_frames import PairFrames
from dealport.writing.rankings.ranking_files import check_out
from dealport.writing.whole_files import write_whole

if TYPE_CHECKING:
    from arro3.core import RecordBatch


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
    frames = PairFrames(ranked, sides, language)
    write = _WRITERS[path.suffix.lower()]
    with write_whole(path, force=force) as stream:
        if excel and path.suffix.lower() == ".csv":
            stream.write(BYTE_ORDER_MARK.encode())
        write(frames, stream, advance)
    return frames.n_pairs


def _write_csv(frames: PairFrames, stream: BinaryIO, advance: Advance) -> None:
    from arro3.io import write_csv

    stream.write((",".join(frames.names) + "\n").encode())
    for batch in _watched(frames, frames.batches(as_texts=True), advance):
        piece = BytesIO()
        write_csv(batch, piece, header=False)
        stream.write(piece.getvalue())


def _write_json_lines(frames: PairFrames, stream: BinaryIO, advance: Advance) -> None:
    from arro3.io import write_ndjson

    for batch in _watched(frames, frames.batches(), advance):
        piece = BytesIO()
        write_ndjson(batch, piece)
        stream.write(piece.getvalue())


def _write_parquet(frames: PairFrames, stream: BinaryIO, advance: Advance) -> None:
    write_parquet(_watched(frames, frames.batches(), advance), frames.schema, stream)


_WRITERS: Mapping[str, Callable[[PairFrames, BinaryIO, Advance], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".parquet": _write_parquet,
}


def _watched(frames: PairFrames, batches: Iterable[RecordBatch], advance: Advance) -> Iterator[RecordBatch]:
    """The pieces; who waits hears how many rows are done."""
    n_rows, n_done = max(1, frames.n_pairs), 0
    for batch in batches:
        yield batch
        n_done += batch.num_rows
        advance(n_done / n_rows, n_rows)
