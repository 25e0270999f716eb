"""A backtest as a picture: the share of startups found within the first k; and a page around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealport.backtest.metrics import METRICS
from dealport.model import UsageError
from dealport.writing.safety import safe_line
from dealport.writing.whole_files import check_free, write_whole

if TYPE_CHECKING:
    import jinja2

    from dealport.backtest.intervals import Interval
    from dealport.backtest.report import Figures, Report

SUFFIXES = (".svg", ".html")

# Of the picture, in its own units; a legend stands to the right of the lines.
WIDTH, HEIGHT = 860, 460
LEFT, TOP, RIGHT, BOTTOM = 64, 56, 620, 400
LEGEND_X, LEGEND_TOP, LEGEND_STEP = 644, 76, 28
TICKS = (1, 2, 5, 10, 20, 50, 100)
TOLD_WITHIN = 10  # the description for those who can't see the picture names this one

SHARE_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # between lines of the share's axis, of which there are at most six

# From Paul Tol's "muted", told apart by every kind of colour vision, those with a contrast of 3 to white or more; grey
# beside them. Dashes tell lines apart in print.
COLOURS = ("#332288", "#CC6677", "#117733", "#AA4499", "#999933", "#882255", "#666666")
DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 2", "1 4", "12 6")


def check_report_out(path: Path, *, force: bool = False) -> None:
    """Raise UsageError for a suffix that is none of ours, RequestError for a file that exists: before the long work."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: can't tell the format from its name; end it in one of {' '.join(SUFFIXES)}")
    check_free(path, force=force)


def write_report(report: Report, path: Path, *, force: bool = False) -> None:
    """Write the picture or the page by the path's suffix; raises as `check_report_out` and `write_whole` do."""
    check_report_out(path, force=force)
    content = curves_svg(report) if path.suffix.lower() == ".svg" else report_page(report)
    with write_whole(path, force=force) as stream:
        stream.write(content.encode())


def curves_svg(report: Report) -> str:
    """The picture: k from 1 to 100 on a logarithmic axis, a line for every ranker; needs nothing from elsewhere."""
    shares = _shares(max(max(curve) for curve in report.hit_curves.values()))
    top = shares[-1]
    return _render(
        "curves.svg",
        description=_description(report),
        subtitle=safe_line(_subtitle(report)),
        box={"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "bottom": BOTTOM, "legend": LEGEND_X},
        columns=[{"x": f"{_x(k):.1f}", "k": k} for k in TICKS],
        rows=[{"y": f"{_y(share, top):.1f}", "share": f"{share:.0%}"} for share in shares],
        lines=[_line(place, ranker, report, top) for place, ranker in enumerate(report.rankers)],
    )


def report_page(report: Report) -> str:
    """The picture inside a page with what was asked, every figure as a table, and what the figures mean."""
    import markupsafe

    style = files("dealport").joinpath("data", "page", "page.css").read_text(encoding="utf-8")
    everything = report.slices[0]
    return _render(
        "backtest.html",
        style=markupsafe.Markup(style),  # noqa: S704 - our own file
        picture=markupsafe.Markup(curves_svg(report)),  # noqa: S704 - escaped when it was made
        subtitle=safe_line(_subtitle(report)),
        asked=_asked(report),
        metrics=METRICS,
        figures=[(safe_line(ranker), _cells(figures)) for ranker, figures in everything.figures.items()],
        first=safe_line(report.rankers[0]),
        differences=[
            (safe_line(ranker), _cells(figures, sign="+")) for ranker, figures in everything.differences.items()
        ],
        slices=[
            (safe_line(one.name), f"{one.n_queries:,}", f"{one.n_pairs:,}", _cells(one.figures[report.rankers[0]]))
            for one in report.slices
        ],
        share_unanswerable=f"{report.run.share_unanswerable:.1%}",
    )


def _render(name: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """A template of ours; every value is escaped."""
    return _environment().get_template(name).render(values)


def _environment() -> jinja2.Environment:
    import jinja2

    folder = files("dealport").joinpath("data", "page")
    return jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
    )


def _subtitle(report: Report) -> str:
    run = report.run
    return f"Deals abroad from {run.since} to {run.until}, {report.n_queries:,} startups to find an investor for"


def _description(report: Report) -> str:
    """What the lines say, for those who can't see them."""
    told = (f"{safe_line(ranker)} {report.hit_curves[ranker][TOLD_WITHIN - 1]:.1%}" for ranker in report.rankers)
    return f"Share of startups with an investor they found among the first {TOLD_WITHIN}: {', '.join(told)}."


def _line(place: int, ranker: str, report: Report, top: float) -> dict[str, str]:
    """A ranker's line; the first stands out."""
    points = (f"{_x(k):.1f},{_y(share, top):.1f}" for k, share in enumerate(report.hit_curves[ranker], start=1))
    return {
        "name": safe_line(ranker),
        "points": " ".join(points),
        "colour": COLOURS[place % len(COLOURS)],
        "dash": DASHES[place % len(DASHES)],
        "width": "3.5" if place == 0 else "2",
        "weight": "700" if place == 0 else "400",
        "legend_y": str(LEGEND_TOP + place * LEGEND_STEP),
    }


def _x(k: int) -> float:
    return LEFT + (RIGHT - LEFT) * math.log(k) / math.log(TICKS[-1])


def _y(share: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share / top


def _shares(most: float) -> list[float]:
    """Where the share's axis has lines, from 0 to the first one not below `most`."""
    step = next(step for step in SHARE_STEPS if most <= 6 * step)
    return [place * step for place in range(max(math.ceil(most / step), 1) + 1)]


def _asked(report: Report) -> list[tuple[str, str]]:
    """What was asked and how much there was of it, as terms with their meaning."""
    run = report.run
    return [
        ("Deals to find", f"{run.since} to {run.until}"),
        ("Knowledge as of", ", ".join(map(str, run.as_of))),
        ("Profiles refreshed", run.refresh or "never"),
        ("Left out in a slice of their own", ", ".join(map(safe_line, run.without)) or "nobody"),
        ("Startups asked for", f"{report.n_queries:,}"),
        ("Pairs to find", f"{report.n_pairs:,}"),
        ("Investors to choose from", f"up to {report.n_candidates:,}"),
    ]


def _cells(figures: Figures, *, sign: str = "") -> Sequence[tuple[str, str]]:
    """Means and intervals in the order of `METRICS`; the sign "+" shows which way a difference goes."""
    return [_cell(figures[metric], sign) for metric in METRICS]


def _cell(interval: Interval, sign: str) -> tuple[str, str]:
    return f"{interval.mean:{sign}.3f}", f"{interval.low:{sign}.3f} to {interval.high:{sign}.3f}"
