"""Rankers that a ranking has to beat, on the same deals and the same days.

Axes: q queries, a startups of deals, b investors of deals, e entries, w sector words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Floats, Ints
from dealport.scoring.columns.deal_columns import DealColumns
from dealport.scoring.columns.investor_records import HALF_LIFE_DAYS

Scores = NDArray[np.float32]

SEED = 20_120_101
# Products of matrices add in an order of their own, so that equal cosines differ in the seventh decimal; rounded, they
# are the ties they should be.
COSINE_DECIMALS = 5


class Scene(Struct, frozen=True):
    """What a baseline may look at.

    Attributes:
        before: Day number, see `histories.day_number`; only deals made before it count.
        words: (a,) sector words of every startup as typed, casefolded.
    """

    deals: DealColumns
    before: int
    words: tuple[frozenset[str], ...]


Baseline = Callable[[Scene, Ints], Scores]
"""From the rows of the queries' startups (q,) to scores (q, b) of every investor; no query's depend on another's."""


class FirstDeals(Struct, frozen=True):
    """First deals of an investor with a startup, before the day of the scene.

    Attributes:
        startup: (e,) row. investor: (e,) row.
        decayed: (e,) in (0, 1], .5 at an age of two years.
    """

    startup: Ints
    investor: Ints
    decayed: Floats


def find_entries(scene: Scene, *, abroad: bool = False) -> FirstDeals:
    """The entries; `abroad` keeps those between two known countries that differ."""
    deals = scene.deals
    n_before = int(np.searchsorted(deals.made_on, scene.before))
    startup, investor = deals.startup[:n_before], deals.investor[:n_before]
    pair = startup.astype(np.int64) * len(deals.investors) + investor
    first = np.sort(np.unique(pair, return_index=True)[1])  # deals lie in the order of their days
    if abroad:
        here, there = deals.startup_country[startup[first]], deals.investor_country[investor[first]]
        first = first[(here > 0) & (there > 0) & (here != there)]
    decayed = 0.5 ** ((scene.before - deals.made_on[first]) / HALF_LIFE_DAYS)
    return FirstDeals(startup[first], investor[first], decayed)


def random_scores(scene: Scene, startups: Ints) -> Scores:
    """Numbers in [0, 1) drawn anew for each startup and day, always the same ones."""
    scores = np.empty((len(startups), len(scene.deals.investors)), dtype=np.float32)
    for row, startup in zip(scores, startups.tolist(), strict=True):
        row[:] = np.random.default_rng((SEED, scene.before, startup)).random(len(row), dtype=np.float32)
    return scores


def popularity(scene: Scene, startups: Ints) -> Scores:
    """How many startups the investor entered before the day."""
    return _alike(_count(find_entries(scene).investor, scene), startups)


def recent_popularity(scene: Scene, startups: Ints) -> Scores:
    """Its entries abroad, each halved for every two years of age."""
    entries = find_entries(scene, abroad=True)
    return _alike(_count(entries.investor, scene, entries.decayed), startups)


def sector_popularity(scene: Scene, startups: Ints) -> Scores:
    """Its entries, decayed, into startups that share at least one sector word with this one."""
    entries, has_word = find_entries(scene), _startup_words(scene)
    entered_has_word = has_word.T[:, entries.startup]  # (w, e): the few rows of a startup's words lie together
    scores = np.zeros((len(startups), len(scene.deals.investors)), dtype=np.float32)
    for row, own in zip(scores, has_word[startups], strict=True):
        shares = entered_has_word[own].any(axis=0)
        row[:] = _count(entries.investor[shares], scene, entries.decayed[shares])
    return scores


def country_popularity(scene: Scene, startups: Ints) -> Scores:
    """Its entries, decayed, into startups of this one's country; none where that is unknown."""
    deals, entries = scene.deals, find_entries(scene)
    shape = len(deals.countries), len(deals.investors)
    places = deals.startup_country[entries.startup].astype(np.int64) * shape[1] + entries.investor
    sums = np.bincount(places, weights=entries.decayed, minlength=shape[0] * shape[1]).reshape(shape)
    sums[0] = 0
    return sums.astype(np.float32)[deals.startup_country[startups]]


def word_jaccard(scene: Scene, startups: Ints) -> Scores:
    """Words in common / words of either; an investor's words are those of the startups it entered. 0 without any."""
    own = _startup_words(scene)[startups].astype(np.float32)
    theirs = (_investor_words(scene) > 0).astype(np.float32)
    common = own @ theirs.T  # whole numbers: exact
    both = own.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :] - common
    scores: Scores = common / np.maximum(both, 1)
    return scores


def word_cosine(scene: Scene, startups: Ints) -> Scores:
    """Cosine of TF-IDF vectors, where an investor's text is the words of the startups it entered; 0 without any.

    A word counts once for every startup that has it, times ln((1 + b) / (1 + investors that have it)) + 1, the smoothed
    form of scikit-learn (b: investors with any word).
    """
    own, theirs = _startup_words(scene)[startups].astype(np.float32), _investor_words(scene)
    n_texts, n_having = np.count_nonzero(theirs.any(axis=1)), np.count_nonzero(theirs, axis=0)
    rarity = (np.log((1 + n_texts) / (1 + n_having)) + 1).astype(np.float32)
    cosine: Scores = np.round(_unit_rows(own * rarity) @ _unit_rows(theirs * rarity).T, COSINE_DECIMALS)
    return cosine


def _count(investor: Ints, scene: Scene, weights: Floats | None = None) -> Scores:
    """(b,) entries, or the sum of their weights, of each investor."""
    return np.bincount(investor, weights=weights, minlength=len(scene.deals.investors)).astype(np.float32)


def _alike(scores: Scores, startups: Ints) -> Scores:
    """(b,) scores as the read-only (q, b) scores of every startup."""
    return np.broadcast_to(scores, (len(startups), len(scores)))


def _startup_words(scene: Scene) -> NDArray[np.bool_]:
    """(a, w) the words of every startup; the words are sorted."""
    column = {word: place for place, word in enumerate(sorted({word for words in scene.words for word in words}))}
    has_word = np.zeros((len(scene.words), len(column)), dtype=bool)
    rows = np.repeat(np.arange(len(scene.words)), [len(words) for words in scene.words])
    has_word[rows, [column[word] for words in scene.words for word in words]] = True
    return has_word


def _investor_words(scene: Scene) -> NDArray[np.float32]:
    """(b, w) how many of the startups an investor entered have the word: whole numbers."""
    entries, has_word = find_entries(scene), _startup_words(scene)
    entry, word = np.nonzero(has_word[entries.startup])
    shape = (len(scene.deals.investors), has_word.shape[1])
    counts = np.bincount(entries.investor[entry].astype(np.int64) * shape[1] + word, minlength=shape[0] * shape[1])
    return counts.reshape(shape).astype(np.float32)


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row at length 1; a row of zeros stays."""
    length = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    rows: NDArray[np.float32] = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    return rows


BASELINES: Mapping[str, Baseline] = {
    "random": random_scores,
    "popularity": popularity,
    "recent popularity": recent_popularity,
    "popular in the country": country_popularity,
    "popularity in the sector": sector_popularity,
    "Jaccard of sector words": word_jaccard,
    "TF-IDF cosine": word_cosine,
}
