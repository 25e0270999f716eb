"""JSON as text: one document, or a row a line."""

from __future__ import annotations

import json
from typing import Any

from dealport.writing.flat_tables import DECIMALS, Cell, Table

Json = dict[str, Any]


def json_text(value: Json) -> str:
    """Indented JSON that ends with a newline; names in their own script."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def jsonl_text(table: Table) -> str:
    """One row of the flat table a line, numbers as numbers."""
    row = "{" + ",".join(f"{json.dumps(name).replace('%', '%%')}:%s" for name in table.names) + "}\n"
    columns = zip(*table.rows, strict=True)
    return "".join(
        [row % cells for cells in zip(*(map(_JsonCells().__getitem__, one) for one in columns), strict=True)]
    )


class _JsonCells(dict[Cell, str]):
    """The cells of a column as JSON, each different one worked out once."""

    def __missing__(self, cell: Cell) -> str:
        text = json.dumps(cell, ensure_ascii=False, allow_nan=False)
        if isinstance(cell, float) and "e-" in text:  # five decimals at most: .00001, not 1e-05
            text = f"{cell:.{DECIMALS}f}".rstrip("0")
        self[cell] = text
        return text
