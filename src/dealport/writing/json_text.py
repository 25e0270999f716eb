"""JSON as text: one document."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


def json_text(value: Json) -> str:
    """Indented JSON that ends with a newline; names in their own script."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
