"""Names of organisations across scripts and legal forms: keys, and whom a typed name means.

Precision comes first: two names are one when nothing but legal form, case, blanks, punctuation, accents, "The", "&" or
Traditional and Simplified characters tells them apart. Romanisation is not guessed (루닛 is Lunit by an alias), places
and words like Capital or Ventures are part of the name, and a slip of the pen counts only where a person searches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from dealport.words.chinese import simplify_characters
from dealport.words.legal_forms import strip_legal_forms
from dealport.words.normalising import (
    clean,
    compact,
    has_cjk,
    has_han,
    has_hangul,
    has_kana,
    has_latin,
    plain,
    without_marks,
)
from dealport.words.places.countries import country_of_name

LONGEST_SLUG = 80
UNNAMED = "unnamed"

# Names of devices that Windows takes for files: con.toml can't be made.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
_NO_LETTERS = re.compile(r"[\W_]+")
# All but letters and figures; vowel signs of Indic, Thai, Lao, Burmese and Khmer scripts are no letters to `re`.
_NO_SIGN = re.compile(r"[^\w\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_BRACKETS = re.compile(r"[(\[【「]([^()\[\]【】「」]*)[)\]】」]")
_MAY_HOLD_TWO = re.compile(r"[(\[【「/|｜]")
_OTHER_NAME = re.compile(r"\s*[/|｜]\s*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_UMLAUT = re.compile("[äöüøå]")
_ARTICLE = re.compile(r"^the\s+(?=\S)|(?<=\S)\s*,\s*the$")

# A slip may change one letter of "Lunit", two of a name twice as long; "Nexa" and "Nexo" are two firms.
TYPO_LENGTHS = ((10, 2), (5, 1))
# Of a name in Hangul one sign (jamo) from three syllables, two from five; one Chinese character makes another firm.
TYPO_LENGTHS_HANGUL = ((5, 2), (3, 1))
TYPO_LENGTH_KANA = 5


def slug(name: str) -> str:
    """An id for `name`: its letters and figures in any script, folded, joined by hyphens.

    Never empty, never a path or a hidden file, at most 80 characters.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", clean(name)).casefold())
    letters = folded if folded.isalnum() else "".join(map(_letter_or_blank, folded))
    made = "-".join(letters.split())[:LONGEST_SLUG].strip("-")
    if not made:
        return UNNAMED
    return f"{made}-1" if _DEVICES.fullmatch(made) else made


@lru_cache(maxsize=4096)  # one character at a time
def _letter_or_blank(letter: str) -> str:
    return letter if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") else " "


def name_key(name: str) -> str:
    """The key by which spellings of one name are equal; "" only for a name without letters and figures.

    Legal forms, case, blanks, punctuation and accents are gone, Chinese is simplified. Of a name with another script in
    brackets ("루닛 (Lunit)") the key is that of what stands before; `name_keys` has both.
    """
    return _readings(name)[0]


def name_keys(name: str) -> frozenset[str]:
    """All keys of a name: also of the same name in another script behind it, and with "ue" for "ü"."""
    return frozenset(_readings(name)) - {""}


class NameIndex:
    """Names and aliases of many participants, made once to look up many names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names = names
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for bearer in names:
            self._exact[_exactly(bearer)].add(bearer)
            for name in names[bearer]:
                self._exact[_exactly(name)].add(bearer)
                for key in name_keys(name):
                    self._by_key[key].add(bearer)

    def find(self, query: str, *, typos: bool = True) -> tuple[str, ...]:
        """Ids that `query` means, sorted: by the very name or id, else by an equal key, else by the fewest slips.

        More than one: it is unclear. None: `suggest` may help.
        """
        if exact := self._exact.get(_exactly(query)):
            return tuple(sorted(exact))
        if same := set().union(*(self._by_key.get(key, ()) for key in name_keys(query))):
            return tuple(sorted(same))
        return self._by_typo(name_key(query)) if typos else ()

    def suggest(self, query: str, *, limit: int = 5) -> tuple[str, ...]:
        """Ids with a name that is like `query` or has a word that begins with it, best first: to ask, never to take."""
        from rapidfuzz import fuzz

        key = name_key(query)
        if not key:
            return ()
        scored: dict[str, float] = {}
        for bearer, words, keys in self._beginnings:
            begins = any(word.startswith(key) for word in words)
            alike = max((fuzz.ratio(key, known) for known in keys), default=0.0)
            if begins or alike >= 70:
                scored[bearer] = max(alike, 100.0 if begins else 0.0)
        return tuple(sorted(scored, key=lambda bearer: (-scored[bearer], bearer))[:limit])

    def _by_typo(self, key: str) -> tuple[str, ...]:
        """Ids whose key has the fewest slips against `key`, where it is long enough for any."""
        from rapidfuzz.distance import OSA

        allowed = _slips_allowed(key)
        if not allowed:
            return ()
        spelled, figures = _spelled(key), _figures(key)
        best, found = allowed, set[str]()
        for known, known_figures, ids in self._spellings:
            if known_figures != figures:
                continue
            slips = OSA.distance(spelled, known, score_cutoff=best)
            if slips < best:
                best, found = slips, set(ids)
            elif slips == best:
                found |= ids
        return tuple(sorted(found))

    @cached_property
    def _spellings(self) -> list[tuple[str, str, set[str]]]:
        """Every key that is long enough for a slip as it is spelled, its figures, and the ids it means."""
        return [(_spelled(key), _figures(key), ids) for key, ids in self._by_key.items() if _slips_allowed(key)]

    @cached_property
    def _beginnings(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Every id with the words of it and of its names, and with the keys of its names."""
        return [
            (
                bearer,
                tuple({compact(word) for name in (bearer, *names) for word in _words(name)}),
                tuple({key for name in names for key in name_keys(name)}),
            )
            for bearer, names in self._names.items()
        ]


