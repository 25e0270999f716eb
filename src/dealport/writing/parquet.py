"""Tables as Parquet."""

from __future__ import annotations

import io

from dealport.writing.flat_tables import Table


def parquet_bytes(table: Table) -> bytes:
    """The table under its columns' names: text, 64-bit whole numbers, 64-bit floats; typed also without rows."""
    import polars as pl

    types = {"text": pl.String(), "whole": pl.Int64(), "points": pl.Float64(), "share": pl.Float64()}
    schema = {column.name: types[column.kind] for column in table.columns}
    stream = io.BytesIO()
    pl.DataFrame(list(table.rows), schema=schema, orient="row").write_parquet(stream)
    return stream.getvalue()
