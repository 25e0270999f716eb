"""Shortlists written by the suffix of their file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dealport.model import Problem, UsageError
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.whole_files import check_free, write_whole

FLAT_SUFFIXES = (".csv", ".jsonl", ".parquet")  # written as they come, by `streaming`
SUFFIXES = (".csv", ".xlsx", ".json", ".jsonl", ".md", ".html", ".parquet")


def write_shortlist(
    shortlist: Shortlist,
    path: Path,
    *,
    market_problems: Sequence[Problem] = (),
    graph: SectorLabels,
    language: str = "en",
    force: bool = False,
    other: Shortlist | None = None,
) -> None:
    """Write the shortlist as a document, in the format of the path's suffix: none of `FLAT_SUFFIXES`.

    Raises as `check_out` and `write_whole` do. `other` (the same market by the other side) and `market_problems` are
    sheets of a workbook.
    """
    from dealport.writing.json_text import json_text
    from dealport.writing.rankings import markdown, pages, ranking_json, ranking_workbook

    check_out(path, force=force)
    documents: Mapping[str, Callable[[], bytes]] = {
        ".xlsx": lambda: ranking_workbook.workbook_bytes(
            shortlist, graph, language, other=other, problems=market_problems
        ),
        ".json": lambda: json_text(ranking_json.shortlist_json(shortlist, graph, language)).encode(),
        ".md": lambda: markdown.shortlist_markdown(shortlist, graph, language).encode(),
        ".html": lambda: pages.shortlist_page(shortlist, graph, language).encode(),
    }
    content = documents[path.suffix.lower()]()
    with write_whole(path, force=force) as stream:
        stream.write(content)


def check_out(path: Path, *, force: bool = False) -> None:
    """Raise UsageError for a suffix that is none of ours, RequestError for a file that exists: before the long work."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: can't tell the format from its name; end it in one of {' '.join(SUFFIXES)}")
    check_free(path, force=force)


def check_all_out(paths: Sequence[Path], *, force: bool = False) -> None:
    """Every path as `check_out` does, and UsageError for a file named twice: before any is written."""
    for path in paths:
        check_out(path, force=force)
    named: dict[str, Path] = {}
    for path in paths:
        first = named.setdefault(os.path.realpath(path), path)
        if first is not path:
            raise UsageError(f"{path}: named twice (as {first} before); give each --out a file of its own")
