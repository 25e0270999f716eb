"""Shortlists as Markdown: a heading and a table for each participant."""

from __future__ import annotations

from dealport.scoring.shortlist import Pair, Participant, Shortlist
from dealport.words.phrases import phrase
from dealport.writing.phrasing import SectorLabels, flag_label, joined, sector_labels, unknown_labels
from dealport.writing.rankings.shortlists import gate_reasons, pair_confidence, pair_reasons, told_gates
from dealport.writing.safety import markdown_text

ALIGNMENTS = {"rank": "--:", "score": "--:", "confidence": "--:"}


def shortlist_markdown(shortlist: Shortlist, graph: SectorLabels, language: str = "en") -> str:
    """The whole document; scores with one decimal, as on the screen."""
    blocks = [
        f"# {phrase('page.title', language)}",
        f"{phrase(f'page.by_{shortlist.by}', language)} · "
        f"{phrase('page.as_of', language, date=shortlist.as_of.isoformat())}",
        *(_participant_block(participant, shortlist, graph, language) for participant in shortlist.participants),
    ]
    if not shortlist.participants:
        blocks.append(phrase("page.empty", language))
    if gates := told_gates(shortlist.gates, language):
        blocks += [f"## {phrase('page.gates', language)}", _bullets(gates)]
    blocks += ["---", f"{phrase('page.how_score', language)} {phrase('page.footer', language)}"]
    return "\n\n".join(blocks) + "\n"


def _participant_block(participant: Participant, shortlist: Shortlist, graph: SectorLabels, language: str) -> str:
    """Heading and table of one participant, or why it has none."""
    profile = participant.profile
    heading = f"## {markdown_text(profile.name)} ({markdown_text(profile.country) or '?'})"
    if not participant.pairs:
        return f"{heading}\n\n{phrase('page.no_pairs', language)}\n\n{_bullets(gate_reasons(participant, language))}"
    other = "investor" if shortlist.by == "startup" else "startup"
    names = ["rank", other, "country", "score", "fit", "confidence", "shared_sectors", "reasons", "unknown", "flags"]
    rows = [_pair_cells(pair, by=shortlist.by, graph=graph, language=language) for pair in participant.pairs]
    header = [phrase(f"heading.{name}", language) for name in names]
    rules = [ALIGNMENTS.get(name, "---") for name in names]
    return f"{heading}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in [header, rules, *rows])


def _pair_cells(pair: Pair, *, by: str, graph: SectorLabels, language: str) -> list[str]:
    """The cells of one pair; lists have a line for each."""
    other = pair.investor if by == "startup" else pair.startup
    return [
        str(pair.rank),
        markdown_text(other.name),
        markdown_text(other.country),
        f"{pair.score:.1f}",
        phrase(f"fit.{pair.fit}", language),
        f"{pair_confidence(pair):.0%}",
        markdown_text(joined(sector_labels(pair.shared_sectors, graph, language), language)),
        "<br>".join(markdown_text(reason) for reason in pair_reasons(pair, graph, language)),
        markdown_text(joined(unknown_labels(pair.unknown, language), language)),
        "<br>".join(markdown_text(flag_label(flag, language)) for flag in pair.flags),
    ]


def _bullets(lines: list[str]) -> str:
    """The lines as a list."""
    return "\n".join(f"- {markdown_text(line)}" for line in lines)
