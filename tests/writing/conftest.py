"""A small fictional market, already ranked both ways, with names that try to break out of every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from dealport.model import Investor, Problem, Startup
from dealport.scoring.shortlist import Pair, Part, Participant, Sentence, Shortlist

AS_OF = date(2026, 1, 7)
CRITERIA = ("sectors", "stage", "ticket", "geography", "complement")
SHARES = (4_444_445, 1_666_667, 1_666_666, 1_111_111, 1_111_111)

LUMEN = Startup(id="lumen", name="루멘 진단", country="KR", aliases=("Lumen Diagnostics",))
MALLARD = Startup(id="../../etc/passwd", name="=cmd|' /C calc'!A0", country="JP")
MINUS = Startup(id="minus", name="<script>alert(1)</script>", country="VN")
HARBOR = Investor(id="harbor", name="海港创投", country="CN", aliases=("Harbor Ventures",))
CRIMSON = Investor(id="crimson", name="\x1b[31mCrimson\u202e Capital", country="SG")
LONER = Investor(id="loner", name="@Loner | [Fund](https://example.org)", country="AE")

LABELS: Mapping[str, Mapping[str, str]] = {
    "medical-imaging": {
        "en": "Medical imaging",
        "ko": "의료영상",
        "zh": "医学影像",
        "zh-Hant": "醫學影像",
        "ja": "医用画像",
    },
    "ai": {"en": "AI", "ko": "인공지능", "zh": "人工智能", "zh-Hant": "人工智慧", "ja": "AI"},
}


@dataclass(frozen=True)
class Labels:
    """Stands in for the sector graph."""

    labels: Mapping[str, Mapping[str, str]]

    def label(self, sector: str, language: str = "en") -> str:
        return self.labels[sector][language]


def make_pair(startup: Startup, investor: Investor, rank: int, *, scale: int) -> Pair:
    """A pair whose parts are `scale` thousandths of their shares, rounded down; the ticket is unknown."""
    reasons = (
        Sentence("reason.sectors", {"sectors": ("sector", "medical-imaging", "ai")}),
        Sentence("reason.stage", {"stage": ("stage", "series-b")}),
        None,
        Sentence("reason.invests_in", {"country": ("country", startup.country)}),
        Sentence("reason.needs_met", {"capabilities": ("capability", "distribution")}),
    )
    parts = tuple(
        Part(name, share * scale // 1000, share, 0 if name == "ticket" else share, reason)
        for name, share, reason in zip(CRITERIA, SHARES, reasons, strict=True)
    )
    return Pair(
        startup=startup,
        investor=investor,
        rank=rank,
        score_units=sum(part.points_units for part in parts),
        parts=parts,
        shared_sectors=("medical-imaging", "ai"),
        flags=("low_confidence", "mutual_wish"),
    )


@pytest.fixture
def graph() -> Labels:
    return Labels(LABELS)


@pytest.fixture
def shortlist() -> Shortlist:
    """By startup: two have pairs, one is left without."""
    participants = (
        Participant(MALLARD, (make_pair(MALLARD, HARBOR, 1, scale=611), make_pair(MALLARD, CRIMSON, 2, scale=320)), {}),
        Participant(LUMEN, (make_pair(LUMEN, HARBOR, 1, scale=871), make_pair(LUMEN, CRIMSON, 2, scale=543)), {}),
        Participant(MINUS, (), {"same_country": 0, "invests_elsewhere": 1, "excluded_sector": 2}),
    )
    gates = {"invests_elsewhere": 3, "excluded_sector": 2}
    return Shortlist("startup", AS_OF, participants, gates, 9, CRITERIA)


@pytest.fixture
def other() -> Shortlist:
    """The same market by investor."""
    participants = (
        Participant(CRIMSON, (make_pair(LUMEN, CRIMSON, 1, scale=543), make_pair(MALLARD, CRIMSON, 2, scale=320)), {}),
        Participant(HARBOR, (make_pair(LUMEN, HARBOR, 1, scale=871), make_pair(MALLARD, HARBOR, 2, scale=611)), {}),
        Participant(LONER, (), {"invests_elsewhere": 3}),
    )
    gates = {"invests_elsewhere": 3, "excluded_sector": 2}
    return Shortlist("investor", AS_OF, participants, gates, 9, CRITERIA)


@pytest.fixture
def nobody() -> Shortlist:
    """A shortlist of an empty market."""
    return Shortlist("startup", AS_OF, (), {}, 0, CRITERIA)


@pytest.fixture
def problems() -> list[Problem]:
    return [
        Problem("lumen.toml:12", "sectors[2]", "unknown sector word '=fintec'", "did you mean 'fintech'?", "warning"),
        Problem("market.xlsx:Sheet1!C7", "country", "unknown country 'Koria'", "did you mean 'Korea'?"),
    ]
