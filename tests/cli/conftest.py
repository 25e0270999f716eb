"""A small fictional market: in memory for the views, on disk for the commands; and `dealport` run in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from dealport.cli.main import main
from dealport.cli.terminal.screen import Screen, make_screen
from dealport.market.markets import Market
from dealport.model import Investor, Kind, Reach, SectorMention, Startup
from dealport.scoring.criteria.weights import DEFAULT_WEIGHTS, Weights
from dealport.scoring.explaining.explanation import Explanation, explain_rows
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.shortlist import Shortlist
from dealport.words.sectors.graph import load_graph
from tests.backtest.made_deals import deals_csv

AS_OF = date(2026, 1, 7)
HOSTILE = "Gr\x1b[31mebe\u202ewater\x07 Shipping"

FILES = {
    "profiles/startups/lunit.toml": """
        name = "루닛"
        aliases = ["Lunit"]
        country = "KR"
        sectors = ["AI", "computer vision"]
        stage = "series-b"
        raising = "USD 20M"
        as_of = 2026-01-07
    """,
    "profiles/startups/yulan.toml": """
        name = "玉兰电池"
        country = "CN"
        sectors = ["batteries"]
        as_of = 2026-01-05
    """,
    "profiles/investors/cmb-international.toml": """
        name = "招商局资本"
        aliases = ["CMB International"]
        country = "HK"
        sectors = ["AI", "batteries"]
        stages = ["series-b", "series-c"]
        ticket = "USD 5M"
        must_invest_in = ["KR"]
        as_of = 2026-01-06
    """,
    "profiles/investors/harbor.toml": """
        name = "Harbor Ventures"
        country = "SG"
        sectors = ["batteries"]
    """,
    "event.toml": """
        name = "Day"
        date = 2026-01-07
        time_zone = "Asia/Shanghai"
        start = "10:00"
        end = "11:20"
        minutes = 20
        tables = 1
    """,
}


def mention(*sectors: str) -> tuple[SectorMention, ...]:
    """Stated sectors."""
    return tuple(SectorMention(sector, sector) for sector in sectors)


STARTUPS = (
    Startup(
        id="lunit",
        name="루닛",
        country="KR",
        sectors=mention("ai-cv"),
        stage="series-b",
        raising_usd=(2e7, 3e7),
        seeks=frozenset({"distribution", "clinical-data"}),
        offers=frozenset({"precision", "regulatory-experience"}),
        markets=Reach(frozenset({"CN"})),
    ),
    Startup(id="silent", name=HOSTILE, country="JP"),
    Startup(
        id="stay", name="배터리셀랩", country="KR", sectors=mention("battery"), avoids=frozenset({"cmb", "harbor"})
    ),
)
INVESTORS = (
    Investor(
        id="cmb",
        name="招商局资本",
        country="HK",
        sectors=mention("ai", "battery"),
        stages=frozenset({"series-b", "series-c", "seed"}),
        ticket_usd=(5e6, 2e7),
        type="VC",
        must_invest_in=Reach(frozenset({"KR"})),
        seeks=frozenset({"precision", "regulatory-experience"}),
        offers=frozenset({"distribution", "clinical-data"}),
    ),
    Investor(id="harbor", name="Harbor Ventures", country="SG", sectors=mention("fintech")),
)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Show = Callable[[Callable[[Screen], None]], str]


@pytest.fixture
def market() -> Market:
    return Market(STARTUPS, INVESTORS, (), AS_OF, load_graph())


@pytest.fixture
def rank(market: Market) -> Callable[..., Shortlist]:
    """Ranks the market in memory."""
    import numpy as np

    def rank_by(by: Kind = "startup", *, min_score: float = 0.0) -> Shortlist:
        rows, columns = (np.arange(len(side), dtype=np.int32) for side in (market.startups, market.investors))
        return rank_market(market, Weights(DEFAULT_WEIGHTS), RowSelection(rows, columns, min_score), k=3).shortlist(by)

    return rank_by


@pytest.fixture
def explain_pair(market: Market) -> Callable[[int, int], Explanation]:
    """Explains a pair of the market in memory."""
    return lambda startup, investor: explain_rows(market, Weights(DEFAULT_WEIGHTS), startup, investor)


@pytest.fixture
def screen_of() -> Callable[..., tuple[Screen, StringIO]]:
    """A screen of a given width, and what is printed on it."""

    def make(width: int = 140, language: str = "en") -> tuple[Screen, StringIO]:
        stream = StringIO()
        return make_screen(load_graph(), language=language, stream=stream, width=width), stream

    return make


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The market on disk as ``profiles/`` in the working folder."""
    import textwrap

    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    (tmp_path / "deals.csv").write_text(deals_csv(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "profiles"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `dealport` in this process; its stdout is no terminal."""

    def run_here(*arguments: str) -> Ran:
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_here


@pytest.fixture
def start(profiles: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs `dealport` as a process of its own, in the folder of ``profiles/``."""

    def start_process(
        *arguments: str, environment: Mapping[str, str] | None = None, code: str = "", **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, *(["-c", code] if code else ["-m", "dealport"]), *arguments]
        env = {**os.environ, **(environment or {})}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run(command, env=env, cwd=profiles.parent, check=False, **pipes)  # type: ignore[call-overload, no-any-return]

    return start_process
