"""A bar on stderr for work that takes over a second, so that nobody wonders whether it still runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_SECONDS = 1.0


@contextmanager
def waiting(doing: str, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """Show what is being done while the block runs longer than a second; nothing when stderr is no terminal.

    Gives a function that is told the share done, 0-1; until it is, nobody knows how much is left.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda share: None  # noqa: ARG005 - nobody watches
        return
    bar = _Bar(doing)
    timer = Timer(PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        bar.stop()


@dataclass(slots=True)
class _Bar:
    """A bar that runs to and fro until it is told how much is done. Not frozen: a thing on the screen, no record."""

    doing: str
    _lock: Lock = field(default_factory=Lock)
    _progress: Progress | None = None
    _task: TaskID | None = None
    _share: float | None = None
    _is_over: bool = False

    def start(self) -> None:
        """Show it, unless the work was done a moment ago."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        with self._lock:
            if self._is_over:
                return
            console = Console(stderr=True)
            if console.is_dumb_terminal:  # it can't take a line back
                return
            columns = (
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
            )
            self._progress = Progress(*columns, console=console, transient=True)
            total = None if self._share is None else 1.0
            self._task = self._progress.add_task(self.doing, total=total, completed=0)
            if self._share is not None:
                self._progress.update(self._task, completed=self._share)
            self._progress.start()

    def advance(self, share: float) -> None:
        """Show how much is done."""
        with self._lock:
            self._share = share
            if self._progress is not None and self._task is not None:
                self._progress.update(self._task, total=1.0, completed=share)

    def stop(self) -> None:
        """Take it off the screen."""
        with self._lock:
            self._is_over = True
            if self._progress is not None:
                self._progress.stop()
