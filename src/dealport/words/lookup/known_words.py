"""The known words of one graph with what it takes to look for them in other forms: plurals, lists, typos, candidates.

Each index is made when it is first needed: most markets are written in known words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import permutations

from dealport.words.lookup.cues import cue_words
from dealport.words.lookup.spotting import Spotter
from dealport.words.lookup.typos import PHRASE_TOKEN_MIN, TypoIndex, hangul_limit, real_words
from dealport.words.normalising import fold, fold_all, has_cjk, has_hangul, squeeze
from dealport.words.sectors.compounds import Atom, fillers, is_latin, split_known
from dealport.words.sectors.graph import SectorGraph, load_graph
from dealport.words.sectors.lexicon import Lexicon, WordEntry
from dealport.words.sectors.morphology import stem
from dealport.words.shipped import read_data

LIST_MARK = "/"
STEMS_FILE = "stems_en.txt"
MAX_LISTED = 3
"""Parts of a list that are tried in every order."""
MAX_CANDIDATES = 3
_N_COVERED = 10_000  # rests of words that are remembered: texts say the same again and again
_CANDIDATE_MIN = 70  # rapidfuzz's ratio, 0-100: "fintec" is 92 from "fintech", "Narnia" 62 from "ammonia"

# A middle dot parts two sectors (AI·로봇), but within katakana two words (コンピューター・ビジョン).
_KANA = "\u30a1-\u30fa\u30fc"
_LISTING = re.compile(rf"\s*[|;；、，,]\s*|(?<![{_KANA}])[·・‧•･]\s*|[·・‧•･]\s*(?![{_KANA}])")
_TIMES = re.compile(r"(?<=\S)\s+[xX]\s+(?=\S)")
_LIST_WORD = re.compile("[·・/,、&]| and ")


def mark_lists(text: str) -> str:
    """`text` with everything that parts a list as one mark; "AI x farming" is a compound, as "AI × farming" is."""
    return _LISTING.sub(LIST_MARK, _TIMES.sub(" ", text))


class Vocabulary:
    """Looks words up by their atoms, in any form that says the same."""

    def __init__(self, graph: SectorGraph) -> None:
        self.lexicon = Lexicon(graph)
        self._graph = graph
        self._covered: dict[str, bool] = {}

    def look_up(self, atoms: Sequence[Atom]) -> WordEntry | None:
        """The known word that these atoms spell, plural and British spelling included."""
        key = "".join(atom.text for atom in atoms)
        entry = self.lexicon.get(key)
        if entry is not None:
            return entry
        if LIST_MARK in key:
            return self.look_up_list(key)
        if all(is_latin(atom.text) for atom in atoms):
            return self.lexicon.get(self._stems.get(" ".join(stem(atom.text) for atom in atoms), ""))
        return None

    def covers(self, rest: str) -> bool:
        """Whether known words and fillers cover all of a run of letters of the East, such as what follows a word."""
        known = self._covered.get(rest)
        if known is None:
            atoms = [Atom(character, spaced=False) for character in rest]
            known = split_known(atoms, self.look_up) is not None
            if len(self._covered) < _N_COVERED:
                self._covered[rest] = known
        return known

    def look_up_whole(self, key: str, unmarked: str) -> WordEntry | None:
        """The known word with this key, in which lists are marked; `unmarked` is the key of the word as typed.

        The two differ for "석유·가스", which is known as a list; AI·로봇 is not known as one, though "AI 로봇" is.
        """
        entry = self.lexicon.get(key) or self.look_up_list(key)
        if entry is not None or key == unmarked:
            return entry
        entry = self.lexicon.get(unmarked)
        return entry if entry is not None and _LIST_WORD.search(entry.word) else None

    def look_up_list(self, key: str) -> WordEntry | None:
        """The known word that is itself a list: "석유·가스", in any order of its parts."""
        parts = key.split(LIST_MARK) if LIST_MARK in key else ()
        if not 1 < len(parts) <= MAX_LISTED or not all(parts):
            return None
        for order in permutations(parts):
            for mark in ("", LIST_MARK, "&"):
                entry = self.lexicon.get(mark.join(order))
                if entry is not None and (mark or _LIST_WORD.search(entry.word)):
                    return entry
        return None

    def nearest(self, folded: str) -> list[WordEntry]:
        """The known words that a folded one may be a slip of as a whole; none where it is known itself."""
        key = squeeze(folded)
        if key in self.lexicon or key in self._tokens or stem(key) in self._tokens:
            return []
        tokens = folded.split(" ")
        near = (known for known in self._typos.nearest(key, phrase=len(tokens) > 1) if self._agree(tokens, known))
        return [entry for entry in map(self.lexicon.get, near) if entry is not None]

    def correct(self, folded: str) -> str:
        """A folded word with each unknown token replaced by the one known token it is a slip of."""
        return " ".join(map(self._corrected, folded.split(" ")))

    def candidates(self, folded: str) -> tuple[str, ...]:
        """Labels that a word nobody understands may mean, nearest first; of an ambiguous word its meanings."""
        entry = self.lexicon.get(squeeze(folded))
        if entry is not None:
            return tuple(self._graph.label(sector) for sector in entry.sectors[:MAX_CANDIDATES])
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import extract

        labels, alike = self._labels, self._labels_by_script.get(_script(folded), [])
        near = extract(folded, alike, scorer=ratio, score_cutoff=_CANDIDATE_MIN, limit=2 * MAX_CANDIDATES)
        return tuple(dict.fromkeys(labels[label] for label, _, _ in near))[:MAX_CANDIDATES]

    @cached_property
    def spotter(self) -> Spotter:
        """Finds the words that count in texts."""
        plain = {word for word in fillers() if word not in self.lexicon}
        silent = frozenset(plain) | {squeeze(fold(word)) for word in cue_words()["never"]}
        return Spotter(self.lexicon, self._stems, silent - self.phrases, self.phrases)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Keys of longer words in which no sector word counts: game-changing, social security, 环境感知."""
        strangers = {key for key, kind in fillers().items() if kind == "stranger"}
        return frozenset(strangers) | {squeeze(fold(words)) for words in cue_words()["phrase"]}

    def _corrected(self, token: str) -> str:
        if token in self._tokens or token in self.lexicon or stem(token) in self._tokens:
            return token
        near = (self._token_typos if is_latin(token) else self._typos).nearest(token)
        return near[0] if len({stem(one) for one in near}) == 1 else token

    def _agree(self, tokens: Sequence[str], key: str) -> bool:
        """Whether each token that can't be misspelt stands in `key`: an electric chair is no electric car."""
        if len(tokens) == 1:
            return True
        return all(token in key or self._may_be_misspelt(token) for token in tokens)

    def _may_be_misspelt(self, token: str) -> bool:
        if token in self._tokens or token in self.lexicon or token in real_words():
            return False
        return len(token) >= PHRASE_TOKEN_MIN if is_latin(token) else bool(hangul_limit(len(token)))

    @cached_property
    def _english(self) -> Sequence[tuple[str, str, Sequence[str]]]:
        """Known words in plain Latin letters: key, sectors as the lists write them, folded tokens."""
        keys = [key for key in self.lexicon if key.isascii()]
        spelled = self.lexicon.spelled(keys)
        folded = fold_all([word for word, _ in spelled])
        return [(key, sectors, text.split(" ")) for key, (_, sectors), text in zip(keys, spelled, folded, strict=True)]

    @cached_property
    def _stems(self) -> Mapping[str, str]:
        """Stems of a known English word's tokens to its key; a stem that two meanings share is left out."""
        if self._graph is load_graph():
            return dict(line.split("\t") for line in read_data(STEMS_FILE).splitlines())
        return self.make_stems()

    def make_stems(self) -> Mapping[str, str]:
        """What `STEMS_FILE` holds for the package's own graph: making it takes 70 ms of a start, reading it 5."""
        stems: dict[str, tuple[str, str]] = {}
        clashes: set[str] = set()
        for key, sectors, tokens in self._english:
            stemmed = " ".join(map(stem, tokens))
            if stems.setdefault(stemmed, (key, sectors))[1] != sectors:
                clashes.add(stemmed)
        return {stemmed: key for stemmed, (key, _) in stems.items() if stemmed not in clashes}

    @cached_property
    def _tokens(self) -> frozenset[str]:
        """Every token of the known English words and fillers."""
        known = {token for _, _, tokens in self._english for token in tokens if is_latin(token)}
        return frozenset(known) | {word for word in fillers() if is_latin(word)}

    @cached_property
    def _typos(self) -> TypoIndex:
        return TypoIndex(self.lexicon)

    @cached_property
    def _token_typos(self) -> TypoIndex:
        return TypoIndex(sorted(self._tokens))

    @cached_property
    def _labels_by_script(self) -> Mapping[str, list[str]]:
        """Folded labels by their script: a word is never alike a label in another."""
        by_script: dict[str, list[str]] = {}
        for label in self._labels:
            by_script.setdefault(_script(label), []).append(label)
        return by_script

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """Folded label to label, all languages."""
        return {fold(label): label for sector in self._graph.sectors.values() for label in sector.labels.values()}


def _script(folded: str) -> str:
    """``hangul``, ``cjk`` or ``latin``: that of the East where a word has letters of two."""
    return "hangul" if has_hangul(folded) else "cjk" if has_cjk(folded) else "latin"


def vocabulary_of(graph: SectorGraph) -> Vocabulary:
    """The words of a graph; those of the package's are made once: finding them in texts takes .1 s to prepare."""
    return _package_vocabulary() if graph is load_graph() else Vocabulary(graph)


@lru_cache(maxsize=1)
def _package_vocabulary() -> Vocabulary:
    return Vocabulary(load_graph())
