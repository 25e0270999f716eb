from __future__ import annotations

import sys
import time
from io import StringIO

import pytest

from dealport.cli.terminal import waiting as bars
from dealport.cli.terminal.waiting import waiting


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "PATIENCE_SECONDS", 0.02)
    monkeypatch.setenv("TERM", "xterm")


def test_long_work_is_named_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with waiting("ranking"):
        until = time.monotonic() + 10
        while "ranking" not in terminal.getvalue() and time.monotonic() < until:
            time.sleep(0.01)

    assert "ranking" in terminal.getvalue()


def test_short_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(bars, "PATIENCE_SECONDS", 60)

    with waiting("ranking"):
        pass

    assert terminal.getvalue() == ""


def test_a_bar_that_comes_too_late_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = bars._Bar("ranking")

    bar.stop()
    bar.start()

    assert terminal.getvalue() == ""


@pytest.mark.parametrize("stream", [Terminal(), StringIO()])
def test_there_is_none_when_quiet_or_without_a_terminal(monkeypatch: pytest.MonkeyPatch, stream: StringIO) -> None:
    monkeypatch.setattr(sys, "stderr", stream)

    with waiting("ranking", quiet=stream.isatty()):
        time.sleep(0.1)

    assert stream.getvalue() == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_what_has_to_be_done_first_is_said_unless_quiet(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    stream = StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    with waiting("ranking", quiet=quiet) as advance:
        advance(0.0, 100, "compiling the fast engine, once")

    assert stream.getvalue() == ("" if quiet else "compiling the fast engine, once\n")


def test_a_stopped_bar_says_how_much_was_done_once_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", StringIO())
    bar = bars._Bar("ranking")

    assert bar.told_share == ""
    bar.advance(0.429, 100)
    assert bar.told_share == ", 43 % done"
