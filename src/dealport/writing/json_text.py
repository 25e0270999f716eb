"""JSON as text: one document, or a row a line."""

from __future__ import annotations

import json
from typing import Any

from dealport.writing.flat_tables import Table

Json = dict[str, Any]


def json_text(value: Json) -> str:
    """Indented JSON that ends with a newline; names in their own script."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def jsonl_text(table: Table) -> str:
    """One row of the flat table a line, numbers as numbers."""
    return "".join(
        json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False, allow_nan=False) + "\n"
        for row in table.rows
    )
