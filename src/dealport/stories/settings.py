"""What the user settled for all scores: weights and sectors, and whether they can be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dealport.model import InputError, Origin, Problem

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.reading.paths import Reading
    from dealport.scoring.criteria.weights import Weights

# Settings that change every score: a faulty one is never passed over.
_SETTINGS_PLACE = re.compile(r"(?:.*/)?(weights|sectors)\.toml(?::\d+)?", re.IGNORECASE)


def choose_weights(path: Path | None) -> Weights:
    """Those of a file, else those to begin with."""
    from dealport.reading.formats.toml_files import read_settings
    from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights, read_weights

    if path is None:
        return Weights(ALL_WEIGHTS)
    settings = read_settings(path)
    return read_weights(settings.table, settings.origin)


def require_sectors(market: Market) -> None:
    """Raise InputError where the user's own sectors are faulty: every score would be another."""
    if broken := _faults_of_settings(market.problems, "sectors"):
        raise InputError("sectors.toml can't be used", broken)


def _faults_of_settings(problems: Sequence[Problem], name: str) -> list[Problem]:
    """Faults of the files ``<name>.toml``."""
    found = [(problem, _SETTINGS_PLACE.fullmatch(problem.place)) for problem in problems if problem.severity == "fault"]
    return [problem for problem, place in found if place and place[1].casefold() == name]


def weights_of(reading: Reading, path: Path | None, *, only_stated_countries: bool = False) -> Weights:
    """Those of --weights, else of the folder's weights.toml, else those to begin with; countries as asked for."""
    return replace(_weights(reading, path), only_stated_countries=only_stated_countries)


def _weights(reading: Reading, path: Path | None) -> Weights:
    from dealport.scoring.criteria.weights import read_weights

    if path is not None:
        return choose_weights(path)
    if broken := _faults_of_settings(reading.problems, "weights"):
        raise InputError("weights.toml can't be used", broken)
    if reading.weights is not None:
        return read_weights(reading.weights, reading.weights_origin or Origin("weights.toml"))
    return choose_weights(None)
