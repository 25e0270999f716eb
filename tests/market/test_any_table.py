"""Any table of texts is read or refused with reasons: nothing is lost, nothing is changed, nothing breaks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.market.market_building import build_market
from dealport.model import Kind
from dealport.reading.paths import read_paths
from dealport.words.normalising import clean
from tests.reading.exports import B2MATCH, CHINESE, CRUNCHBASE, FUNDING_ROUNDS, KOREAN, OPENVC, PITCHBOOK

HEADERS = sorted({*B2MATCH, *CHINESE, *CRUNCHBASE, *FUNDING_ROUNDS, *KOREAN, *OPENVC, *PITCHBOOK, "name", "kind"})
WORDS = [
    "AI", "로봇", "Series A", "300억원", "USD 1-5M", "서울", "CA 94025", "Startup", "investor", "2026-01-07", "45000",
    "x", "Yes", "=1+1", "'", '"', ";", "|", "루멘", "ＬＵＭＥＮ", "\u1112\u1161\u11ab", "\u00a0", "-", "n/a", "0",
    "1e9", "\u202e",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
)
ROWS = st.lists(st.lists(TEXTS, min_size=1, max_size=6), max_size=8)


@pytest.mark.parametrize("suffix", ["csv", "tsv.csv"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.lists(st.one_of(st.sampled_from(HEADERS), TEXTS), min_size=1, max_size=6),
    rows=ROWS,
    side=st.sampled_from([None, "startup", "investor"]),
)
def test_any_table_is_read_or_refused_row_by_row(
    tmp_path: Path, suffix: str, header: list[str], rows: list[list[str]], side: Kind | None
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t" if suffix == "tsv.csv" else ",").writerows([header, *rows])
    path = tmp_path / f"table.{suffix}"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")

    reading = read_paths([path], side=side)
    market = build_market(reading)

    account = market.account
    assert account.n_rows == account.n_profiles + account.n_merged + account.n_refused
    for index, table in enumerate(reading.tables):
        refused = [one for one in reading.refused if one.table == index]
        assert table.n_rows == table.n_taken + table.n_merged + len(refused)
        assert all(one.reason for one in refused)
    assert all(reason for _, reason in market.refused)
    typed = clean(" ".join(cell for row in [header, *rows] for cell in row))
    for profile in (*market.startups, *market.investors):
        assert all(part in typed for part in profile.name.split())
