"""Whether a word found in a text has its listed sense, by the words that adjoin it there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from dealport.words.lookup.known_words import Vocabulary
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.normalising import fold, squeeze
from dealport.words.sectors.compounds import Atom, atoms_of, fillers, is_latin
from dealport.words.sectors.lexicon import WordEntry
from dealport.words.sectors.senses import Neighbour, Standing, is_ambiguous, listed_beside, standing

# How far beside a word in a text one looks: Latin words, and characters of the other scripts.
_MOST_WORDS = 3
_MOST_CHARACTERS = 6
_FARTHEST = 40
"""Characters of a text beside a word that are looked at at all."""
# What parts two words of a text: anything but letters, figures, blanks and hyphens.
_MARK = re.compile("[^\\w\\s\\-]")


def standing_in_text(words: str, entry: WordEntry, before: str, after: str, resolver: SectorResolver) -> Standing:
    """Whether known words found in a text have the sense of their entry; `before` and `after`: the text beside them.

    Only what adjoins it without a mark between is looked at. "no" too where it is part of a phrase that is no sector's:
    "food" in "food bank".
    """
    frames, word, is_marked = _known_of(words, entry.word)
    if not frames and not is_marked:  # nearly every word
        return "yes"
    sides = (
        _atoms(_MARK.split(before[-_FARTHEST:])[-1], backwards=True),
        _atoms(_MARK.split(after[:_FARTHEST], maxsplit=1)[0], backwards=False),
    )
    if frames and _is_framed(frames, *sides):
        return "no"
    return (
        standing(word, entry.sectors, _neighbours(*sides, resolver.vocabulary), resolver.graph) if is_marked else "yes"
    )


def _atoms(text: str, *, backwards: bool) -> tuple[Atom, ...]:
    """The atoms of the text beside a word, without the particles next to it: "motors for robots"."""
    atoms = atoms_of(fold(text))
    near = -1 if backwards else 0
    while atoms and fillers().get(atoms[near].text) == "joiner":
        atoms = atoms[:-1] if backwards else atoms[1:]
    return atoms


def _ends(atoms: Sequence[Atom], *, backwards: bool) -> Iterator[tuple[Atom, ...]]:
    """The runs of atoms next to a word, the longest first."""
    ordered = list(reversed(atoms)) if backwards else list(atoms)
    most = _MOST_WORDS if ordered and is_latin(ordered[0].text) else _MOST_CHARACTERS
    run = ordered[:most]
    for length in range(len(run), 0, -1):
        yield tuple(reversed(run[:length])) if backwards else tuple(run[:length])


def _is_framed(frames: Collection[tuple[str, str]], before: Sequence[Atom], after: Sequence[Atom]) -> bool:
    """Whether what adjoins a word makes it part of a phrase listed as none of a sector."""
    lefts = {"", *("".join(atom.text for atom in run) for run in _ends(before, backwards=True))}
    rights = {"", *("".join(atom.text for atom in run) for run in _ends(after, backwards=False))}
    return any(left in lefts and right in rights for left, right in frames)


@lru_cache(maxsize=8192)  # texts say the same words again and again
def _known_of(words: str, known: str) -> tuple[tuple[tuple[str, str], ...], str, bool]:
    """Frames of a word found in a text, the word by which its senses are known, and whether it has several."""
    word = words if is_ambiguous(words) else known
    return _stranger_frames(squeeze(fold(words))), word, is_ambiguous(word)


def _stranger_frames(key: str) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the word with this key in each phrase that is none of a sector."""
    phrases = [phrase for phrase, kind in fillers().items() if kind == "stranger" and key in phrase]
    return tuple(
        (phrase[:start], phrase[start + len(key) :])
        for phrase in phrases
        for start in range(len(phrase))
        if phrase.startswith(key, start)
    )


def _neighbours(before: Sequence[Atom], after: Sequence[Atom], vocabulary: Vocabulary) -> Iterator[Neighbour]:
    """The longest known word on each side, else what adjoins there."""
    for atoms, backwards in ((before, True), (after, False)):
        runs = list(_ends(atoms, backwards=backwards))
        for run in runs:
            entry = vocabulary.look_up(run)
            key = "".join(atom.text for atom in run)
            if entry is not None or key in listed_beside():
                yield Neighbour(key, entry)
                break
