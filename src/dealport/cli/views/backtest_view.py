"""A backtest on the screen: rankers beside each other, how sure the difference is, and where it differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dealport.cli.terminal.screen import Screen
from dealport.cli.terminal.text_columns import GAP

if TYPE_CHECKING:
    from dealport.backtest.intervals import Interval
    from dealport.backtest.report import Report

METRICS = {"hit@10": "hit@10", "recall@100": "recall@100", "mrr": "MRR", "ndcg@20": "nDCG@20"}
RANKER_WIDTHS = (11, 11, 11, 11)  # "0.449-0.505"
DIFFERENCE_WIDTH = 25  # "+0.225 (+0.201 to +0.249)"
SLICE_WIDTHS = (8, 6, 11, 10, 6)
NARROWEST_NAME = 8


def show_report(report: Report, screen: Screen) -> None:
    """Print what was asked, every ranker's figures, the differences, the slices, then what they mean."""
    _show_asked(report, screen)
    _show_rankers(report, screen)
    if len(report.rankers) > 1:
        _show_differences(report, screen)
    if len(report.slices) > 1:
        _show_slices(report, screen)
    _show_meaning(report, screen)


def _show_asked(report: Report, screen: Screen) -> None:
    """Which deals, and what was known when they were looked for."""
    run, last = report.run, report.run.as_of[-1]
    days = str(last) if len(run.as_of) == 1 else f"{len(run.as_of)} days from {run.as_of[0]} to {last}"
    told = (
        f"Deals abroad from {run.since} to {run.until}, looked for with what was known on {days}: "
        f"{report.n_queries:,} startups, {report.n_pairs:,} pairs, up to {report.n_candidates:,} investors to choose "
        "from."
    )
    screen.show(screen.text(told))
    screen.show()


def _show_rankers(report: Report, screen: Screen) -> None:
    """One row a ranker; below the first how sure its figures are."""
    from dealport.backtest.report import SURE_METRICS

    everything = report.slices[0]
    _show_row(("", "dim"), [(label, "dim") for label in METRICS.values()], RANKER_WIDTHS, screen)
    for place, (ranker, figures) in enumerate(everything.figures.items()):
        style = "" if place else "bold"
        _show_row((ranker, style), [(f"{figures[name].mean:.3f}", style) for name in METRICS], RANKER_WIDTHS, screen)
        if place == 0:
            sure = [(_ends(figures[name]) if name in SURE_METRICS else "", "dim") for name in METRICS]
            _show_row(("  95 % interval", "dim"), sure, RANKER_WIDTHS, screen)
    screen.show()


def _show_differences(report: Report, screen: Screen) -> None:
    """The first ranker minus each of the others, on the same queries."""
    from dealport.backtest.report import SURE_METRICS

    labels = [(METRICS[name], "dim") for name in SURE_METRICS]
    for_both = screen.console.width - NARROWEST_NAME - GAP * (len(SURE_METRICS) + 1)
    widths = (min(DIFFERENCE_WIDTH, for_both // len(SURE_METRICS)),) * len(SURE_METRICS)
    _show_row((f"{report.rankers[0]} minus", "dim"), labels, widths, screen)
    for ranker, figures in report.slices[0].differences.items():
        cells = [(_signed(figures[name]), "") for name in SURE_METRICS]
        _show_row((ranker, ""), cells, widths, screen)
    screen.show()


def _show_slices(report: Report, screen: Screen) -> None:
    """The first ranker on parts of the queries."""
    first = report.rankers[0]
    labels = ("startups", "hit@10", "95 %", "recall@100", "MRR")
    _show_row((f"{first} on", "dim"), [(label, "dim") for label in labels], SLICE_WIDTHS, screen)
    for one in report.slices[1:]:
        hit, recall, rank = (one.figures[first][name] for name in ("hit@10", "recall@100", "mrr"))
        cells = (f"{one.n_queries:,}", f"{hit.mean:.3f}", _ends(hit), f"{recall.mean:.3f}", f"{rank.mean:.3f}")
        _show_row((screen.cut(one.name), ""), [(cell, "") for cell in cells], SLICE_WIDTHS, screen)
    screen.show()


def _show_meaning(report: Report, screen: Screen) -> None:
    """What a reader must know to take the figures for what they are."""
    from dealport.backtest.report import FEWEST_QUERIES

    for sentence in unbeaten_sentences(report):
        screen.show(screen.text((sentence, "yellow")))
    told = (
        "hit@10: share of startups with an investor they found among the first 10. recall@100: share of those "
        "investors among the first 100. MRR: mean of 1 / the best rank. Intervals: startups drawn again 1,000 times.",
        "The files hold only deals that happened: a missing pair is not a no.",
        f"{report.run.share_unanswerable:.1%} of the startups with a deal abroad have only investors never seen "
        "before: nobody can find those, and they are in no figure.",
    )
    for sentence in told:
        screen.show(screen.text((sentence, "dim")))
    if report.n_queries < FEWEST_QUERIES:
        few = f"{report.n_queries} startups are too few to tell one ranking from another."
        screen.show(screen.text((few, "yellow")))


def unbeaten_sentences(report: Report) -> list[str]:
    """Where the first ranker is not surely better than the best of the simpler ones."""
    from dealport.backtest.report import unbeaten

    first, everything, sentences = report.rankers[0], report.slices[0], list[str]()
    for metric, other in unbeaten(report).items():
        ours, theirs = (everything.figures[ranker][metric].mean for ranker in (first, other))
        verdict = "is worse than" if everything.differences[other][metric].high < 0 else "does not surely beat"
        sentences.append(
            f"By {METRICS[metric]} {first} {verdict} {other} here: {ours:.3f} against {theirs:.3f}. If your deals hold "
            "enough choices, `dealport tune` fits weights to them."
        )
    return sentences


def _show_row(name: tuple[str, str], cells: Sequence[tuple[str, str]], widths: Sequence[int], screen: Screen) -> None:
    """A name on what the columns leave of the screen, then columns flush right."""
    rest = max(screen.console.width - sum(widths) - GAP * (len(widths) + 1), NARROWEST_NAME)
    screen.show_columns(name, *cells, widths=(rest, *widths), right=range(1, len(widths) + 1))


def _ends(interval: Interval) -> str:
    return f"{interval.low:.3f}-{interval.high:.3f}"


def _signed(interval: Interval) -> str:
    """``+0.225 (+0.201 to +0.249)``: the sign says which of the two is better."""
    return f"{interval.mean:+.3f} ({interval.low:+.3f} to {interval.high:+.3f})"
