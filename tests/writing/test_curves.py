"""The picture and the page of a backtest, and what a real browser makes of them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from dealport.backtest.metrics import METRICS
from dealport.backtest.report import Report, make_report
from dealport.model import RequestError, UsageError
from dealport.writing.backtests.curves import COLOURS, check_report_out, curves_svg, report_page, write_report
from tests.backtest.reports import QUERIES, RANKS, RUN, small_report
from tests.writing.test_shared_pages import PNG_START, Outline, browse

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"


@pytest.fixture
def report() -> Report:
    return small_report()


@pytest.fixture
def hostile() -> Report:
    """A ranker and a left-out investor with names that try to break out."""
    ranks = {"Dealport": RANKS["Dealport"], HOSTILE: RANKS["popularity"]}
    return make_report(replace(RUN, without=(HOSTILE, '"><b>')), QUERIES, ranks, without=frozenset({"chile"}))


def test_the_picture_is_well_formed_and_says_what_it_shows(report: Report) -> None:
    root = ElementTree.fromstring(curves_svg(report))  # noqa: S314 - our own

    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    ids = {element.get("id") for element in root.iter()}
    assert set((root.get("aria-labelledby") or "").split()) <= ids
    # Within 10: best ranks 2, 1, 3 and 8, 2, 1: all of them.
    description = root.findtext(f"{SVG}desc") or ""
    assert description.endswith("among the first 10: Dealport 100.0%, popularity 100.0%.")


def test_every_ranker_has_a_line_of_a_hundred_points_and_a_legend(report: Report) -> None:
    root = ElementTree.fromstring(curves_svg(report))  # noqa: S314

    lines = list(root.iter(f"{SVG}polyline"))
    points = [(line.get("points") or "").split() for line in lines]
    looks = {(line.get("stroke"), line.get("stroke-dasharray")) for line in lines}
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert [len(one) for one in points] == [100, 100]
    assert len(looks) == 2
    assert {"Dealport", "popularity", "1", "10", "100"} <= set(texts)


def test_a_line_starts_at_the_left_and_never_falls(report: Report) -> None:
    root = ElementTree.fromstring(curves_svg(report))  # noqa: S314

    for line in root.iter(f"{SVG}polyline"):
        places = [tuple(map(float, point.split(","))) for point in (line.get("points") or "").split()]
        across, down = zip(*places, strict=True)
        assert (across[0], across[-1]) == (64, 620)
        assert list(across) == sorted(across)
        assert list(down) == sorted(down, reverse=True)


def test_nothing_is_fetched_from_elsewhere(report: Report) -> None:
    for text in (curves_svg(report), report_page(report)):
        assert "href" not in text
        assert "url(" not in text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_the_page_holds_the_picture_every_figure_and_what_was_asked(report: Report) -> None:
    page = report_page(report)

    texts = Outline(page).texts
    assert curves_svg(report) in page
    assert {*METRICS, "Dealport", "popularity", "2012-01-01 to 2013-12-31", "Start-Up Chile, Wayra", "never"} <= set(
        texts
    )
    assert "0.611" in texts  # Dealport's mrr: (1/2 + 1 + 1/3) / 3
    assert "+0.069" in texts  # popularity's is .542
    assert any(text.startswith("16.0% of the startups") for text in texts)


def test_a_report_on_one_ranker_has_no_differences() -> None:
    alone = make_report(RUN, QUERIES, {"Dealport": RANKS["Dealport"]})

    assert "minus each" not in report_page(alone)


def test_names_can_not_break_out(hostile: Report) -> None:
    for text in (curves_svg(hostile), report_page(hostile)):
        assert "<script" not in text
        assert '"><b>' not in text
        assert not {"\x1b", "\u202e"} & set(text)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    ElementTree.fromstring(curves_svg(hostile))  # noqa: S314


def test_figures_of_zero_still_have_an_axis() -> None:
    nobody = make_report(RUN, QUERIES, {"Dealport": [(400, 500)] * 3})

    texts = [element.text for element in ElementTree.fromstring(curves_svg(nobody)).iter(f"{SVG}text")]  # noqa: S314

    assert {"0%", "1%"} <= set(texts)


def test_every_line_stands_out_from_white() -> None:
    # WCAG 2.2, 1.4.11: graphics need a contrast of 3. White has a luminance of 1.
    for colour in COLOURS:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = [((one + 0.055) / 1.055) ** 2.4 if one > 0.04045 else one / 12.92 for one in channels]
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3, colour


@pytest.mark.parametrize("suffix", [".svg", ".html", ".SVG"])
def test_the_same_report_gives_the_same_bytes(suffix: str, report: Report, tmp_path: Path) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"

    write_report(report, first)
    write_report(small_report(), second)

    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"<!DOCTYPE html>" if suffix == ".html" else b"<svg ")


def test_another_suffix_is_refused_naming_those_there_are(report: Report, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"end it in one of \.svg \.html"):
        write_report(report, tmp_path / "report.png")


def test_an_existing_file_is_refused_without_force(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.svg"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(RequestError, match="--force"):
        check_report_out(path)
    with pytest.raises(RequestError, match="--force"):
        write_report(report, path)
    assert path.read_text(encoding="utf-8") == "mine"

    write_report(report, path, force=True)
    assert path.read_bytes().startswith(b"<svg ")


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_a_real_browser_draws_it(suffix: str, report: Report, tmp_path: Path) -> None:
    path, picture = tmp_path / f"report{suffix}", tmp_path / "report.png"
    write_report(report, path)

    browse(path, f"--screenshot={picture}", "--window-size=1100,1400")

    assert picture.read_bytes()[:4] == PNG_START
    assert picture.stat().st_size > 20_000  # an empty page of this size has 6 kB


@pytest.mark.needs("chromium")
def test_a_real_browser_runs_nothing_from_a_name(hostile: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(hostile, path)

    shown = browse(path, "--dump-dom").decode()

    assert "<script" not in shown
    assert shown.count("<polyline") == 2
