"""From one typed word to the sectors it means: none, one or several, each with how it was found and how surely.

Surest ways first; what no way understands is reported with the nearest labels, never guessed. How a word is cut stands
in `dealport.words.sectors.compounds`, what its pieces mean in `meanings`, other forms of known words in `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from dealport.words.chinese import simplify
from dealport.words.lookup.known_words import LIST_MARK, MAX_CANDIDATES, mark_lists, vocabulary_of
from dealport.words.lookup.meanings import (
    EXACT,
    FORM,
    GENERIC,
    NAMED_IN_WORDS,
    Found,
    How,
    agreed,
    as_typo,
    doubtful_sectors,
    implied_kinds,
    meaning_of,
    meaning_of_pieces,
    minimal,
    with_technology,
)
from dealport.words.lookup.typos import HANGUL_MIN
from dealport.words.lookup.wide_words import WideWord, find_wide_word, parts_of_list, stated_sets
from dealport.words.normalising import clean, fold, squeeze
from dealport.words.sectors.compounds import Atom, Piece, atoms_of, fillers, split_known
from dealport.words.sectors.graph import AGNOSTIC, SectorGraph
from dealport.words.sectors.lexicon import WordEntry, is_whole
from dealport.words.sectors.senses import is_ambiguous

__all__ = ["Found", "How", "Resolution", "SectorResolver"]

SHORTEST_MISSPELT = HANGUL_MIN  # no script forgives a slip in a shorter word
MAX_LENGTH = 200
"""Longer words, in characters, are prose: see `dealport.words.prose.prose_reading`."""

_PARENTHESES = re.compile(r"([^(（\[［]*)[(（\[［]([^()（）\[\]［］]*)[)）\]］](.*)")


class Resolution(Struct, frozen=True):
    """What a word means.

    Attributes:
        word: As typed.
        sectors: Surest first, a compound's field before its technology, then by id; none of them a kind of another.
        candidates: English or nearest labels it may have meant, where nothing of it was understood.
        agnostic: Whether it says "any sector".
        silent: Whether it is known to say nothing of a sector ("other", "기타"), so that nobody need be asked.
        wide: The wide words ("Consumer") that it is, or that it lists.
    """

    word: str
    sectors: tuple[Found, ...]
    candidates: tuple[str, ...]
    agnostic: bool
    silent: bool = False
    wide: tuple[WideWord, ...] = ()

    @property
    def says(self) -> float:
        """How much the word says, 0 to 1: less than 1 where wide words are all of it, then what the best of them says.

        "Technology" says 0, and so does what is not understood.
        """
        stated = frozenset[str]().union(*(one.stated for one in self.wide))
        if any(found.sector not in stated for found in self.sectors):
            return 1.0
        return max((one.says for one in self.wide), default=0.0)


class SectorResolver:
    """Understands sector words of one graph; remembers what it was asked."""

    def __init__(self, graph: SectorGraph) -> None:
        self.graph = graph
        self.vocabulary = vocabulary_of(graph)
        self._memo: dict[str, Resolution] = {}

    def resolve(self, word: str) -> Resolution:
        """What `word` means, in any of the five languages."""
        known = self._memo.get(word)
        if known is None:
            known = self._memo[word] = self._resolve(word)
        return known

    def knows(self, word: str) -> bool:
        """Whether `word` as a whole is a word of the lists, and not only made of such: "Food / agriculture"."""
        text = clean(word)
        return 0 < len(text) <= MAX_LENGTH and bool(self._known(text))

    def _resolve(self, word: str) -> Resolution:
        text = clean(word)
        if not text or len(text) > MAX_LENGTH:
            return Resolution(word, (), (), agnostic=False)
        found = self._understand(text)
        agnostic = any(one.sector == AGNOSTIC for one in found)
        sectors = self._surest(one for one in found if one.sector != AGNOSTIC)
        wide = self._wide(text, sectors)
        if wide:
            # In "Enterprise / SaaS" what is a filler elsewhere is a word.
            stated = (Found(sector, "exact", GENERIC) for one in wide for sector in one.stated)
            sectors = self._surest((*sectors, *stated))
        silent = not sectors and not agnostic and (bool(wide) or self._is_silent(text))
        candidates = () if sectors or agnostic or silent else self._candidates(text)
        return Resolution(word, sectors, candidates, agnostic, silent, wide)

    def _wide(self, text: str, sectors: Sequence[Found]) -> tuple[WideWord, ...]:
        """The wide words in `text`, which means `sectors`; none where the user's own words say otherwise."""
        said = frozenset(found.sector for found in sectors)
        if said in stated_sets() and (whole := find_wide_word(text)):  # most words are done here, unsought
            return (whole,) if whole.stated == said else ()
        parts = parts_of_list(text)
        if not parts or squeeze(fold(text)) in self.vocabulary.lexicon:
            return ()
        wide = (one for part in parts if (one := find_wide_word(part)) and one.stated == self._said(part))
        return tuple(dict.fromkeys(wide))

    def _said(self, text: str) -> frozenset[str]:
        """The sectors that a part of a list means."""
        return frozenset(found.sector for found in self._surest(self._understand(text)))

    def _candidates(self, text: str) -> tuple[str, ...]:
        """What a word nobody understands may mean: the senses that its neighbours speak against, else what is alike."""
        doubtful = doubtful_sectors(self._split(fold(mark_lists(text))), self.graph) or self._senses(text)
        return tuple(map(self.graph.label, doubtful[:MAX_CANDIDATES])) or self.vocabulary.candidates(fold(text))

    def _senses(self, text: str) -> tuple[str, ...]:
        """The listed senses of words beside others that nobody knows: "memory lane"."""
        words = filter(is_ambiguous, fold(text).split())
        return tuple(dict.fromkeys(found.sector for word in words for found in self._known(word)))

    def _is_silent(self, text: str) -> bool:
        """Whether the word is listed as one that says nothing."""
        key = squeeze(fold(text))
        entries = filter(None, map(self.vocabulary.lexicon.get, (key, *simplify(key))))
        return any(entry.relation == "generic" and not entry.sectors for entry in entries)

    def _understand(self, text: str) -> tuple[Found, ...]:
        """The first way that finds something: known, known words together, a gloss, a list, a typo."""
        if fillers().get(squeeze(fold(text))) == "stranger":
            return ()
        return (
            self._known(text)
            or self._together(text)
            or self._in_parentheses(text)
            or self._as_list(text)
            or self._with_typos(text)
        )

    def _known(self, text: str) -> tuple[Found, ...]:
        """A word of the lists, as it is or in Simplified characters."""
        key = squeeze(fold(mark_lists(text)))
        for form in (key, *simplify(key)):
            entry = self.vocabulary.look_up_whole(form, squeeze(fold(text)))
            if entry is not None:
                found = meaning_of(entry, EXACT if form == key else FORM, self.graph)
                return self._more_closely(text, form, entry, found) or found
        return ()

    def _more_closely(self, text: str, key: str, entry: WordEntry, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """What the parts of a known word add to what its entry says; nothing where they add nothing.

        "agricultural drones" is listed as a kind of drones; its parts say agriculture and drones. "AI coding" is
        listed as developer tools; its parts say that it is done with AI.
        """
        if entry.relation not in ("exact", "narrower") or is_whole(key):
            return ()
        names_technology = any(name in key for name in self._technology_names)
        if entry.relation == "exact" and not names_technology:
            return ()
        if names_technology and any(self.graph.sectors[sector].uses for sector in entry.sectors):
            return self._field_and_technology(text, entry)
        pieces = self._parts(text)
        if entry.relation == "narrower":
            parts = meaning_of_pieces(pieces, self.graph)
            said = {one.sector for one in parts}
            if said != set(entry.sectors) and set(entry.sectors) <= self.graph.closure(said):
                return parts
            if fields := self._fields_beside(parts, entry):
                return (*found, *fields)
        return with_technology(found, pieces, self._technology_names, self.graph)

    def _fields_beside(self, parts: Sequence[Found], entry: WordEntry) -> list[Found]:
        """The fields that a kind of a technology is for: "hotel robots" are service robots, and for hotels."""
        graph = self.graph
        listed = graph.closure(entry.sectors)
        if not any(one.sector in listed & graph.technologies for one in parts):
            return []
        return [one for one in parts if graph.is_field(one.sector) and one.sector not in listed]

    @cached_property
    def _technology_names(self) -> tuple[str, ...]:
        """Letters of the technologies that known words name: a word without any needs no second look."""
        named = (self.graph.sectors[sector] for sector in NAMED_IN_WORDS if sector in self.graph.sectors)
        return ("ai", *sorted({squeeze(fold(label)) for sector in named for label in sector.labels.values()}))

    def _field_and_technology(self, text: str, entry: WordEntry) -> tuple[Found, ...]:
        """What a known word says that names its technology first or last: "의료영상 AI" is imaging, by AI.

        Nothing where that is no kind of what the word is listed for.
        """
        atoms = atoms_of(fold(mark_lists(text)))
        for cut in range(1, len(atoms)):
            ends = [self.vocabulary.look_up(atoms[:cut]), self.vocabulary.look_up(atoms[cut:])]
            pieces = [Piece(end.word, "known", end) for end in ends if end and end.relation in ("exact", "narrower")]
            if len(pieces) == 2 and any(set(end.sectors) <= NAMED_IN_WORDS for end in ends if end):
                found = meaning_of_pieces(pieces, self.graph)
                if set(entry.sectors) <= implied_kinds(found, self.graph):
                    return found
        return ()

    def _parts(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a known word, where at least two of them are known."""
        atoms = atoms_of(fold(mark_lists(text)))

        def look_up_part(span: Sequence[Atom]) -> WordEntry | None:
            return self.vocabulary.look_up(span) if len(span) < len(atoms) else None

        pieces = split_known(atoms, look_up_part) or ()
        return pieces if sum(piece.kind == "known" for piece in pieces) > 1 else ()

    def _together(self, text: str) -> tuple[Found, ...]:
        """Known words that cover all of `text`, with fillers between them."""
        folded = fold(mark_lists(text))
        for form in (folded, *simplify(folded)):
            pieces = self._split(form)
            found = meaning_of_pieces(pieces, self.graph) if pieces else ()
            if found:
                return found
        return ()

    @cached_property
    def _split(self) -> Callable[[str], tuple[Piece, ...]]:
        """The pieces of a folded word, empty where it holds anything unknown; the last few are remembered."""
        look_up = self.vocabulary.look_up
        return lru_cache(maxsize=8)(lambda folded: split_known(atoms_of(folded), look_up) or ())

    def _in_parentheses(self, text: str) -> tuple[Found, ...]:
        """What "인공지능(AI)" says: the gloss inside says the same, or more closely what is meant."""
        match = _PARENTHESES.fullmatch(text)
        if match is None:
            return ()
        outer, inner = f"{match[1]} {match[3]}".strip(), match[2].strip()
        said = self._understand(outer) if outer else ()
        gloss = self._understand(inner) if inner else ()
        if {one.sector for one in gloss} <= self.graph.closure(one.sector for one in said):
            return said
        return (*said, *gloss)

    def _as_list(self, text: str) -> tuple[Found, ...]:
        """What "AI/foo" says: the parts that are understood, each on its own."""
        parts = [part for part in mark_lists(text).split(LIST_MARK) if part.strip()]
        return tuple(found for part in parts for found in self._understand(part)) if len(parts) > 1 else ()

    def _with_typos(self, text: str) -> tuple[Found, ...]:
        folded = fold(text)
        if len(folded) < SHORTEST_MISSPELT:
            return ()
        near = self.vocabulary.nearest(folded)
        if near:
            return agreed(near, self.graph)
        corrected = self.vocabulary.correct(folded)
        return as_typo(self._known(corrected) or self._together(corrected)) if corrected != folded else ()

    def _surest(self, found: Iterable[Found]) -> tuple[Found, ...]:
        """Each sector once, the surest way it was found; without those that another is a kind of."""
        surest: dict[str, Found] = {}
        for one in found:
            if one.sector not in surest or surest[one.sector].certainty < one.certainty:
                surest[one.sector] = one
        kept = minimal(surest, self.graph)
        return tuple(
            sorted((surest[sector] for sector in kept), key=lambda one: (-one.certainty, one.is_means, one.sector))
        )