def find_names(query: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Ids whose name or alias `query` means, see `NameIndex.find`; for many queries make a `NameIndex` once."""
    return NameIndex(names).find(query)


def suggest_names(query: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Ids to ask about when `find_names` finds none, see `NameIndex.suggest`."""
    return NameIndex(names).suggest(query)


@lru_cache(maxsize=32768)
def _readings(name: str) -> tuple[str, ...]:
    """The keys of a name, the main one first."""
    text = _exactly(name)
    main, others = _apart(text) if _MAY_HOLD_TWO.search(text) else (text, [])
    keys = [_key(main), *(_key(other) for other in others)]
    if _UMLAUT.search(text):
        keys += [_key(part.translate(_UMLAUTS)) for part in (main, *others) if _UMLAUT.search(part)]
    return tuple(dict.fromkeys(keys))


def _apart(text: str) -> tuple[str, list[str]]:
    """A name and its names in another script: "루닛 (Lunit)"; a place in brackets is part of the name."""
    inside = [found for found in _BRACKETS.findall(text) if compact(found)]
    outside = _BRACKETS.sub(" ", text)
    if inside and compact(outside):
        others = [part for part in inside if _is_other_script(part, outside) and not country_of_name(part)]
        if others and len(others) == len(inside):
            return outside, others
    parts = [part for part in _OTHER_NAME.split(text) if compact(part)]
    if len(parts) == 2 and _is_other_script(parts[0], parts[1]):
        return parts[0], parts[1:]
    return text, []


def _is_other_script(part: str, other: str) -> bool:
    """Whether one is in Latin letters only and the other in none."""
    return _is_latin(part) is not None and _is_latin(other) is not None and _is_latin(part) != _is_latin(other)


def _is_latin(text: str) -> bool | None:
    """True or False for a text all in Latin or all in Chinese, Japanese or Korean letters; None for a mixture."""
    bare = strip_legal_forms(plain(text))
    latin, cjk = has_latin(bare), has_cjk(bare)
    return None if latin == cjk else latin


def _key(text: str) -> str:
    folded = plain(text).strip()
    bare = strip_legal_forms(_ARTICLE.sub("", folded) if "the" in folded else folded)
    key = without_marks(bare.replace("&", " and ").replace("+", " plus "))
    if has_han(key):
        return simplify_characters(key)
    return key if key.isalnum() else _NO_SIGN.sub("", key)


def _exactly(name: str) -> str:
    return unicodedata.normalize("NFKC", clean(name)).casefold()


def _words(name: str) -> Iterable[str]:
    return _NO_LETTERS.split(clean(name))


def _slips_allowed(key: str) -> int:
    if has_hangul(key):
        return next((slips for length, slips in TYPO_LENGTHS_HANGUL if len(key) >= length), 0)
    if has_han(key):
        return 0
    if has_kana(key):
        return int(len(key) >= TYPO_LENGTH_KANA)
    return next((slips for length, slips in TYPO_LENGTHS if len(key) >= length), 0)


def _spelled(key: str) -> str:
    """Hangul in its letters, so that a slip of one letter is one edit."""
    return unicodedata.normalize("NFD", key) if has_hangul(key) else key


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))
