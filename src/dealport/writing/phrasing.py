"""Sentences of the scoring put into words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from dealport.scoring.criteria.table import TRACK_CRITERIA
from dealport.scoring.shortlist import Sentence
from dealport.words.capabilities import capability_label
from dealport.words.funding.stages import stage_label
from dealport.words.investor_kinds import investor_kind_label
from dealport.words.phrases import criterion_label, load_phrases, phrase
from dealport.writing.safety import safe_line

MOST_DEEDS_TOLD = 4


class SectorLabels(Protocol):
    """What gives a sector's label: `words.sectors.graph.SectorGraph`."""

    def label(self, sector: str, language: str = "en") -> str:
        """Label of a sector id in a language."""
        ...


def tell(sentence: Sentence, graph: SectorLabels, language: str = "en") -> str:
    """The sentence in a language: ids become labels, countries stay codes, as everywhere in Dealport."""
    arguments = {
        name: value if isinstance(value, str) else _labels(value, graph, language)
        for name, value in sentence.arguments.items()
    }
    return phrase(sentence.key, language, **arguments)


def tell_all(sentences: Iterable[Sentence], graph: SectorLabels, language: str = "en") -> list[str]:
    """Each sentence in a language, in the order given."""
    return [tell(sentence, graph, language) for sentence in sentences]


def sector_labels(sectors: Iterable[str], graph: SectorLabels, language: str = "en") -> list[str]:
    """Labels of sector ids, in the order given; a market's own sectors have labels a user typed."""
    return [safe_line(graph.label(sector, language)) for sector in sectors]


def flag_name(flag: str) -> str:
    """``mutual_wish`` for ``mutual_wish`` and ``flag.mutual_wish``."""
    return flag.removeprefix("flag.")


def flag_label(flag: str, language: str = "en") -> str:
    """A flag in words; one without a phrase gives its name in words."""
    key = f"flag.{flag_name(flag)}"
    return phrase(key, language) if key in load_phrases() else flag_name(flag).replace("_", " ")


def gate_name(gate: str) -> str:
    """``same_country`` for ``same_country`` and ``gate.same_country``."""
    return gate.removeprefix("gate.")


def gate_count(gate: str, count: int, language: str = "en") -> str:
    """``Both are in the same country: 12``."""
    key = f"gate.{gate_name(gate)}"
    told = phrase(key, language) if key in load_phrases() else gate_name(gate).replace("_", " ")
    return phrase("gate.count", language, gate=told, count=str(count))


def unknown_labels(criteria: Iterable[str], language: str = "en") -> list[str]:
    """Labels of criteria, in the order given; where much of the track record is unknown, one label stands for all."""
    names = list(criteria)
    deeds = [name for name in names if name in TRACK_CRITERIA]
    if len(deeds) < MOST_DEEDS_TOLD:
        return [criterion_label(name, language) for name in names]
    words = [name for name in names if name not in TRACK_CRITERIA]
    return [criterion_label(name, language) for name in (*words, "track_record")]


def joined(labels: Iterable[str], language: str = "en") -> str:
    """The labels as a list in a sentence: ``a, b``, or ``a、b`` in Chinese and Japanese."""
    return phrase("list.separator", language).join(labels)


def _labels(value: tuple[str, ...], graph: SectorLabels, language: str) -> str:
    """``("sector", "ai", "ev")`` and the like as a list of labels."""
    kind, *ids = value
    if kind == "sector":
        return joined(sector_labels(ids, graph, language), language)
    if kind == "capability":
        return joined([capability_label(id, language) for id in ids], language)  # noqa: A001
    if kind == "stage":
        return joined([stage_label(id, language) for id in ids], language)  # noqa: A001
    if kind == "investor_kind":
        return joined([investor_kind_label(id, language) for id in ids], language)  # noqa: A001
    return joined(ids, language)  # countries: codes are what is printed
