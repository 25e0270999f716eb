"""A folder to write files into, and reading it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.paths import Reading, read_paths

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file under the folder ``market``, which is reached from the working folder by that name."""
    (tmp_path / "market").mkdir()
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes) -> Path:
        path = Path("market") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read(market: Write) -> Callable[[], Reading]:
    """Read all that was written."""
    return lambda: read_paths([Path("market")])
