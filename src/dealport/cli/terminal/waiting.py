"""A bar on stderr for work that takes over a second, so that nobody wonders whether it still runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from dealport.cli.terminal.talking import talk

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_SECONDS = 1.0


class ShowProgress(Protocol):
    """Is told how far the work is."""

    def __call__(self, share: float, n: int = 0, doing: str = "") -> None:
        """The share done, 0-1, and of how many, 0 where they can't be counted; or what has to be done first."""
        ...


@contextmanager
def waiting(doing: str, *, quiet: bool = False, unit: str = "") -> Iterator[ShowProgress]:
    """Show what is being done while the block runs longer than a second; nothing when stderr is no terminal.

    Gives a function that is told how far it is; until it is told, nobody knows how much is left. Whoever stops it is
    told how far it was. `unit`: of what there are n, for the rate.
    """
    bar = _Bar(doing, unit, quiet)
    try:
        if quiet or not sys.stderr.isatty():
            yield bar.advance
        else:
            with _shown(bar):
                yield bar.advance
    except (KeyboardInterrupt, SystemExit):  # Ctrl-C, or a scheduler's SIGTERM
        talk(f"stopped while {doing}{bar.told_share}: no file is left half written", quiet=quiet)
        raise


@contextmanager
def _shown(bar: _Bar) -> Iterator[None]:
    """The bar on the screen, once the work has taken a second."""
    timer = Timer(PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        bar.stop()


class _Bar(Struct):
    """A bar that runs to and fro until it is told how much is done. Not frozen: a thing on the screen, no record."""

    doing: str
    unit: str = ""
    quiet: bool = False
    _lock: Lock = field(default_factory=Lock)
    _progress: Progress | None = None
    _task: TaskID | None = None
    _share: float | None = None
    _n: int = 0
    _since: float = field(default_factory=monotonic)
    _is_over: bool = False

    @property
    def told_share(self) -> str:
        """``, 43 % done``, once it is told."""
        return "" if self._share is None else f", {self._share:.0%} done".replace("%", " %")

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
                TextColumn("{task.fields[rate]}", markup=False),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
            )
            self._progress = Progress(*columns, console=console, transient=True)
            total = None if self._share is None else 1.0
            self._task = self._progress.add_task(self.doing, total=total, completed=0, rate=self._rate())
            if self._share is not None:
                self._progress.update(self._task, completed=self._share)
            self._progress.start()

    def advance(self, share: float, n: int = 0, doing: str = "") -> None:
        """Show how much is done; say in a line of its own what has to be done first."""
        if doing:
            talk(doing, quiet=self.quiet)
            return
        with self._lock:
            if self._share is None:
                self._since = monotonic()
            self._share, self._n = share, n
            if self._progress is not None and self._task is not None:
                self._progress.update(self._task, total=1.0, completed=share, rate=self._rate())

    def _rate(self) -> str:
        """``240 M pairs/s``."""
        seconds = monotonic() - self._since
        if not (self._n and self._share and seconds):
            return ""
        per_second = self._share * self._n / seconds
        return f"{per_second / 1e6:,.0f} M {self.unit}/s" if per_second >= 1e6 else f"{per_second:,.0f} {self.unit}/s"

    def stop(self) -> None:
        """Take it off the screen."""
        with self._lock:
            self._is_over = True
            if self._progress is not None:
                self._progress.stop()
